// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import java.util.OptionalLong;

/**
 * One engine: started when first needed (or connected to), watched, stopped. Thread-safe. Every
 * wait has a limit, after which a {@link io.kitsune.error.KitsuneException} whose code begins with
 * {@code ENGINE_} says what was waited for.
 */
public interface EngineLauncher extends AutoCloseable {
  /** Which engine. */
  Engine engine();

  /** How it is now; answered at once, without asking the engine. */
  EngineStatus status();

  /**
   * Opens a session in the engine, starting the engine first if need be.
   *
   * @param listener told of progress while the caller waits (downloads, start-up)
   */
  EngineSession open(SessionSettings settings, ProgressListener listener);

  /**
   * Bytes of this machine's memory that it may take while it is up; 0 where it runs elsewhere, or
   * within what the gateway itself has.
   */
  default long memoryNeed() {
    return 0;
  }

  /** Bytes of this machine's memory that it takes now; empty where that is not known. */
  default OptionalLong memoryUsed() {
    return OptionalLong.empty();
  }

  /** How long its starts took, from nothing to the first session that it could have opened. */
  default StartTimes startTimes() {
    return StartTimes.NONE;
  }

  /**
   * Stops the engine if it was started here, and returns when it has ended; the next session starts
   * it again. Sessions that are open are gone: only for an engine in which nothing runs.
   *
   * @return false if it is not one that can be stopped and started
   */
  default boolean stop() {
    return false;
  }

  /** Stops the engine for good if it was started here, and whatever still runs in it. */
  @Override
  void close();
}
