// SPDX-License-Identifier: Apache-2.0
/**
 * What runs inside a child process. Its classes are copied onto the child's class path one by one,
 * so they may use nothing but the JDK, and no nested classes.
 */
package io.kitsune.engine.process.child;
