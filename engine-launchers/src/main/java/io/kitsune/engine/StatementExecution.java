// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import java.time.Duration;
import java.util.List;

/**
 * A statement on its way. Thread-safe. After {@link #close} nothing of it is left in the engine, in
 * whatever state it was.
 */
public interface StatementExecution extends AutoCloseable {
  /** Where it stands. */
  enum State {
    RUNNING,
    /** Rows can be fetched. */
    FINISHED,
    /** {@link #cursor} throws why. */
    FAILED,
    CANCELLED
  }

  /** Waits until it no longer runs, or until the limit, whichever is first; returns the state. */
  State await(Duration limit) throws InterruptedException;

  /** The state now. */
  State state();

  /**
   * The result, once {@code FINISHED}; the same cursor on every call.
   *
   * @throws io.kitsune.error.KitsuneException if it failed or was cancelled: the engine's message,
   *     with a code and SQLSTATE
   */
  ResultCursor cursor();

  /** Lines of the engine's own log that came since the last call; often empty. */
  List<String> drainLog();

  /** How far the engine is, as it last said; answered at once, without asking the engine. */
  default ExecutionProgress progress() {
    return ExecutionProgress.UNKNOWN;
  }

  /** Asks the engine to stop it; returns at once. Idempotent; without effect once it is over. */
  void cancel();

  /** Cancels if it still runs, and frees everything. Never throws. */
  @Override
  void close();
}
