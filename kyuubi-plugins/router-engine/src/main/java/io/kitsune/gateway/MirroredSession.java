// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.SessionState;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One engine's session, and which state of the client's session it has. Before a statement runs,
 * what differs is made up for by SET, RESET, CREATE TEMPORARY VIEW and USE; only Spark is told,
 * since what the others get carries everything in its text. Thread-safe.
 */
final class MirroredSession implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(MirroredSession.class);
  private static final Duration MIRROR_LIMIT = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration REMINDER = Duration.ofSeconds(2);

  private final EngineLauncher launcher;
  private final String sessionId;
  private final int thriftProtocol;

  private final ReentrantLock lock = new ReentrantLock();

  /** Guarded by the lock. */
  private Slot slot = new None();

  private volatile boolean closed;

  MirroredSession(EngineLauncher launcher, String sessionId, int thriftProtocol) {
    this.launcher = launcher;
    this.sessionId = sessionId;
    this.thriftProtocol = thriftProtocol;
  }

  /** Starts a statement in the session, opened and brought to {@code state} first. */
  StatementExecution execute(
      Dispatch dispatch, SessionState state, Operation.Control control, Runnable sending) {
    enter(control);
    try {
      Open session = alive(state, control::log);
      if (launcher.engine() == Engine.SPARK) {
        slot = session.mirror(state, control::log);
      }
      if (control.stopped()) {
        // Cancelled while the engine started: a write must not run now.
        throw OperationErrors.cancelled();
      }
      sending.run();
      return session.session().execute(dispatch);
    } finally {
      unlock();
    }
  }

  /** Takes the lock, which another statement of the session holds while it starts the engine. */
  private void enter(Operation.Control control) {
    long told = System.nanoTime();
    try {
      while (!lock.tryLock(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
        if (control.stopped()) {
          throw OperationErrors.cancelled();
        }
        if (System.nanoTime() - told > REMINDER.toNanos()) {
          control.log(
              "waiting for another statement of this session, which is opening %s"
                  .formatted(launcher.engine().id()));
          told = System.nanoTime();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OperationErrors.stopped(e);
    }
  }

  /** Notes that the engine's own session has already made that change. */
  void changed(SessionState before, SessionState after) {
    lock.lock();
    try {
      if (slot instanceof Open session && session.applied().equals(before)) {
        slot = session.withApplied(after);
      }
    } finally {
      unlock();
    }
  }

  private Open alive(SessionState state, ProgressListener progress) {
    if (closed) {
      throw GatewaySession.closedError();
    }
    if (slot instanceof Open session) {
      if (session.session().alive()) {
        return session;
      }
      progress.progress("the " + launcher.engine().id() + " session is gone; opening another");
      closeSlot();
    }
    EngineSession session =
        launcher.open(
            new SessionSettings(
                sessionId, state.user(), thriftProtocol, Map.of(), state.configuration()),
            progress);
    Open opened = new Open(session, SessionReplay.fresh(state, session.settings()));
    slot = opened;
    return opened;
  }

  /** Whether the engine's process has ended; only known of a session that is not in use. */
  boolean ended() {
    if (!lock.tryLock()) {
      return false;
    }
    try {
      return slot instanceof Open session && session.session().ended();
    } finally {
      unlock();
    }
  }

  /** Never waits: if an engine is just being started for it, the starter closes the session. */
  @Override
  public void close() {
    closed = true;
    if (lock.tryLock()) {
      unlock();
    }
  }

  private void unlock() {
    try {
      if (closed) {
        closeSlot();
      }
    } finally {
      lock.unlock();
    }
    if (closed && lock.tryLock()) {
      // Closed between the check and the unlocking, by someone who found the lock taken.
      try {
        closeSlot();
      } finally {
        lock.unlock();
      }
    }
  }

  private void closeSlot() {
    if (slot instanceof Open session) {
      session.session().close();
    }
    slot = new None();
  }

  private sealed interface Slot {}

  private record None() implements Slot {}

  private record Open(EngineSession session, SessionState applied) implements Slot {
    Open withApplied(SessionState state) {
      return new Open(session, state);
    }

    Open mirror(SessionState wanted, ProgressListener progress) {
      set(SessionReplay.settings(applied, wanted), progress);
      for (String statement : SessionReplay.viewsAndPlace(applied, wanted)) {
        try (StatementExecution execution = start(statement)) {
          awaitEnd(execution, statement);
        }
      }
      return withApplied(wanted);
    }

    /**
     * All at once: one after the other, each would cost as much as a short query. A setting that
     * the engine refuses is told to the user and does not stop the statement.
     */
    private void set(List<String> statements, ProgressListener progress) {
      Map<String, StatementExecution> started = new LinkedHashMap<>();
      try {
        statements.forEach(statement -> started.put(statement, start(statement)));
        started.forEach(
            (statement, execution) -> {
              try {
                awaitEnd(execution, statement);
              } catch (KitsuneException e) {
                if (!session.alive()) {
                  throw e;
                }
                LOG.warn("The engine's session refused a setting: {}", e.getMessage());
                progress.progress(
                    "refused by the engine: %s (%s)".formatted(statement, e.getMessage()));
              }
            });
      } finally {
        started.values().forEach(StatementExecution::close);
      }
    }

    private StatementExecution start(String statement) {
      return session.execute(new Dispatch.SparkStatement(statement));
    }

    private static void awaitEnd(StatementExecution execution, String statement) {
      try {
        if (execution.await(MIRROR_LIMIT) == StatementExecution.State.RUNNING) {
          throw new KitsuneException(
              "ENGINE_SESSION_TIMEOUT",
              "57014",
              "The engine's session did not take '%s' within %d s."
                  .formatted(statement, MIRROR_LIMIT.toSeconds()));
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw OperationErrors.stopped(e);
      }
      // Throws why it was refused.
      var unused = execution.cursor();
    }
  }
}
