// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

/** Told of every statement, once, when it is closed. A listener that throws harms nothing. */
@FunctionalInterface
public interface StatementListener {
  /** Listens to nothing. */
  StatementListener NONE = report -> {};

  /** A statement is closed; called from any thread, which waits for it. */
  void finished(StatementReport report);
}
