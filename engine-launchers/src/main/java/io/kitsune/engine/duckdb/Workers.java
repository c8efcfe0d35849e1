// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that statements run on, and a bound on how many are open: running, waiting for a
 * thread, or with rows still to be read. Whose turn it is among users is settled before they come
 * here. Thread-safe.
 */
final class Workers implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

  private final DuckDbSettings settings;
  private final ThreadPoolExecutor workers;
  private final ScheduledThreadPoolExecutor clock;
  private final Semaphore places;
  private final Set<DuckDbExecution> open = ConcurrentHashMap.newKeySet();

  Workers(DuckDbSettings settings) {
    this.settings = settings;
    this.places = new Semaphore(settings.maxOpen());
    AtomicInteger number = new AtomicInteger();
    this.workers =
        new ThreadPoolExecutor(
            settings.maxRunning(),
            settings.maxRunning(),
            60,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(settings.maxOpen()),
            task -> daemon(task, "duckdb-" + number.incrementAndGet()));
    workers.allowCoreThreadTimeOut(true);
    // Two, for one may wait for a query that is being bound.
    this.clock = new ScheduledThreadPoolExecutor(2, task -> daemon(task, "duckdb-clock"));
  }

  /**
   * Has a statement run when its turn comes.
   *
   * @throws KitsuneException {@code ENGINE_BUSY} if too many are open
   */
  void admit(DuckDbExecution execution) {
    if (!places.tryAcquire()) {
      throw busy(
          "%d statements are open, which is all it takes. Close results that are no longer read, or raise kitsune.duckdb.max-open"
              .formatted(settings.maxOpen()));
    }
    open.add(execution);
    try {
      workers.execute(execution);
    } catch (RejectedExecutionException e) {
      closed(execution);
      throw new KitsuneException(
          "ENGINE_UNAVAILABLE", "57P01", "DuckDB cannot be used: the gateway is stopping.", e);
    }
  }

  /** Takes a statement out of the queue; false if it is not there. */
  boolean withdraw(DuckDbExecution execution) {
    return workers.remove(execution);
  }

  /** Told that a statement is closed; safe to call twice. */
  void closed(DuckDbExecution execution) {
    if (open.remove(execution)) {
      places.release();
    }
  }

  /** Runs a short task after a while. */
  void later(Runnable task, Duration delay) {
    try {
      var unused = clock.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("DuckDB is being closed; nothing is done later", e);
    }
  }

  /** Statements that are not closed. */
  int openStatements() {
    return open.size();
  }

  private static KitsuneException busy(String reason) {
    return new KitsuneException("ENGINE_BUSY", "53300", "DuckDB is busy: " + reason + ".");
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Closes every statement and stops the threads. */
  @Override
  public void close() {
    open.forEach(DuckDbExecution::close);
    workers.shutdown();
    clock.shutdownNow();
    try {
      if (!workers.awaitTermination(settings.closeTimeout().toNanos(), TimeUnit.NANOSECONDS)) {
        LOG.error("DuckDB still runs a statement {} after it was stopped", settings.closeTimeout());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
