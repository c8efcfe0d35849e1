// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps entries without holding up who has them: they wait in a bounded queue for one thread that
 * writes many at once. What the queue or the database cannot take is dropped, counted and logged. A
 * writer owns its store. Thread-safe.
 */
public final class HistoryWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HistoryWriter.class);

  private static final int BATCH = 500;
  private static final Duration FORGET_EVERY = Duration.ofMinutes(1);
  private static final Duration COMPLAIN_EVERY = Duration.ofMinutes(1);
  private static final Duration LAST_WRITES = Duration.ofSeconds(5);

  private final HistoryStore store;
  private final HistoryRetention retention;
  private final BlockingQueue<HistoryEntry> queue;
  private final AtomicLong dropped = new AtomicLong();
  private final Thread thread;
  private volatile boolean closed;
  // Only of the thread.
  private long lastForgotten;
  private long lastComplaint;
  private long complained;

  /**
   * Starts the thread.
   *
   * @param capacity how many entries may wait
   */
  public HistoryWriter(HistoryStore store, HistoryRetention retention, int capacity) {
    this.store = requireNonNull(store, "store");
    this.retention = requireNonNull(retention, "retention");
    this.queue = new ArrayBlockingQueue<>(capacity);
    long before = System.nanoTime();
    this.lastForgotten = before - FORGET_EVERY.toNanos();
    this.lastComplaint = before - COMPLAIN_EVERY.toNanos();
    this.thread = new Thread(this::run, "history");
    thread.setDaemon(true);
    thread.start();
  }

  /** Takes an entry, or drops it where too many wait; never waits. */
  public void add(HistoryEntry entry) {
    if (closed || !queue.offer(entry)) {
      dropped.incrementAndGet();
    }
  }

  /** How many entries were dropped since it was started. */
  public long dropped() {
    return dropped.get();
  }

  private void run() {
    List<HistoryEntry> batch = new ArrayList<>(BATCH);
    while (!closed || !queue.isEmpty()) {
      try {
        HistoryEntry first = queue.poll(1, TimeUnit.SECONDS);
        if (first != null) {
          batch.add(first);
          queue.drainTo(batch, BATCH - 1);
          write(batch);
        }
        forget();
      } catch (InterruptedException e) {
        // Closing: what waits is still written, within its owner's patience.
        closed = true;
      }
      batch.clear();
      complain();
    }
  }

  private void write(List<HistoryEntry> batch) {
    try {
      store.append(batch);
    } catch (KitsuneException e) {
      dropped.addAndGet(batch.size());
      LOG.debug("{} statements are not kept", batch.size(), e);
    }
  }

  private void forget() {
    if (closed || System.nanoTime() - lastForgotten < FORGET_EVERY.toNanos()) {
      return;
    }
    lastForgotten = System.nanoTime();
    try {
      long forgotten = store.forget(retention);
      LOG.debug("{} statements are forgotten", forgotten);
    } catch (KitsuneException e) {
      LOG.warn("The history could not be cut to its retention; tried again soon", e);
    }
  }

  private void complain() {
    long now = dropped.get();
    boolean due = closed || System.nanoTime() - lastComplaint >= COMPLAIN_EVERY.toNanos();
    if (now > complained && due) {
      LOG.warn(
          "{} statements are missing in the history: its database does not answer, or too slowly",
          now - complained);
      complained = now;
      lastComplaint = System.nanoTime();
    }
  }

  /** Writes what waits, for some seconds at most, and closes the store. */
  @Override
  public void close() {
    closed = true;
    try {
      thread.join(LAST_WRITES.toMillis());
      if (thread.isAlive()) {
        LOG.warn("{} statements at least are missing in the history", queue.size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      store.close();
    }
  }
}
