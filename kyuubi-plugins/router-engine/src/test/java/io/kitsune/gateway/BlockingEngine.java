// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ExecutionProgress;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.answer.AnswerCursor;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine in Spark's place that writes down what it is told. Statements that begin with {@code
 * wait} run until they are cancelled; those that begin with {@code fail} fail.
 */
final class BlockingEngine implements EngineLauncher {
  final Queue<String> executed = new ConcurrentLinkedQueue<>();
  final Queue<SessionSettings> opened = new ConcurrentLinkedQueue<>();
  final AtomicInteger unclosed = new AtomicInteger();
  final List<Session> sessions = new ArrayList<>();

  /** What sessions wait for before they are open. */
  volatile CountDownLatch opening = new CountDownLatch(0);

  @Override
  public Engine engine() {
    return Engine.SPARK;
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(Engine.SPARK, EngineStatus.State.READY, "");
  }

  @Override
  public synchronized EngineSession open(SessionSettings settings, ProgressListener listener) {
    listener.progress("starting the engine");
    awaitOpening();
    opened.add(settings);
    Session session = new Session();
    sessions.add(session);
    return session;
  }

  private void awaitOpening() {
    try {
      opening.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException("ENGINE_INTERRUPTED", "57014", "Interrupted.", e);
    }
  }

  @Override
  public void close() {
    // Nothing was started.
  }

  final class Session implements EngineSession {
    volatile boolean alive = true;

    @Override
    public StatementExecution execute(Dispatch dispatch) {
      executed.add(dispatch.text());
      unclosed.incrementAndGet();
      return new Execution(dispatch.text());
    }

    @Override
    public boolean alive() {
      return alive;
    }

    @Override
    public void close() {
      alive = false;
    }
  }

  private final class Execution implements StatementExecution {
    private final String text;
    private final CountDownLatch over;
    private volatile State state;
    private boolean closed;

    Execution(String text) {
      this.text = text;
      boolean waits = text.startsWith("wait");
      this.over = new CountDownLatch(waits ? 1 : 0);
      this.state = waits ? State.RUNNING : text.startsWith("fail") ? State.FAILED : State.FINISHED;
    }

    @Override
    public State await(Duration limit) throws InterruptedException {
      boolean unused = over.await(limit.toMillis(), TimeUnit.MILLISECONDS);
      return state;
    }

    @Override
    public State state() {
      return state;
    }

    @Override
    public ResultCursor cursor() {
      return switch (state) {
        case FINISHED -> new AnswerCursor(Answer.nothing());
        case FAILED -> throw new KitsuneException("ENGINE_FAILED", "58000", "It failed: " + text);
        case CANCELLED -> throw new KitsuneException("STATEMENT_CANCELLED", "57014", "Cancelled.");
        case RUNNING -> throw new IllegalStateException("it runs");
      };
    }

    @Override
    public List<String> drainLog() {
      return List.of("engine says: " + text);
    }

    @Override
    public ExecutionProgress progress() {
      return new ExecutionProgress(
          OptionalDouble.of(0.25), "1 of 4 stages", OptionalLong.of(1_000), OptionalLong.empty());
    }

    @Override
    public void cancel() {
      if (state == State.RUNNING) {
        state = State.CANCELLED;
        over.countDown();
      }
    }

    @Override
    public synchronized void close() {
      cancel();
      if (!closed) {
        closed = true;
        unclosed.decrementAndGet();
      }
    }
  }
}
