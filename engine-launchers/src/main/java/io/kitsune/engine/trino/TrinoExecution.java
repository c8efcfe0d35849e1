// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Column;
import io.kitsune.engine.ExecutionProgress;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.StatementExecution;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement in Trino: run on a thread of its own until its first rows are there, then read on the
 * caller's.
 */
final class TrinoExecution implements StatementExecution {
  private static final Logger LOG = LoggerFactory.getLogger(TrinoExecution.class);

  /**
   * What a query fails with, before anything has run, in the first seconds of a Trino: it says that
   * it has started before it knows its own node, and may lose sight of it once more.
   */
  private static final String NO_NODES = "TRINO_NO_NODES_AVAILABLE";

  private static final Duration NODES_LIMIT = Duration.ofSeconds(30);
  private static final Duration NODES_PAUSE = Duration.ofMillis(500);

  private final TrinoSession session;
  private final Dispatch.TrinoQuery dispatch;
  private final Cursor cursor = new Cursor();
  private final CountDownLatch started = new CountDownLatch(1);
  private final List<String> log = new ArrayList<>();

  /** Held by whoever reads; rows are freed by whoever leaves it last. */
  private final ReentrantLock reading = new ReentrantLock();

  private State state = State.RUNNING;
  private KitsuneException failure;
  private TrinoQuery query;
  private boolean stopped;
  private boolean closed;
  private boolean exhausted;

  /** Whether the reader has a batch in its hands; guarded by {@link #reading}. */
  private boolean lent;

  TrinoExecution(TrinoSession session, Dispatch.TrinoQuery dispatch) {
    this.session = session;
    this.dispatch = dispatch;
  }

  /** Runs it until its first rows are there. */
  void run() {
    reading.lock();
    try {
      runToRows();
    } catch (Throwable e) {
      // An Error too: whoever waits must not wait for a thread that is gone.
      failed(e);
    } finally {
      leave();
      started.countDown();
    }
  }

  private void runToRows() throws InterruptedException {
    long began = session.nanoTime();
    while (!stopped()) {
      TrinoQuery submitted = session.submit(dispatch);
      synchronized (this) {
        query = submitted;
        log.add("Trino's query %s: %s".formatted(submitted.id(), submitted.place()));
      }
      if (stopped()) {
        submitted.abort();
        return;
      }
      try {
        submitted.awaitRows(session.newAllocator());
        over(State.FINISHED, null);
        return;
      } catch (KitsuneException e) {
        if (!e.code().equals(NO_NODES) || session.nanoTime() - began > NODES_LIMIT.toNanos()) {
          throw e;
        }
        submitted.close();
        pauseForNodes();
      }
    }
  }

  /** Ends early where somebody stops the statement. */
  private void pauseForNodes() throws InterruptedException {
    synchronized (this) {
      log.add("Trino knows none of its nodes yet; the query is sent again");
    }
    if (started.await(NODES_PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
      LOG.debug("A statement was stopped while it waited for Trino's nodes");
    }
  }

  private void failed(Throwable thrown) {
    if (stopped()) {
      LOG.debug("A statement ended as it was being stopped", thrown);
      over(State.CANCELLED, TrinoErrors.cancelled());
    } else {
      over(State.FAILED, session.failure(thrown));
    }
  }

  private Optional<VectorSchemaRoot> read() {
    reading.lock();
    try {
      lent = false;
      check();
      TrinoQuery open = query();
      Optional<VectorSchemaRoot> batch = open == null ? Optional.empty() : open.next();
      // An abort looks like an end.
      check();
      lent = batch.isPresent();
      if (batch.isEmpty()) {
        markExhausted();
      }
      return batch;
    } catch (RuntimeException e) {
      failed(e);
      throw requireNonNull(failure());
    } finally {
      leave();
    }
  }

  /** What the reader has in its hands is freed when it comes back or closes. */
  private void leave() {
    try {
      if (closed() || (stopped() && !lent)) {
        free();
      }
    } finally {
      reading.unlock();
    }
  }

  /** With the lock. */
  private void free() {
    TrinoQuery open = query();
    if (open != null) {
      open.close();
    }
  }

  private void check() {
    KitsuneException reason = failure();
    if (reason != null) {
      throw reason;
    }
    if (stopped()) {
      throw new KitsuneException(
          "STATEMENT_CLOSED", "HY010", "The statement was closed; run it again to read its rows.");
    }
  }

  @Override
  public State await(Duration limit) throws InterruptedException {
    return started.await(limit.toNanos(), TimeUnit.NANOSECONDS) ? state() : state();
  }

  @Override
  public synchronized State state() {
    return state;
  }

  @Override
  public ResultCursor cursor() {
    KitsuneException reason = failure();
    if (reason != null) {
      throw reason;
    }
    if (state() == State.RUNNING) {
      throw new IllegalStateException("the statement still runs");
    }
    return cursor;
  }

  @Override
  public synchronized List<String> drainLog() {
    List<String> lines = List.copyOf(log);
    log.clear();
    return lines;
  }

  @Override
  public ExecutionProgress progress() {
    TrinoQuery open = query();
    return open == null ? ExecutionProgress.UNKNOWN : open.progress();
  }

  @Override
  public void cancel() {
    synchronized (this) {
      if (exhausted || stopped || state == State.FAILED || state == State.CANCELLED) {
        return;
      }
      state = State.CANCELLED;
      failure = TrinoErrors.cancelled();
      stopped = true;
    }
    stop();
  }

  /** Ends it because the server did. */
  void abandon(KitsuneException reason) {
    over(State.FAILED, reason);
    synchronized (this) {
      stopped = true;
    }
    stop();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    end();
  }

  /** Stops it because its session is closed, on whatever thread. */
  void end() {
    synchronized (this) {
      stopped = true;
      if (state == State.RUNNING) {
        state = State.CANCELLED;
        failure = TrinoErrors.cancelled();
      }
    }
    stop();
    if (reading.tryLock()) {
      leave();
    }
    session.closed(this);
  }

  /** Whoever waits is told at once; Trino too, or by the thread that is just submitting. */
  private void stop() {
    started.countDown();
    TrinoQuery open = query();
    if (open != null) {
      try {
        open.abort();
      } catch (RuntimeException e) {
        LOG.debug("Trino could not be told to stop a query; it does so without its client", e);
      }
    }
  }

  /** The address of a result that waits for its reader; empty if there is none. */
  Optional<String> pulse() {
    TrinoQuery open = query();
    return open == null || stopped() || state() != State.FINISHED ? Optional.empty() : open.pulse();
  }

  private synchronized void over(State reached, KitsuneException reason) {
    // A result that was there may still fail; what was cancelled or failed stays so.
    if (state == State.RUNNING || (state == State.FINISHED && reason != null)) {
      state = reached;
      failure = reason;
    }
  }

  private synchronized KitsuneException failure() {
    return failure;
  }

  private synchronized TrinoQuery query() {
    return query;
  }

  private synchronized boolean stopped() {
    return stopped;
  }

  private synchronized boolean closed() {
    return closed;
  }

  private synchronized void markExhausted() {
    exhausted = true;
  }

  /** What the caller reads from. */
  private final class Cursor implements ResultCursor.Batches {
    @Override
    public List<Column> columns() {
      return dispatch.columns();
    }

    @Override
    public Optional<VectorSchemaRoot> next() {
      return read();
    }

    @Override
    public void close() {
      TrinoExecution.this.close();
    }
  }
}
