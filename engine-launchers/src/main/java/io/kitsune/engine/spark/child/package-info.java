// SPDX-License-Identifier: Apache-2.0
/** What runs inside Spark's process; its classes may use the JDK and Spark, nothing else. */
package io.kitsune.engine.spark.child;
