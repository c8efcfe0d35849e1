// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Column;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Candidate;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.Veto;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Decisions written down beforehand, so that the gateway is tested apart from the router. */
final class ScriptedRouting implements RoutingService {
  private final Map<String, BiFunction<SessionState, Set<Engine>, RoutingDecision>> script =
      new ConcurrentHashMap<>();

  /** That text is this DuckDB query with those columns. */
  ScriptedRouting duckDb(String text, String query, Column... columns) {
    return on(
        text,
        state ->
            decision(
                Engine.DUCKDB,
                opaque(text),
                new Dispatch.DuckDbQuery(
                    query,
                    List.of(columns),
                    Set.of(),
                    state.setting("spark.sql.session.timeZone").orElse("UTC"))));
  }

  /** That text is Spark's. */
  ScriptedRouting spark(Statement statement) {
    return on(
        statement.text(),
        state -> decision(Engine.SPARK, statement, new Dispatch.SparkStatement(statement.text())));
  }

  /** That command is the gateway's. */
  ScriptedRouting command(Statement.Command command) {
    return on(
        command.text(),
        state -> decision(Engine.GATEWAY, command, new Dispatch.GatewayAnswer(command.text())));
  }

  ScriptedRouting on(String text, Function<SessionState, RoutingDecision> decision) {
    return on(text, (state, excluded) -> decision.apply(state));
  }

  /** As the other, told which engines are excluded. */
  ScriptedRouting on(String text, BiFunction<SessionState, Set<Engine>, RoutingDecision> decision) {
    script.put(text, decision);
    return this;
  }

  static Statement opaque(String text) {
    return new Statement.Opaque(text, "test", Veto.Position.NONE, List.of());
  }

  static RoutingDecision decision(Engine engine, Statement statement, Dispatch dispatch) {
    return new RoutingDecision(
        statement,
        new Candidate(engine, Duration.ofMillis(12), "scripted"),
        List.of(),
        List.of(new Veto(Engine.TRINO, "test", new Veto.Position(1, 8), "not there in this test")),
        List.of(),
        List.of(),
        dispatch);
  }

  @Override
  public RoutingDecision decide(String text, SessionState session, Map<Engine, String> excluded) {
    BiFunction<SessionState, Set<Engine>, RoutingDecision> scripted = script.get(text);
    if (scripted == null) {
      throw new KitsuneException(
          "PARSE_SYNTAX_ERROR", "42601", "Syntax error at or near '%s'.".formatted(text));
    }
    return scripted.apply(session, excluded.keySet());
  }
}
