// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import io.kitsune.router.Dispatch;
import java.util.Map;

/**
 * A client's session in one engine. Thread-safe: statements may run side by side. If the engine
 * dies, every later call fails with the code {@code ENGINE_GONE}, and a new session must be opened.
 */
public interface EngineSession extends AutoCloseable {
  /**
   * Starts a statement and returns at once.
   *
   * @throws io.kitsune.error.KitsuneException if the engine is gone, or the dispatch is not for it
   */
  StatementExecution execute(Dispatch dispatch);

  /**
   * Which of {@link SessionSettings#client} the engine was given with the session, by key: they
   * need not be set in it again.
   */
  default Map<String, String> settings() {
    return Map.of();
  }

  /** False once the engine behind it is gone. */
  boolean alive();

  /**
   * True once the engine's process is known to have ended: nothing that was sent to it runs any
   * more. False for an engine that is merely out of reach.
   */
  default boolean ended() {
    return false;
  }

  /**
   * Cancels what runs and closes; never throws. A batch that a reader has in its hands stays until
   * the reader asks for the next one, or closes the execution.
   */
  @Override
  void close();
}
