// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;

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

  /** Stops the engine if it was started here, and whatever still runs in it. */
  @Override
  void close();
}
