// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.supply;

import io.kitsune.engine.ProgressListener;
import io.kitsune.router.EngineStatus;

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

  @Override
  void close();
}
