// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.engine.health.Turn;
import io.kitsune.engine.health.Waiting;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.Operation.Control;
import io.kitsune.gateway.thrift.encoding.Encoding;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.SessionState;
import java.time.Duration;
import java.util.List;

/**
 * One try of a statement on one engine, from its turn to its first rows. Made for one run; {@link
 * #sent} may be asked when it has failed.
 */
final class EngineAttempt {
  /** How often the engine's log is looked at while a statement runs. */
  private static final Duration LOG_PERIOD = Duration.ofMillis(250);

  /** How long an engine may take to stop a statement before it is closed over its head. */
  private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

  private final GatewaySession session;
  private final EngineFleet fleet;
  private final SessionState state;
  private final Encoding encoding;
  private final Control control;
  private boolean sent;
  private long sentAt;
  private List<Duration> took = List.of();

  EngineAttempt(
      GatewaySession session,
      EngineFleet fleet,
      SessionState state,
      Encoding encoding,
      Control control) {
    this.session = session;
    this.fleet = fleet;
    this.state = state;
    this.encoding = encoding;
    this.control = control;
  }

  /** Whether the engine was given the statement, or may have been: what it did is not known. */
  boolean sent() {
    return sent;
  }

  /**
   * From the moment that the engine was given the statement until its first rows were there, of an
   * engine that was warm: at most one element.
   */
  List<Duration> took() {
    return took;
  }

  /**
   * Runs it until its first rows are there.
   *
   * @throws KitsuneException why it failed; nothing of it is left then
   */
  OperationResult run(Engine engine, Dispatch dispatch) throws InterruptedException {
    Turn turn =
        fleet
            .admit(engine, session.user(), new AdmittedOperation(control))
            .orElseThrow(OperationErrors::cancelled);
    try {
      OperationResult result = execute(engine, dispatch, turn);
      if (turn.warm()) {
        took = List.of(Duration.ofNanos(System.nanoTime() - sentAt));
      }
      turn.ran();
      return result;
    } catch (RuntimeException | InterruptedException e) {
      if (e instanceof KitsuneException reason && !control.stopped()) {
        turn.failed(reason);
      }
      turn.close();
      throw e;
    }
  }

  private OperationResult execute(Engine engine, Dispatch dispatch, Turn turn)
      throws InterruptedException {
    StatementExecution execution =
        session.engines().execute(engine, dispatch, state, control, this::sending);
    try {
      control.onStop(execution::cancel);
      awaitEnd(execution, new ProgressLog(engine, control));
      execution.drainLog().forEach(control::log);
      return new ExecutionResult(execution, turn, encoding);
    } catch (RuntimeException | InterruptedException e) {
      execution.close();
      throw e;
    }
  }

  private void sending() {
    sent = true;
    sentAt = System.nanoTime();
  }

  private void awaitEnd(StatementExecution execution, ProgressLog progress)
      throws InterruptedException {
    long stopSeen = 0;
    while (execution.await(LOG_PERIOD) == StatementExecution.State.RUNNING) {
      execution.drainLog().forEach(control::log);
      progress.at(execution.progress());
      if (control.stopped()) {
        stopSeen = stopSeen == 0 ? System.nanoTime() : stopSeen;
        if (System.nanoTime() - stopSeen > STOP_LIMIT.toNanos()) {
          throw new KitsuneException(
              "ENGINE_CANCEL_TIMEOUT", "57014", "The engine did not stop the statement in time.");
        }
      }
    }
  }

  /** An operation that waits for its turn in an engine. */
  private record AdmittedOperation(Control control) implements Waiting {
    @Override
    public boolean abandoned() {
      return control.stopped();
    }

    @Override
    public void queued(String line) {
      control.log(line);
    }
  }
}
