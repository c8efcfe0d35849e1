// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.TableName;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.Operation.Control;
import io.kitsune.gateway.statement.Commands;
import io.kitsune.gateway.statement.Outcome;
import io.kitsune.gateway.statement.RouteExplanation;
import io.kitsune.gateway.statement.States;
import io.kitsune.gateway.thrift.encoding.Encoding;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import io.kitsune.router.SessionState.TemporaryView;
import io.kitsune.router.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One statement's way through the gateway: decide, execute, remember what it changed. */
final class RunningStatement implements Operation.Work {
  private static final Logger LOG = LoggerFactory.getLogger(RunningStatement.class);

  private final GatewaySession session;
  private final String text;
  private final StatementOptions options;
  private final RoutingService routing;
  private final Commands commands;
  private final Catalogs catalogs;
  private final EngineFleet fleet;
  private final int failovers;
  private final AtomicReference<List<RoutingDecision>> decided = new AtomicReference<>(List.of());
  private final AtomicReference<List<FailedAttempt>> failed = new AtomicReference<>(List.of());
  private final AtomicReference<List<Duration>> run = new AtomicReference<>(List.of());

  RunningStatement(
      GatewaySession session,
      String text,
      StatementOptions options,
      RoutingService routing,
      Commands commands,
      Catalogs catalogs,
      EngineFleet fleet,
      int failovers) {
    this.session = session;
    this.text = text;
    this.options = options;
    this.routing = routing;
    this.commands = commands;
    this.catalogs = catalogs;
    this.fleet = fleet;
    this.failovers = failovers;
  }

  /** The engines that failed before the one of {@link #decision}, in order. */
  List<FailedAttempt> failedAttempts() {
    return failed.get();
  }

  /** As {@link EngineAttempt#took} has it of the last attempt. */
  List<Duration> run() {
    return run.get();
  }

  /** The decision, once there is one: at most one element. */
  List<RoutingDecision> decision() {
    return decided.get();
  }

  @Override
  public OperationResult run(Control control) throws InterruptedException {
    SessionState state = States.with(session.state(), options.overlay());
    RoutingDecision decision = routing.decide(text, state);
    decided.set(List.of(decision));
    RouteExplanation.lines(decision).forEach(control::log);
    refuseAlteredView(decision.statement(), state);
    if (decision.dispatch() instanceof Dispatch.GatewayAnswer) {
      return answer(decision, state, control);
    }
    return attempts(decision, state, control);
  }

  private OperationResult attempts(RoutingDecision first, SessionState state, Control control)
      throws InterruptedException {
    Failover failover = new Failover(routing, text, state, failovers);
    RoutingDecision decision = first;
    while (true) {
      try {
        return execute(decision.chosen().engine(), decision.dispatch(), decision, state, control);
      } catch (KitsuneException e) {
        if (control.stopped()) {
          throw e;
        }
        decision = failover.after(decision, e);
        decided.set(List.of(decision));
        failed.set(failover.failed());
        tell(decision, control);
      }
    }
  }

  private void tell(RoutingDecision decision, Control control) {
    FailedAttempt attempt = failed.get().get(failed.get().size() - 1);
    LOG.info(
        "A query of {} failed on {} and is decided again: {}",
        session.user(),
        attempt.engine().id(),
        attempt.inShort());
    control.log("%s failed: %s".formatted(attempt.engine().id(), attempt.inShort()));
    RouteExplanation.lines(decision).forEach(control::log);
  }

  /**
   * The session knows a temporary view by the statement that made it, and other engines get its
   * body from there: changed in Spark alone, it would mean two things.
   */
  private static void refuseAlteredView(Statement statement, SessionState state) {
    if (!(statement instanceof Statement.Ddl ddl) || !ddl.construct().startsWith("ALTER VIEW")) {
      return;
    }
    for (Statement.TableReference reference : ddl.tables()) {
      if (names(reference, state)) {
        throw new KitsuneException(
            "FEATURE_NOT_SUPPORTED",
            "0A000",
            "The temporary view %s cannot be altered; write CREATE OR REPLACE TEMPORARY VIEW."
                .formatted(reference.parts().get(0)));
      }
    }
  }

  /** True if the statement drops or alters the session's temporary view of that name. */
  private static boolean names(Statement.TableReference reference, SessionState state) {
    return reference.role() == Statement.TableReference.Role.DEFINE
        && reference.parts().size() == 1
        && States.temporaryView(state, reference.parts().get(0)).isPresent();
  }

  private OperationResult answer(RoutingDecision decision, SessionState state, Control control)
      throws InterruptedException {
    if (!(decision.statement() instanceof Statement.Command command)) {
      throw new KitsuneException(
          "ROUTE_INVALID",
          "XX000",
          "The gateway was chosen for a statement that it cannot answer. This is a fault of Kitsune: please report the statement.");
    }
    Outcome outcome = commands.answer(command, decision, state);
    if (outcome instanceof Outcome.LeftToSpark left) {
      control.log("left to spark: a temporary view, which only Spark knows");
      return execute(
          Engine.SPARK, new Dispatch.SparkStatement(left.text()), decision, state, control);
    }
    Outcome.Answered answered = (Outcome.Answered) outcome;
    session.change(answered.change());
    return new AnswerResult(answered.answer(), encoding(state));
  }

  private Encoding encoding(SessionState state) {
    return session.encoding(state).in(options.format());
  }

  private OperationResult execute(
      Engine engine,
      Dispatch dispatch,
      RoutingDecision decision,
      SessionState state,
      Control control)
      throws InterruptedException {
    EngineAttempt attempt = new EngineAttempt(session, fleet, state, encoding(state), control);
    try {
      OperationResult result =
          WatchedWrite.harmless(decision.statement())
              ? attempt.run(engine, dispatch)
              : write(attempt, engine, dispatch, decision, state, control);
      run.set(attempt.took());
      try {
        remember(decision.statement(), dispatch, engine, state);
      } catch (RuntimeException e) {
        result.close();
        throw e;
      }
      return result;
    } finally {
      // After a failure too: an INSERT may have written before it failed.
      forget(decision);
    }
  }

  private OperationResult write(
      EngineAttempt attempt,
      Engine engine,
      Dispatch dispatch,
      RoutingDecision decision,
      SessionState state,
      Control control)
      throws InterruptedException {
    WatchedWrite write = new WatchedWrite(session, state, engine, decision, commands, catalogs);
    try {
      return attempt.run(engine, dispatch);
    } catch (KitsuneException e) {
      throw attempt.sent() && !control.stopped() ? write.after(e) : e;
    }
  }

  /** What the statement changed in the session, now that it has succeeded. */
  private void remember(
      Statement statement, Dispatch dispatch, Engine engine, SessionState before) {
    if (statement instanceof Statement.CreateTemporaryView create) {
      // As it was sent, redirected names replaced: another session of the engine gets the same.
      TemporaryView view =
          new TemporaryView(
              dispatch.text(), create.body(), before.currentCatalog(), before.currentNamespace());
      session.change(current -> States.withView(current, create.name(), view));
      session.engines().changed(engine, before, States.withView(before, create.name(), view));
    } else if (statement instanceof Statement.Ddl ddl
        && ddl.construct().equals(Statement.Ddl.TEMPORARY_FUNCTION)) {
      session.change(
          current -> States.with(current, Map.of(SessionState.TEMPORARY_FUNCTIONS, "true")));
    } else if (statement instanceof Statement.Ddl ddl && ddl.construct().startsWith("DROP VIEW")) {
      for (Statement.TableReference reference : ddl.tables()) {
        if (names(reference, before)) {
          String name = reference.parts().get(0);
          session.change(current -> States.withoutView(current, name));
          session.engines().changed(engine, before, States.withoutView(before, name));
        }
      }
    }
  }

  /** Drops what is cached of every table that the statement may have changed. */
  private void forget(RoutingDecision decision) {
    Statement statement = decision.statement();
    if (statement instanceof Statement.Query || statement instanceof Statement.Command) {
      return;
    }
    for (RoutingDecision.Redirected redirected : decision.redirected()) {
      catalogs.invalidate(redirected.written());
      catalogs.invalidate(redirected.meant());
    }
    for (Statement.TableReference reference : statement.tables()) {
      for (TableName name : commands.possibleNames(reference.parts(), session.state())) {
        catalogs.invalidate(name);
      }
    }
  }
}
