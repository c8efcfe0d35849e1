// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.View;
import io.kitsune.engine.health.EngineReport;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.statement.Commands;
import io.kitsune.gateway.statement.Outcome;
import io.kitsune.gateway.statement.States;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import io.kitsune.router.SessionState.TemporaryView;
import io.kitsune.router.Statement;
import io.kitsune.router.reading.StatementReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * Commands as users write them, read by the real reader; labels, order and values as Spark 3.5 has
 * them.
 */
class CommandsTest {
  private static final TableName ORDERS = TableName.of("spark_catalog", "shop", "orders");

  private final StatementReader reader = new StatementReader();
  private final MemoryCatalogs catalogs =
      new MemoryCatalogs()
          .add("spark_catalog", List.of("shop"))
          .add("lake", List.of("raw"))
          .add("lake", List.of("raw", "web"))
          .add("lake", List.of("raw", "2024-01"));
  private final Commands commands =
      new Commands(
          catalogs,
          () ->
              List.of(
                  new Redirection(
                      ORDERS,
                      TableName.of("lake", "raw", "orders"),
                      Phase.MIGRATED,
                      Instant.parse("2026-01-02T03:04:05Z"))),
          () ->
              List.of(
                  new EngineReport(
                      new EngineStatus(
                          Engine.SPARK,
                          EngineStatus.State.BUSY,
                          "2 statements run, all that may, and 1 wait",
                          Instant.parse("2026-01-02T03:04:05.678901Z"),
                          new EngineStatus.Load(2, 1, Duration.ofSeconds(3), 4)),
                      500,
                      6,
                      Map.of(EngineStatus.State.STARTING, 7L),
                      OptionalLong.of(800L << 20))),
          (text, state) ->
              ScriptedRouting.decision(
                  Engine.SPARK,
                  ScriptedRouting.opaque(text),
                  new Dispatch.SparkStatement(text + " /* as sent */")));
  private SessionState state =
      new SessionState("alice", "spark_catalog", List.of("default"), Map.of(), Map.of());

  CommandsTest() {
    catalogs
        .add(
            MemoryCatalogs.hive(
                ORDERS,
                List.of(
                    new Column("id", Simple.BIGINT, false, "the key"),
                    Column.of("amount", new DataType.Decimal(10, 2))),
                List.of(Column.of("day", Simple.DATE))))
        .add(
            MemoryCatalogs.hive(
                TableName.of("spark_catalog", "shop", "lines"),
                List.of(Column.of("n", Simple.INT)),
                List.of()))
        .add(
            new View(
                TableName.of("spark_catalog", "shop", "v"),
                List.of(Column.of("n", Simple.INT)),
                "SELECT 1 AS n",
                View.Origin.SPARK,
                "spark_catalog",
                List.of("shop"),
                Map.of()))
        .add(
            MemoryCatalogs.hive(
                TableName.of("lake", "raw", "orders"),
                List.of(Column.of("moved", Simple.STRING)),
                List.of()));
  }

  private Outcome outcome(String text, RoutingDecision.Redirected... redirected) {
    Statement statement = reader.read(text);
    RoutingDecision decision =
        ScriptedRouting.decision(Engine.GATEWAY, statement, new Dispatch.GatewayAnswer(text));
    return commands.answer(
        (Statement.Command) statement,
        new RoutingDecision(
            statement,
            decision.chosen(),
            List.of(),
            List.of(),
            List.of(),
            List.of(redirected),
            decision.dispatch()),
        state);
  }

  private Answer run(String text, RoutingDecision.Redirected... redirected) {
    Outcome.Answered answered = (Outcome.Answered) outcome(text, redirected);
    state = answered.change().apply(state);
    return answered.answer();
  }

  private static List<String> labels(Answer answer) {
    return answer.columns().stream().map(Column::name).toList();
  }

  @Test
  void useMovesByNamespaceAndByCatalog() {
    run("USE shop");
    assertThat(state.currentNamespace()).containsExactly("shop");
    run("USE SHOP");
    assertThat(state.currentNamespace()).containsExactly("shop");
    run("USE lake.raw.web");
    assertThat(state.currentCatalog()).isEqualTo("lake");
    assertThat(state.currentNamespace()).containsExactly("raw", "web");
    run("USE NAMESPACE raw");
    assertThat(state.currentNamespace()).containsExactly("raw");
    run("USE spark_catalog");
    assertThat(state.currentNamespace()).containsExactly("default");
    run("SET CATALOG lake");
    assertThat(state.currentCatalog()).isEqualTo("lake");
    assertThat(state.currentNamespace()).isEmpty();
    assertThat(labels(run("USE spark_catalog.default"))).containsExactly("Result");
  }

  @Test
  void unknownNamesAreSparksErrors() {
    assertThatThrownBy(() -> run("USE nowhere"))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> {
              assertThat(error.code()).isEqualTo("SCHEMA_NOT_FOUND");
              assertThat(error.sqlState()).isEqualTo("42704");
              assertThat(error.getMessage()).startsWith("The schema `nowhere` cannot be found.");
            });
    assertThat(state.currentNamespace()).containsExactly("default");
    assertThatThrownBy(() -> run("SHOW TABLES IN nowhere"))
        .hasMessageContaining("The schema `nowhere` cannot be found.");
    assertThatThrownBy(() -> run("DESCRIBE shop.nothing"))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            error -> {
              assertThat(error.code()).isEqualTo("TABLE_OR_VIEW_NOT_FOUND");
              assertThat(error.sqlState()).isEqualTo("42P01");
              assertThat(error.getMessage())
                  .startsWith("The table or view `shop`.`nothing` cannot be found.");
            });
    assertThatThrownBy(() -> run("SET CATALOG nowhere"))
        .hasMessageContaining("The catalog `nowhere` cannot be found");
  }

  @Test
  void showsCatalogsNamespacesAndTables() {
    assertThat(run("SHOW CATALOGS"))
        .satisfies(answer -> assertThat(labels(answer)).containsExactly("catalog"))
        .extracting(Answer::rows)
        .isEqualTo(List.of(List.of("lake"), List.of("spark_catalog")));
    assertThat(run("SHOW DATABASES"))
        .satisfies(answer -> assertThat(labels(answer)).containsExactly("namespace"))
        .extracting(Answer::rows)
        .isEqualTo(List.of(List.of("default"), List.of("shop")));
    assertThat(run("SHOW DATABASES LIKE 's*|x'").rows()).containsExactly(List.of("shop"));
    assertThat(run("SHOW NAMESPACES IN lake").rows()).containsExactly(List.of("raw"));
    assertThat(run("SHOW NAMESPACES IN lake.raw").rows())
        .containsExactly(List.of("raw.`2024-01`"), List.of("raw.web"));
    state =
        States.withView(
            state,
            "Orders_Now",
            new TemporaryView("CREATE …", "SELECT 1", "spark_catalog", List.of("default")));
    assertThat(run("SHOW TABLES IN shop"))
        .satisfies(
            answer ->
                assertThat(labels(answer)).containsExactly("namespace", "tableName", "isTemporary"))
        .extracting(Answer::rows)
        .isEqualTo(
            List.of(
                List.of("shop", "lines", false),
                List.of("shop", "orders", false),
                List.of("shop", "v", false),
                List.of("", "orders_now", true)));
    assertThat(run("SHOW TABLES IN shop LIKE 'ORD*'").rows())
        .containsExactly(List.of("shop", "orders", false), List.of("", "orders_now", true));
    assertThat(run("SHOW VIEWS IN shop"))
        .satisfies(answer -> assertThat(labels(answer)).contains("viewName"))
        .extracting(Answer::rows)
        .isEqualTo(List.of(List.of("shop", "v", false), List.of("", "orders_now", true)));
    assertThat(run("SHOW TABLES IN lake.raw").rows())
        .containsExactly(List.of("raw", "orders", false));
  }

  @Test
  void describesAPartitionedTable() {
    Answer answer = run("DESCRIBE shop.orders");
    assertThat(labels(answer)).containsExactly("col_name", "data_type", "comment");
    assertThat(answer.rows())
        .containsExactly(
            Answer.row("id", "bigint", "the key"),
            Answer.row("amount", "decimal(10,2)", null),
            Answer.row("day", "date", null),
            Answer.row("# Partition Information", "", ""),
            Answer.row("# col_name", "data_type", "comment"),
            Answer.row("day", "date", null));
    assertThat(run("SHOW COLUMNS IN shop.orders").rows())
        .containsExactly(List.of("id"), List.of("amount"), List.of("day"));
  }

  @Test
  void describesWhatANameMeansToday() {
    RoutingDecision.Redirected moved =
        new RoutingDecision.Redirected(
            ORDERS, TableName.of("lake", "raw", "orders"), Phase.MIGRATED);
    assertThat(run("DESCRIBE SHOP.ORDERS", moved).rows())
        .containsExactly(Answer.row("moved", "string", null));
  }

  @Test
  void temporaryViewIsLeftToSpark() {
    state =
        States.withView(
            state,
            "t",
            new TemporaryView("CREATE …", "SELECT 1", "spark_catalog", List.of("default")));
    assertThat(outcome("DESCRIBE T")).isEqualTo(new Outcome.LeftToSpark("DESCRIBE T"));
  }

  @Test
  void setsShowsAndResets() {
    assertThat(run("SET spark.sql.ansi.enabled=true"))
        .satisfies(answer -> assertThat(labels(answer)).containsExactly("key", "value"))
        .extracting(Answer::rows)
        .isEqualTo(List.of(List.of("spark.sql.ansi.enabled", "true")));
    run("SET TIME ZONE 'Europe/Warsaw'");
    run("SET x.secret.key=hidden");
    assertThat(run("SET").rows())
        .containsExactly(
            List.of("spark.sql.ansi.enabled", "true"),
            List.of("spark.sql.session.timeZone", "Europe/Warsaw"),
            List.of("x.secret.key", "*********(redacted)"));
    assertThat(run("SET no.such.key").rows())
        .containsExactly(List.of("no.such.key", "<undefined>"));
    run("RESET spark.sql.ansi.enabled");
    assertThat(state.configuration()).hasSize(2);
    run("RESET");
    assertThat(state.configuration()).isEmpty();
    assertThatThrownBy(() -> run("SET kitsune.engine=oracle")).hasMessageContaining("oracle");
    assertThatThrownBy(() -> run("SET kitsune.no.such.key=1"))
        .isInstanceOfSatisfying(
            KitsuneException.class, error -> assertThat(error.code()).isEqualTo("SETTING_UNKNOWN"));
    assertThatThrownBy(() -> run("SET TIME ZONE 'Nowhere'"))
        .hasMessageContaining("Cannot resolve the given timezone.");
  }

  @Test
  void explainsTheRoute() {
    Answer answer = run("EXPLAIN ROUTE SELECT 1");
    assertThat(labels(answer)).containsExactly("section", "engine", "value", "reason");
    assertThat(answer.rows())
        .containsExactly(
            List.of("chosen", "spark", "12 ms", "scripted"),
            List.of("workload", "", "exploration", "nothing is known of it"),
            List.of("veto", "trino", "test at line 1, column 8", "not there in this test"),
            List.of("text", "spark", "SELECT 1 /* as sent */", "as it would be sent"));
  }

  @Test
  void showsEngines() {
    assertThat(run("SHOW ENGINES"))
        .satisfies(
            answer ->
                assertThat(labels(answer))
                    .containsExactly(
                        "engine",
                        "state",
                        "since",
                        "reason",
                        "running",
                        "queued",
                        "finished",
                        "failures",
                        "refused",
                        "starts",
                        "memory"))
        .extracting(Answer::rows)
        .isEqualTo(
            List.of(
                List.of(
                    "spark",
                    "busy",
                    "2026-01-02T03:04:05.678Z",
                    "2 statements run, all that may, and 1 wait",
                    "2",
                    "1",
                    "500",
                    "4",
                    "6",
                    "7",
                    "800 MB")));
  }

  @Test
  void showsRedirections() {
    assertThat(run("SHOW REDIRECTIONS"))
        .satisfies(
            answer ->
                assertThat(labels(answer))
                    .containsExactly("source", "target", "phase", "reads", "writes", "changed"))
        .extracting(Answer::rows)
        .isEqualTo(
            List.of(
                List.of(
                    "spark_catalog.shop.orders",
                    "lake.raw.orders",
                    "migrated",
                    "target",
                    "target",
                    "2026-01-02T03:04:05Z")));
  }
}
