// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.ExecutionProgress;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/**
 * A statement or metadata call of a session: its state, its log, its result. Thread-safe.
 *
 * <p>The state goes from PENDING by RUNNING to one of the others and, but for a cancel while rows
 * are still being fetched, stays there. A cancel is answered at once; the engine stops when it can,
 * and what it still delivers is thrown away.
 */
final class Operation implements AutoCloseable {
  /** Where an operation stands. */
  enum State {
    PENDING,
    RUNNING,
    FINISHED,
    FAILED,
    CANCELLED,
    TIMED_OUT,
    CLOSED;

    boolean over() {
      return this != PENDING && this != RUNNING;
    }
  }

  /**
   * How it stood when it was closed.
   *
   * @param errors code and message: at most one
   */
  record Ending(StatementReport.End end, List<String> errors) {}

  /** What an operation does. */
  @FunctionalInterface
  interface Work {
    /**
     * Does it and returns its result.
     *
     * @param control to log with, and to learn that it should stop
     */
    OperationResult run(Control control) throws InterruptedException;
  }

  /** An operation as its work sees it. */
  interface Control {
    /** Adds a line to the log that the client reads. */
    void log(String line);

    /** How far the engine is, for a client that asks. */
    void progress(ExecutionProgress progress);

    /** Names what stops the work; called at once if it should stop already. */
    void onStop(Runnable stop);

    /** True once nobody wants the result any more. */
    boolean stopped();
  }

  private final Handle handle;
  private final TOperationType type;
  private final OperationLog log;
  private final OperationRows rows = new OperationRows();
  private final long started = System.currentTimeMillis();

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.PENDING;
  private Runnable stop = () -> {};
  private long completed;
  private Consumer<Ending> closeListener = ending -> {};
  private volatile long lastUsed = System.nanoTime();
  private volatile ExecutionProgress progress = ExecutionProgress.UNKNOWN;

  Operation(Handle handle, TOperationType type, OperationLog log) {
    this.handle = handle;
    this.type = type;
    this.log = log;
  }

  Handle handle() {
    return handle;
  }

  /** The handle as the client gets it. */
  TOperationHandle thriftHandle() {
    return new TOperationHandle(handle.toThrift(), type, true);
  }

  OperationLog log() {
    return log;
  }

  /** How far the engine was when it was looked at last. */
  ExecutionProgress progress() {
    return progress;
  }

  /** Names who is told, once, when it is closed. */
  void onClose(Consumer<Ending> listener) {
    lock.lock();
    try {
      closeListener = listener;
    } finally {
      lock.unlock();
    }
  }

  /** Until it was over, or until now. */
  Duration elapsed() {
    long end = completed();
    return Duration.ofMillis((end == 0 ? System.currentTimeMillis() : end) - started);
  }

  /** Milliseconds since the epoch. */
  long started() {
    return started;
  }

  /** Milliseconds since the epoch; 0 while it runs. */
  long completed() {
    lock.lock();
    try {
      return completed;
    } finally {
      lock.unlock();
    }
  }

  /** Rows handed to the client so far. */
  long rowsFetched() {
    return rows.fetched();
  }

  State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  /** Why it has no rows (any more); empty when it has some. */
  Optional<KitsuneException> failure() {
    return rows.refusal();
  }

  /** Marks it as just used by its client. */
  void touch() {
    lastUsed = System.nanoTime();
  }

  /** True if it is over and nobody asked for it for that long. */
  boolean idleFor(Duration limit) {
    return state().over() && System.nanoTime() - lastUsed > limit.toNanos();
  }

  /** Runs the work on this thread, to its end. Never throws: the outcome is the state. */
  @SuppressWarnings("CatchingUnchecked")
  void run(Work work) {
    if (!begin()) {
      return;
    }
    try {
      finish(work.run(new WorkControl()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      fail(OperationErrors.stopped(e));
    } catch (RuntimeException | Error e) {
      // An Error too must end the operation, or its client would poll for ever.
      fail(Statuses.known(e));
    } finally {
      touch();
    }
  }

  private boolean begin() {
    lock.lock();
    try {
      if (state != State.PENDING) {
        return false;
      }
      state = State.RUNNING;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void finish(OperationResult delivered) {
    lock.lock();
    try {
      if (state == State.RUNNING) {
        rows.deliver(delivered);
        end(State.FINISHED);
        return;
      }
    } finally {
      lock.unlock();
    }
    delivered.close();
  }

  /** Ends it with an error, unless it is over already. */
  void fail(KitsuneException error) {
    stopAs(State.FAILED, error);
  }

  /** Stops it on the client's wish, while its rows are fetched too. Idempotent. */
  void cancel() {
    stopAs(State.CANCELLED, OperationErrors.cancelled());
    dropRows();
  }

  /** Stops it because it ran for too long. */
  void timeOut(Duration limit) {
    stopAs(State.TIMED_OUT, OperationErrors.timedOut(limit));
  }

  private void stopAs(State end, KitsuneException error) {
    Runnable stopper;
    lock.lock();
    try {
      if (state.over()) {
        return;
      }
      rows.refuse(error);
      end(end);
      stopper = stop;
    } finally {
      lock.unlock();
    }
    stopper.run();
  }

  private void dropRows() {
    Runnable freeing;
    lock.lock();
    try {
      if (state != State.FINISHED) {
        return;
      }
      state = State.CANCELLED;
      freeing = rows.drop(OperationErrors.cancelled());
    } finally {
      lock.unlock();
    }
    freeing.run();
  }

  private void end(State end) {
    state = end;
    completed = System.currentTimeMillis();
    changed.signalAll();
  }

  /** Waits until it is over, or until the limit; returns the state then. */
  State await(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (!state.over() && left > 0) {
        left = changed.awaitNanos(left);
      }
      return state;
    } finally {
      lock.unlock();
    }
  }

  /**
   * The result's columns.
   *
   * @throws KitsuneException why there is none
   */
  TTableSchema schema() {
    return rows.schema();
  }

  /**
   * What the client is told of the result's format.
   *
   * @throws KitsuneException why there is none
   */
  List<String> hints() {
    return rows.hints();
  }

  /**
   * The next rows.
   *
   * @throws KitsuneException why there are none
   */
  TRowSet fetch(TFetchOrientation orientation, long maxRows) {
    return rows.fetch(orientation, maxRows);
  }

  /** Stops it if it runs and frees everything. Never waits; idempotent. */
  @Override
  public void close() {
    Ending ending = ending();
    cancel();
    Consumer<Ending> listener;
    lock.lock();
    try {
      // After the cancel nothing is held any more.
      state = State.CLOSED;
      rows.refuse(OperationErrors.closed());
      listener = closeListener;
      closeListener = again -> {};
    } finally {
      lock.unlock();
    }
    listener.accept(ending);
  }

  private Ending ending() {
    List<String> errors = failure().map(Statuses::message).map(List::of).orElse(List.of());
    return switch (state()) {
      case FINISHED -> new Ending(StatementReport.End.FINISHED, List.of());
      case FAILED, TIMED_OUT -> new Ending(StatementReport.End.FAILED, errors);
      case PENDING, RUNNING, CANCELLED, CLOSED ->
          new Ending(StatementReport.End.CANCELLED, List.of());
    };
  }

  private final class WorkControl implements Control {
    @Override
    public void log(String line) {
      log.add(line);
    }

    @Override
    public void progress(ExecutionProgress now) {
      progress = now;
    }

    @Override
    public void onStop(Runnable stopper) {
      boolean now;
      lock.lock();
      try {
        stop = stopper;
        now = state.over();
      } finally {
        lock.unlock();
      }
      if (now) {
        stopper.run();
      }
    }

    @Override
    public boolean stopped() {
      return state().over();
    }
  }
}
