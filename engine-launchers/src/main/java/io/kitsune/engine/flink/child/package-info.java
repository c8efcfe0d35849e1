// SPDX-License-Identifier: Apache-2.0
/**
 * What runs inside Flink's process. Its classes are copied onto Flink's class path one by one, so
 * they may use the JDK, Flink and each other, nothing else, and no nested classes.
 */
package io.kitsune.engine.flink.child;
