// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.ExecutionProgress;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.StatementExecution;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.io.IOException;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.QueryProgress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One query in DuckDB. Whoever calls into DuckDB for it — the worker that starts it, the reader of
 * its rows, whoever closes it — holds {@link #engine}; the state is guarded by the object itself
 * and never waited for while holding it.
 */
final class DuckDbExecution implements StatementExecution, Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbExecution.class);

  /** An interrupt that comes just before a query begins is lost, so it is repeated. */
  private static final Duration INTERRUPT_AGAIN = Duration.ofMillis(10);

  private final Dispatch.DuckDbQuery query;
  private final DuckDbInstance instance;
  private final QueryCheck check;
  private final Workers workers;
  private final Duration closeTimeout;
  private final Consumer<DuckDbExecution> closeListener;
  private final ResultCursor view;
  private final ReentrantLock engine = new ReentrantLock();
  private final CountDownLatch started = new CountDownLatch(1);

  private State state = State.RUNNING;
  private KitsuneException failure;
  private boolean cancelled;
  private boolean ended;
  private boolean closed;
  private boolean exhausted;

  /** What an interrupt is sent to. */
  private volatile Statement statement;

  /** Guarded by {@link #engine}. */
  private DuckDbCursor cursor;

  /** Whether the reader has a batch in its hands; guarded by {@link #engine}. */
  private boolean lent;

  DuckDbExecution(
      Dispatch.DuckDbQuery query,
      DuckDbInstance instance,
      QueryCheck check,
      Workers workers,
      Duration closeTimeout,
      Consumer<DuckDbExecution> closeListener) {
    this.query = requireNonNull(query, "query");
    this.instance = instance;
    this.check = check;
    this.workers = workers;
    this.closeTimeout = closeTimeout;
    this.closeListener = closeListener;
    this.view = new DuckDbCursor.View(this, query.columns());
  }

  /** Starts the query; called once, by a worker. */
  @Override
  public void run() {
    engine.lock();
    try {
      if (stopped()) {
        over(State.CANCELLED, DuckDbErrors.cancelled(null));
        return;
      }
      cursor = open();
      over(State.FINISHED, null);
    } catch (SQLException | IOException | RuntimeException | Error e) {
      failed(e);
    } finally {
      leave();
    }
  }

  private DuckDbCursor open() throws SQLException, IOException {
    DuckDBConnection connection = instance.connect();
    Statement prepared = null;
    try {
      check.check(connection, query);
      prepared = connection.createStatement();
      String zone = IcuTimeZone.of(query.timeZone());
      if (!zone.equals(DuckDbInstance.TIME_ZONE)) {
        prepared.execute("SET TimeZone = '" + zone + "'");
      }
    } catch (SQLException | RuntimeException | Error e) {
      DuckDbCursor.closeAll(prepared, connection);
      throw e;
    }
    statement = prepared;
    BufferAllocator allocator = instance.newAllocator("statement");
    return DuckDbCursor.open(connection, prepared, allocator, query.text(), query.columns());
  }

  /** The next rows, for {@link DuckDbCursor.View}. */
  Optional<VectorSchemaRoot> next() {
    engine.lock();
    try {
      lent = false;
      if (stopped()) {
        throw DuckDbErrors.cancelled(null);
      }
      if (cursor == null) {
        return Optional.empty();
      }
      Optional<VectorSchemaRoot> batch = cursor.next();
      lent = batch.isPresent();
      if (batch.isEmpty()) {
        exhausted();
        free();
      }
      return batch;
    } catch (IOException | RuntimeException e) {
      failed(e);
      throw requireNonNull(failure());
    } finally {
      leave();
    }
  }

  @Override
  public State await(Duration limit) throws InterruptedException {
    return started.await(limit.toNanos(), TimeUnit.NANOSECONDS) ? state() : State.RUNNING;
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
    return view;
  }

  @Override
  public List<String> drainLog() {
    return List.of();
  }

  @Override
  public ExecutionProgress progress() {
    Statement running = statement;
    if (running == null || state() != State.RUNNING) {
      return ExecutionProgress.UNKNOWN;
    }
    try {
      return progress(running.unwrap(DuckDBPreparedStatement.class).getQueryProgress());
    } catch (SQLException e) {
      LOG.debug("The statement ended as its progress was asked for", e);
      return ExecutionProgress.UNKNOWN;
    }
  }

  /** DuckDB says -1 as long as it does not know. */
  private static ExecutionProgress progress(QueryProgress progress) {
    double percent = progress.getPercentage();
    return percent < 0 || percent > 100
        ? ExecutionProgress.UNKNOWN
        : new ExecutionProgress(
            OptionalDouble.of(percent / 100),
            "",
            OptionalLong.of(progress.getRowsProcessed()),
            OptionalLong.empty());
  }

  @Override
  public void cancel() {
    synchronized (this) {
      if (cancelled || exhausted || state == State.FAILED || state == State.CANCELLED) {
        return;
      }
      cancelled = true;
    }
    stop();
  }

  private void stop() {
    if (workers.withdraw(this)) {
      over(State.CANCELLED, DuckDbErrors.cancelled(null));
    } else if (state() == State.RUNNING || engine.isLocked()) {
      // Not on this thread: an interrupt waits while DuckDB binds a query.
      workers.later(this::interrupt, Duration.ZERO);
    } else {
      over(State.CANCELLED, DuckDbErrors.cancelled(null));
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    release();
  }

  /** Stops it because its session is closed, on whatever thread. */
  void end() {
    synchronized (this) {
      ended = true;
    }
    release();
  }

  private void release() {
    if (!engine.tryLock()) {
      stop();
    } else {
      leave();
    }
    try {
      if (engine.tryLock(closeTimeout.toNanos(), TimeUnit.NANOSECONDS)) {
        leave();
      } else {
        LOG.error(
            "DuckDB did not stop a statement within {}; it is freed when it does: {}",
            closeTimeout,
            query.text());
      }
    } catch (InterruptedException e) {
      // Whoever holds the lock frees the result when it leaves.
      Thread.currentThread().interrupt();
    }
    workers.closed(this);
    closeListener.accept(this);
  }

  /**
   * Leaves DuckDB, and frees what is open there if nobody will come back for it: what the reader
   * has in its hands is freed when it does, or closes.
   */
  private void leave() {
    try {
      if (stopped()) {
        if (cancelledMidway()) {
          over(State.CANCELLED, DuckDbErrors.cancelled(null));
        }
        if (closed() || !lent) {
          free();
        }
      }
    } finally {
      engine.unlock();
    }
  }

  private void free() {
    statement = null;
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
  }

  private void failed(Throwable thrown) {
    free();
    if (DuckDbErrors.parse(thrown).fatal()) {
      LOG.error("DuckDB broke down and is started anew for new sessions", thrown);
      instance.died();
    }
    if (stopped()) {
      over(State.CANCELLED, DuckDbErrors.cancelled(thrown));
    } else {
      over(State.FAILED, DuckDbErrors.of(thrown));
    }
    if (thrown instanceof VirtualMachineError error && !(thrown instanceof OutOfMemoryError)) {
      throw error;
    }
  }

  private synchronized void over(State reached, KitsuneException reason) {
    // A result that was there may still fail or be cancelled; what failed stays failed.
    if (state == State.RUNNING || (state == State.FINISHED && reason != null)) {
      state = reached;
      failure = reason;
    }
    started.countDown();
  }

  private synchronized KitsuneException failure() {
    return failure;
  }

  private synchronized void exhausted() {
    exhausted = true;
  }

  private synchronized boolean cancelledMidway() {
    return state == State.RUNNING || (cancelled && !exhausted);
  }

  private synchronized boolean stopped() {
    return cancelled || ended || closed;
  }

  private synchronized boolean closed() {
    return closed;
  }

  private void interrupt() {
    if (!engine.isLocked()) {
      // Nobody is inside, and whoever comes next sees that it was cancelled.
      return;
    }
    Statement target = statement;
    try {
      if (target != null) {
        target.cancel();
      }
    } catch (SQLException e) {
      LOG.debug("The statement ended as it was being cancelled", e);
    }
    workers.later(this::interrupt, INTERRUPT_AGAIN);
  }
}
