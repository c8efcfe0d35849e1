// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.thrift.NamedThreads;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The threads that statements run on, and the clock that stops those that run too long. */
final class OperationRunner implements AutoCloseable {
  private static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private final int maxRunning;
  private final ExecutorService threads;
  private final ScheduledThreadPoolExecutor clock;

  OperationRunner(int maxRunning) {
    this.maxRunning = maxRunning;
    this.threads =
        new ThreadPoolExecutor(
            0,
            maxRunning,
            KEEP_ALIVE.toMillis(),
            TimeUnit.MILLISECONDS,
            new SynchronousQueue<>(),
            NamedThreads.daemon("kitsune-statement"));
    this.clock = new ScheduledThreadPoolExecutor(1, NamedThreads.daemon("kitsune-statement-clock"));
    clock.setRemoveOnCancelPolicy(true);
  }

  /**
   * Runs the work on a thread of its own, for no longer than the limit.
   *
   * @throws KitsuneException {@code GATEWAY_BUSY} if too many statements run already
   */
  void start(Operation operation, Operation.Work work, Duration limit) {
    Future<?> alarm =
        clock.schedule(() -> operation.timeOut(limit), limit.toMillis(), TimeUnit.MILLISECONDS);
    try {
      threads.execute(
          () -> {
            try {
              operation.run(work);
            } finally {
              alarm.cancel(false);
            }
          });
    } catch (RejectedExecutionException e) {
      alarm.cancel(false);
      throw new KitsuneException(
          "GATEWAY_BUSY",
          "53000",
          "%d statements are running, the limit. Try again, or raise kitsune.operation.max-running."
              .formatted(maxRunning),
          e);
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    threads.shutdownNow();
  }
}
