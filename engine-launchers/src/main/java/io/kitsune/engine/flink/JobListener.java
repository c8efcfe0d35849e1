// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.supply.RunningServer;

/** Told of the jobs that statements start, before the client is. */
interface JobListener extends AutoCloseable {
  /** A continuous one was submitted. */
  void started(ContinuousJob job);

  /**
   * One is to be ended if it runs, or as soon as it does: its client was not told of it. {@link
   * #started} may have been called for it. Returns at once.
   */
  void unwanted(String id, RunningServer<GatewayAddress> server);

  /** One was stopped; which one, Flink knows. */
  void stopped();

  @Override
  void close();
}
