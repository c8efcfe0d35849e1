// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.supply.RunningServer;
import java.time.Duration;

/** Jobs of a Flink that somebody else runs, and keeps: only those are ended that nobody wants. */
final class ForeignJobs implements JobListener {
  private final UnwantedJobs unwanted;

  /**
   * None yet.
   *
   * @param answer how long one question to Flink may take
   */
  ForeignJobs(Duration answer) {
    this.unwanted = new UnwantedJobs(answer);
  }

  @Override
  public void started(ContinuousJob job) {}

  @Override
  public void unwanted(String id, RunningServer<GatewayAddress> server) {
    unwanted.add(id, server);
  }

  @Override
  public void stopped() {}

  @Override
  public void close() {
    unwanted.close();
  }
}
