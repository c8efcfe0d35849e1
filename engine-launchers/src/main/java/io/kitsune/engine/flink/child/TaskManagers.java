// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.child;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.flink.runtime.minicluster.MiniCluster;

/**
 * Sees to it that the cluster has a TaskManager. A MiniCluster does not replace one that has
 * failed, and every job would wait for slots for ever; Flink 2.3's fails when a query is cancelled
 * before its sink was opened (a NullPointerException in {@code
 * CollectSinkFunction.accumulateFinalResults}, seen here). Continuous jobs go on from their last
 * checkpoint by themselves then.
 */
final class TaskManagers {
  private static final long PERIOD_SECONDS = 1;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

  /** A new one takes a moment to register; before that a second one would be started. */
  private static final int LOOKS_AFTER_A_START = 30;

  private final MiniCluster cluster;
  private int patience;

  TaskManagers(MiniCluster cluster) {
    this.cluster = cluster;
  }

  /** Looks from now on, until the process ends. */
  void watch() {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread made = new Thread(task, "kitsune-task-managers");
              made.setDaemon(true);
              return made;
            });
    var unused =
        thread.scheduleWithFixedDelay(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      int there =
          cluster
              .getResourceOverview()
              .get(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
              .getNumberTaskManagers();
      if (there > 0) {
        patience = 0;
      } else if (patience > 0) {
        patience--;
      } else if (cluster.isRunning()) {
        System.err.println("The TaskManager has failed; another one is started");
        patience = LOOKS_AFTER_A_START;
        cluster.startTaskManager();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      // Asked again in a second; whoever waits for the cluster has a limit of his own.
      System.err.println("The TaskManagers cannot be counted: " + e);
    }
  }
}
