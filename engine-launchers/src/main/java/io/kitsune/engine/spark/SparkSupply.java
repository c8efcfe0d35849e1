// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ProgressListener;
import io.kitsune.router.EngineStatus;

/** Whoever has a Spark to give. Thread-safe. */
interface SparkSupply extends AutoCloseable {
  /** A Spark that is up, and stays up until it is given back; waits until there is one. */
  RunningSpark lease(ProgressListener listener);

  /** Ends one lease. */
  void giveBack(RunningSpark spark);

  EngineStatus status();

  @Override
  void close();
}
