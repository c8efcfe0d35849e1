// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ExecutionProgress;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.thrift.OperationLog;
import io.kitsune.engine.thrift.RelayedRows;
import io.kitsune.engine.thrift.ThriftConnections;
import io.kitsune.engine.thrift.ThriftStatement;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCancelOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A statement in Spark's Thrift server, which is asked how it stands. */
final class SparkExecution implements StatementExecution, ThriftStatement {
  private static final Logger LOG = LoggerFactory.getLogger(SparkExecution.class);

  /** Servers hold a poll for a while; where they don't, pauses grow up to this. */
  private static final long LONGEST_PAUSE_MILLIS = 100;

  /** Spark tells that a statement failed a moment before it tells why. */
  private static final int POLLS_FOR_A_REASON = 20;

  private final SparkSession session;
  private final TOperationHandle handle;
  private final SparkSettings.Limits limits;
  private final Consumer<SparkExecution> onClose;
  private final OperationLog log;
  private final Optional<SparkProgress> progress;
  private final ReentrantLock polling = new ReentrantLock();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile State state = State.RUNNING;
  private volatile KitsuneException failure;
  private volatile boolean cancelAsked;
  private int pollsWithoutReason;
  private RelayedRows result;

  SparkExecution(
      SparkSession session,
      TOperationHandle handle,
      SparkSettings.Limits limits,
      Consumer<SparkExecution> onClose) {
    this.session = session;
    this.handle = handle;
    this.limits = limits;
    this.onClose = onClose;
    this.log = new OperationLog(this);
    this.progress = session.address().progress().map(address -> new SparkProgress(address, handle));
  }

  @Override
  public State await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long pause = 1;
    while (state == State.RUNNING) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        break;
      }
      if (polling.tryLock(left, TimeUnit.NANOSECONDS)) {
        long asked = System.nanoTime();
        try {
          poll();
        } finally {
          polling.unlock();
        }
        long held = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted while waiting for a statement");
        }
        if (state == State.RUNNING && held < pause) {
          TimeUnit.MILLISECONDS.sleep(pause);
          pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
        }
      }
    }
    return state;
  }

  @Override
  public State state() {
    if (state == State.RUNNING && polling.tryLock()) {
      try {
        poll();
      } finally {
        polling.unlock();
      }
    }
    return state;
  }

  private void poll() {
    if (state != State.RUNNING) {
      return;
    }
    try {
      TGetOperationStatusResp status =
          session.call(client -> client.GetOperationStatus(new TGetOperationStatusReq(handle)));
      SparkErrors.check(status.getStatus());
      switch (status.getOperationState()) {
        case FINISHED_STATE -> finished();
        case CANCELED_STATE -> cancelled();
        case CLOSED_STATE, ERROR_STATE, TIMEDOUT_STATE -> failedOrCancelled(status);
        default -> {
          // Initialized, pending, running, unknown: it has not ended.
        }
      }
    } catch (KitsuneException e) {
      // That nobody could ask says nothing about the statement.
      if (!e.code().equals("ENGINE_INTERRUPTED") && !e.code().equals("ENGINE_BUSY")) {
        ended(e);
      }
    }
  }

  private void failedOrCancelled(TGetOperationStatusResp status) {
    if (cancelAsked) {
      cancelled();
    } else if (status.getErrorMessage() != null || ++pollsWithoutReason > POLLS_FOR_A_REASON) {
      KitsuneException reason = SparkErrors.failure(status.getErrorMessage(), status.getSqlState());
      ended(SparkErrors.in(SparkProgress.statement(handle), reason));
    }
  }

  private synchronized void finished() {
    if (state == State.RUNNING) {
      state = State.FINISHED;
    }
  }

  private synchronized void ended(KitsuneException reason) {
    if (state == State.RUNNING) {
      failure = reason;
      state = State.FAILED;
    }
  }

  private synchronized void cancelled() {
    if (state == State.RUNNING || state == State.FINISHED) {
      failure = SparkErrors.cancelled();
      state = State.CANCELLED;
    }
  }

  @Override
  public synchronized ResultCursor cursor() {
    switch (state) {
      case FINISHED -> {
        if (result == null) {
          result = new RelayedRows(this, limits.fetchRows(), limits.fetchBytes());
        }
        return result;
      }
      case RUNNING -> throw new IllegalStateException("the statement is still running");
      default -> throw failure;
    }
  }

  @Override
  public List<String> drainLog() {
    return closed.get() ? List.of() : log.drain();
  }

  @Override
  public ExecutionProgress progress() {
    return progress.map(SparkProgress::last).orElse(ExecutionProgress.UNKNOWN);
  }

  @Override
  public void cancel() {
    if (state == State.FINISHED) {
      cancelFetching();
      return;
    }
    if (state != State.RUNNING || closed.get()) {
      return;
    }
    cancelAsked = true;
    try {
      session.call(client -> client.CancelOperation(new TCancelOperationReq(handle)));
    } catch (KitsuneException e) {
      LOG.debug("A cancel did not reach Spark; its state is learnt with the next poll", e);
    }
  }

  private synchronized void cancelFetching() {
    if (result == null || !result.exhausted()) {
      cancelled();
    }
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    try {
      // Closing an operation cancels it first, if need be.
      session.call(client -> client.CloseOperation(new TCloseOperationReq(handle)));
    } catch (KitsuneException e) {
      LOG.debug("An operation could not be closed in Spark; it ends with its session", e);
    } finally {
      abandon();
      onClose.accept(this);
    }
  }

  /** Whatever it was, it is over. */
  void abandon() {
    closed.set(true);
    synchronized (this) {
      if (state == State.RUNNING) {
        cancelled();
      }
    }
  }

  @Override
  public void checkFetchable() {
    if (closed.get()) {
      throw new KitsuneException(
          "STATEMENT_CLOSED", "HY010", "The statement was closed; run it again to read its rows.");
    }
    KitsuneException reason = failure;
    if (reason != null) {
      throw reason;
    }
  }

  @Override
  public TOperationHandle handle() {
    return handle;
  }

  @Override
  public <T> T call(ThriftConnections.Call<T> call) {
    return session.call(call);
  }

  @Override
  public void check(TStatus status) {
    SparkErrors.check(status);
  }
}
