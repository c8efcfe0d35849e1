// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.supply;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.StartTimes;
import io.kitsune.router.EngineStatus;
import java.util.OptionalLong;

/**
 * Whoever has an engine's server to give. Thread-safe.
 *
 * @param <A> how the server is reached
 */
public interface ServerSupply<A> extends AutoCloseable {
  /**
   * A server that is up, and stays up until it is given back; waits until there is one.
   *
   * @throws io.kitsune.error.KitsuneException why there is none
   */
  RunningServer<A> lease(ProgressListener listener);

  /** Ends one lease. */
  void giveBack(RunningServer<A> server);

  /** How the engine is now; answered at once. */
  EngineStatus status();

  /** Bytes of this machine's memory that a server started here takes; empty if not known. */
  OptionalLong memoryUsed();

  /** How long starts here took, downloads included; nothing where somebody else starts it. */
  default StartTimes startTimes() {
    return StartTimes.NONE;
  }

  /**
   * Stops a server that was started here and in which nothing runs, whoever has leased it; the next
   * lease starts another.
   *
   * @return false if it is somebody else's, is being started, or does something worth keeping it
   */
  boolean stop();

  @Override
  void close();
}
