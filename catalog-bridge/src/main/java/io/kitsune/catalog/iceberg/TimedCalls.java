// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Calls to a server that end within a time, whatever the server does: Iceberg's HTTP client only
 * limits the wait for the next bytes, and a server that sends a byte now and then would hold its
 * caller for ever. Thread-safe.
 */
final class TimedCalls implements AutoCloseable {
  private static final int MOST_AT_ONCE = 64;

  private final String name;
  private final Duration limit;
  private final ThreadPoolExecutor threads;

  /**
   * @param name what is called, for errors: the catalog and its address
   */
  TimedCalls(String name, Duration limit) {
    this.name = requireNonNull(name, "name");
    this.limit = requireNonNull(limit, "limit");
    this.threads =
        new ThreadPoolExecutor(
            0,
            MOST_AT_ONCE,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "iceberg-rest");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * What the work returns or throws; or an error once the time is over, or the caller interrupted.
   *
   * @param doing what is tried, for errors
   */
  <T> T call(String doing, Supplier<T> work) {
    Future<T> future = submit(doing, work);
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      future.cancel(true);
      throw error(
          "CATALOG_TIMEOUT",
          "08001",
          doing,
          "no answer within %d ms: see timeout".formatted(limit.toMillis()),
          e);
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      throw error("CATALOG_INTERRUPTED", "57014", doing, "interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  private <T> Future<T> submit(String doing, Supplier<T> work) {
    try {
      return threads.submit(work::get);
    } catch (RejectedExecutionException e) {
      throw threads.isShutdown()
          ? error("CATALOG_CLOSED", "08003", doing, "it is closed", e)
          : error(
              "CATALOG_BUSY",
              "53300",
              doing,
              "%d calls wait for the server already; try again later".formatted(MOST_AT_ONCE),
              e);
    }
  }

  private KitsuneException error(
      String code, String sqlState, String doing, String what, Exception cause) {
    return new KitsuneException(code, sqlState, "%s, %s: %s".formatted(name, doing, what), cause);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
