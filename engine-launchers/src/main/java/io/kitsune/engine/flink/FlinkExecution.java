// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.ExecutionProgress;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.flink.FlinkResult.Changes;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement in the SQL Gateway. A thread brings it to its first row, or to its end; from there
 * on, whoever reads it asks for its rows.
 */
final class FlinkExecution implements StatementExecution {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkExecution.class);

  /** As long as Flink may take to submit its job. */
  private static final Duration LEAVES = FlinkOperation.SUBMISSION_LIMIT;

  private final FlinkSession session;
  private final StatementPlan plan;
  private final Executor threads;
  private final FlinkOperation operation;
  private final JobProgress progress;
  private final Consumer<FlinkExecution> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicBoolean closed = new AtomicBoolean();

  private final AtomicBoolean started = new AtomicBoolean();
  private final CountDownLatch ran = new CountDownLatch(1);

  private State state = State.RUNNING;
  private KitsuneException failure;
  private FlinkResult result;

  /** The id that its job has, if it runs one; from the moment when it may until the end. */
  private volatile Optional<String> submitted = Optional.empty();

  FlinkExecution(
      FlinkSession session,
      StatementPlan plan,
      Executor threads,
      Consumer<FlinkExecution> onClose) {
    this.session = session;
    this.plan = plan;
    this.threads = threads;
    this.operation = new FlinkOperation(session, plan);
    this.progress = new JobProgress(session::describeJob, threads);
    this.onClose = onClose;
  }

  /** Begins to run it, on a thread of its own. */
  void start() {
    started.set(true);
    threads.execute(this::run);
  }

  /** Runs it to its first row. Never throws: the outcome is the state. */
  @SuppressWarnings("CatchingUnchecked")
  private void run() {
    try {
      finished(begin());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      failed(new KitsuneException("ENGINE_INTERRUPTED", "57014", "The gateway is stopping.", e));
    } catch (KitsuneException e) {
      failed(e);
    } catch (RuntimeException | Error e) {
      // An Error too must end it, or its client would wait for ever.
      failed(
          new KitsuneException(
              "ENGINE_STATEMENT_FAILED", "XX000", "The statement could not be run: " + e, e));
    } finally {
      ran.countDown();
    }
  }

  private FlinkResult begin() throws InterruptedException {
    try {
      return begin(plan.first());
    } catch (KitsuneException e) {
      Optional<StatementPlan.Attempt> second =
          FlinkErrors.unbounded(e) ? plan.ifUnbounded() : Optional.empty();
      if (second.isEmpty()) {
        throw e;
      }
      // It was refused before it had any effect.
      operation.end();
      return begin(second.get());
    }
  }

  private FlinkResult begin(StatementPlan.Attempt attempt) throws InterruptedException {
    Optional<String> id = plan.newJobId();
    if (id.isEmpty()) {
      return result(attempt);
    }
    submitted = id;
    try {
      return result(attempt.withJob(id.get()));
    } catch (KitsuneException e) {
      if (!FlinkErrors.jobPossible(e)) {
        submitted = Optional.empty();
      }
      throw e;
    }
  }

  private FlinkResult result(StatementPlan.Attempt attempt) throws InterruptedException {
    ResultPage.Rows page = firstPage(attempt);
    Changes changes = Changes.APPENDED;
    if (page.query() && attempt.continuous()) {
      changes = session.changes(plan.text(), attempt.configuration());
    } else if (attempt.continuous() && page.job().isPresent()) {
      session.jobStarted(new ContinuousJob(page.job().get(), plan.text(), attempt.configuration()));
    } else if (plan.kind() == StatementKind.STOP) {
      session.jobStopped();
    }
    return new FlinkResult(this, page, changes);
  }

  /**
   * In its turn: the SQL Gateway takes nothing else in a session while it waits there for the end
   * of a write.
   */
  private ResultPage.Rows firstPage(StatementPlan.Attempt attempt) throws InterruptedException {
    session.awaitTurn(this::checkWanted);
    boolean held = true;
    try {
      checkWanted();
      operation.submit(attempt);
      if (plan.kind() == StatementKind.QUERY || attempt.continuous()) {
        session.endTurn();
        held = false;
      }
      return operation.fetch(operation.firstPage(), this::checkWanted);
    } finally {
      if (held) {
        session.endTurn();
      }
    }
  }

  private void checkWanted() {
    lock.lock();
    try {
      if (failure != null) {
        throw failure;
      }
    } finally {
      lock.unlock();
    }
  }

  private void finished(FlinkResult delivered) {
    lock.lock();
    try {
      if (state == State.RUNNING) {
        result = delivered;
        state = State.FINISHED;
        submitted = Optional.empty();
        changed.signalAll();
        return;
      }
    } finally {
      lock.unlock();
    }
    // It was cancelled while its result came.
    operation.end();
    abandonJob();
  }

  private void failed(KitsuneException reason) {
    boolean stopped = !over(State.FAILED, FlinkErrors.in(operation.job(), reason));
    if (stopped) {
      LOG.debug("A statement that was stopped failed", reason);
    }
    operation.end();
    abandonJob();
  }

  /** Sees to it that no job is left of which the client was not told. */
  private void abandonJob() {
    Optional<String> abandoned = submitted;
    submitted = Optional.empty();
    abandoned.ifPresent(session::jobUnwanted);
  }

  /** Ends it unless it has ended; returns whether that was new. */
  private boolean over(State end, KitsuneException reason) {
    lock.lock();
    try {
      if (state != State.RUNNING && (state != State.FINISHED || result.exhausted())) {
        return false;
      }
      state = end;
      failure = reason;
      changed.signalAll();
      return true;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public State await(Duration limit) throws InterruptedException {
    long left = limit.toNanos();
    lock.lock();
    try {
      while (state == State.RUNNING && left > 0) {
        left = changed.awaitNanos(left);
      }
      return state;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public State state() {
    lock.lock();
    try {
      return state;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public ResultCursor cursor() {
    lock.lock();
    try {
      return switch (state) {
        case FINISHED -> result;
        case RUNNING -> throw new IllegalStateException("the statement is still running");
        case FAILED, CANCELLED -> throw failure;
      };
    } finally {
      lock.unlock();
    }
  }

  @Override
  public List<String> drainLog() {
    return List.of();
  }

  @Override
  public ExecutionProgress progress() {
    return operation.job().or(() -> submitted).map(progress::of).orElse(ExecutionProgress.UNKNOWN);
  }

  @Override
  public void cancel() {
    if (over(State.CANCELLED, FlinkErrors.cancelled())) {
      threads.execute(operation::end);
    }
  }

  /** Throws unless rows can be fetched. */
  void checkFetchable() {
    if (closed.get()) {
      throw new KitsuneException(
          "STATEMENT_CLOSED", "HY010", "The statement was closed; run it again to read its rows.");
    }
    checkWanted();
  }

  /** More rows for the cursor; a failure is the statement's. */
  ResultPage.Rows fetch(String place) {
    try {
      return operation.fetch(place, this::checkWanted);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "ENGINE_INTERRUPTED", "57014", "Interrupted while Flink was asked for rows", e);
    } catch (KitsuneException e) {
      failed(e);
      checkWanted();
      throw e;
    }
  }

  /** Waits until its own thread has left Flink, which it does as soon as the state says so. */
  private void awaitRun() {
    try {
      if (started.get() && !ran.await(LEAVES.toSeconds(), TimeUnit.SECONDS)) {
        LOG.warn("Flink did not let go of a statement within {}", LEAVES);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      boolean unused = over(State.CANCELLED, FlinkErrors.cancelled());
      awaitRun();
      operation.end();
      onClose.accept(this);
    }
  }
}
