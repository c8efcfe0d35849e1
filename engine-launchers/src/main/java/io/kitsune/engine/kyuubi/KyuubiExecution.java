// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.engine.ExecutionProgress;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.spark.SparkErrors;
import io.kitsune.engine.thrift.OperationLog;
import io.kitsune.engine.thrift.RelayedRows;
import io.kitsune.engine.thrift.ThriftConnections;
import io.kitsune.engine.thrift.ThriftStatement;
import io.kitsune.error.KitsuneException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCancelOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement in an engine of Kyuubi's. Kyuubi's server answers a cancel or a close only when the
 * engine has answered a poll that it holds, up to five seconds; nobody here waits for that.
 */
final class KyuubiExecution implements StatementExecution, ThriftStatement {
  private static final Logger LOG = LoggerFactory.getLogger(KyuubiExecution.class);

  /** Where the server does not hold questions, they come no faster. */
  private static final long LONGEST_PAUSE_MILLIS = 100;

  private final KyuubiSession session;
  private final TOperationHandle handle;
  private final KyuubiEngineSettings.Limits limits;
  private final Consumer<KyuubiExecution> onClose;
  private final OperationLog log;
  private final StatusPolls polls;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile State state = State.RUNNING;
  private volatile KitsuneException failure;
  private volatile ExecutionProgress progress = ExecutionProgress.UNKNOWN;
  private volatile boolean cancelAsked;
  private RelayedRows result;

  KyuubiExecution(
      KyuubiSession session,
      TOperationHandle handle,
      KyuubiEngineSettings.Limits limits,
      Consumer<KyuubiExecution> onClose) {
    this.session = session;
    this.handle = handle;
    this.limits = limits;
    this.onClose = onClose;
    this.log = new OperationLog(this);
    this.polls = new StatusPolls(session, handle, session.threads());
  }

  @Override
  public State await(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    long pause = 1;
    while (state == State.RUNNING) {
      long asked = System.nanoTime();
      if (asked >= deadline) {
        break;
      }
      poll(Duration.ofNanos(deadline - asked));
      long held = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked);
      if (state == State.RUNNING && held < pause) {
        TimeUnit.MILLISECONDS.sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MILLIS);
      }
    }
    return state;
  }

  @Override
  public State state() {
    if (state == State.RUNNING) {
      try {
        poll(Duration.ZERO);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return state;
  }

  private void poll(Duration limit) throws InterruptedException {
    try {
      polls.next(limit).ifPresent(this::learn);
    } catch (KitsuneException e) {
      // That nobody could ask says nothing about the statement.
      if (!e.code().equals("ENGINE_INTERRUPTED") && !e.code().equals("ENGINE_BUSY")) {
        ended(e);
      }
    }
  }

  private void learn(TGetOperationStatusResp answer) {
    session.check(answer.getStatus());
    if (answer.isSetProgressUpdateResponse()) {
      progress = StageProgress.of(answer.getProgressUpdateResponse());
    }
    switch (answer.getOperationState()) {
      case FINISHED_STATE -> finished();
      case CANCELED_STATE -> cancelled();
      case CLOSED_STATE, ERROR_STATE, TIMEDOUT_STATE -> failedOrCancelled(answer);
      default -> {
        // Initialized, pending, running, unknown: it has not ended.
      }
    }
  }

  private void failedOrCancelled(TGetOperationStatusResp answer) {
    if (cancelAsked) {
      cancelled();
    } else {
      KitsuneException reason = session.failure(answer.getErrorMessage(), answer.getSqlState());
      ended(session.alive() ? SparkErrors.in(name(), reason) : reason);
    }
  }

  /** By which Kyuubi and the engine's own log and user interface know it. */
  private UUID name() {
    ByteBuffer id = ByteBuffer.wrap(handle.getOperationId().getGuid());
    return new UUID(id.getLong(), id.getLong());
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
    return progress;
  }

  @Override
  public void cancel() {
    if (state == State.FINISHED) {
      cancelFetching();
      return;
    }
    if (state != State.RUNNING || closed.get() || cancelAsked) {
      return;
    }
    cancelAsked = true;
    session.inBackground(
        () -> {
          try {
            session.call(client -> client.CancelOperation(new TCancelOperationReq(handle)));
          } catch (KitsuneException e) {
            LOG.debug("A cancel did not reach Kyuubi; its state is learnt with the next poll", e);
          }
        });
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
    session.inBackground(
        () -> {
          try {
            // Closing an operation cancels it first, if need be.
            session.call(client -> client.CloseOperation(new TCloseOperationReq(handle)));
          } catch (KitsuneException e) {
            LOG.debug("An operation could not be closed in Kyuubi; it ends with its session", e);
          } finally {
            onClose.accept(this);
          }
        });
    abandon();
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
    session.check(status);
  }
}
