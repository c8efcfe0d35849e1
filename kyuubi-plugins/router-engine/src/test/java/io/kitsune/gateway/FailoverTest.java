// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Candidate;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.reading.StatementReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which failures are decided again, and how; the router is a script. */
class FailoverTest {
  private static final String QUERY = "SELECT 1";
  private static final KitsuneException GONE =
      new KitsuneException("ENGINE_GONE", "08006", "It ended.\nIts log: …");
  private static final KitsuneException OUT_OF_MEMORY =
      new KitsuneException("ENGINE_OUT_OF_MEMORY", "53200", "It ran out of memory.");
  private static final KitsuneException BUSY =
      new KitsuneException("ENGINE_BUSY", "53300", "It is busy.");
  private static final KitsuneException NOT_TAKING =
      new KitsuneException("ENGINE_NOT_TAKING", "57P03", "It failed repeatedly.");
  private static final KitsuneException OUT_OF_RANGE =
      new KitsuneException("ENGINE_DATA_INVALID", "22003", "A value is out of range.");
  private static final KitsuneException WRONG_COLUMN =
      new KitsuneException("SPARK_UNRESOLVED_COLUMN", "42703", "There is no such column.");

  private final StatementReader reader = new StatementReader();
  private final SessionState state =
      new SessionState("ann", "spark_catalog", List.of("default"), Map.of(), Map.of());
  private final List<Map<Engine, String>> asked = new ArrayList<>();
  private List<Engine> engines = List.of(Engine.DUCKDB, Engine.TRINO, Engine.SPARK);
  private String refusal = "ROUTER_NO_ENGINE";

  private RoutingDecision decide(String text, SessionState session, Map<Engine, String> excluded) {
    asked.add(Map.copyOf(excluded));
    Engine engine =
        engines.stream()
            .filter(candidate -> !excluded.containsKey(candidate))
            .findFirst()
            .orElseThrow(() -> new KitsuneException(refusal, "0A000", "Nobody may."));
    return decision(engine, text);
  }

  private RoutingDecision decision(Engine engine, String text) {
    Statement statement = reader.read(text);
    Dispatch dispatch =
        engine == Engine.DUCKDB
            ? new Dispatch.DuckDbQuery(text, List.of(), Set.of(), "UTC")
            : new Dispatch.SparkStatement(text);
    return new RoutingDecision(
        statement,
        new Candidate(engine, Duration.ofMillis(1), "scripted"),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        dispatch);
  }

  private Failover failover(int most) {
    return new Failover(this::decide, QUERY, state, most);
  }

  @Test
  void aQueryIsDecidedWithoutTheEnginesThatFailed() {
    Failover failover = failover(2);

    RoutingDecision second = failover.after(decision(Engine.DUCKDB, QUERY), OUT_OF_MEMORY);
    assertThat(second.chosen().engine()).isEqualTo(Engine.TRINO);
    assertThat(asked.get(0))
        .containsExactly(
            Map.entry(Engine.DUCKDB, "It failed before in this statement: It ran out of memory."));

    RoutingDecision third = failover.after(second, GONE);
    assertThat(third.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(asked.get(1)).containsOnlyKeys(Engine.DUCKDB, Engine.TRINO);
    assertThat(failover.failed())
        .extracting(FailedAttempt::engine)
        .containsExactly(Engine.DUCKDB, Engine.TRINO);
    // Two is all.
    assertThat(catchThrowableOfType(KitsuneException.class, () -> failover.after(third, GONE)))
        .isSameAs(GONE);
  }

  @Test
  void fullAndFailingEnginesAreMadeUpForToo() {
    for (KitsuneException failure : List.of(BUSY, NOT_TAKING, OUT_OF_MEMORY, GONE)) {
      assertThat(failover(1).after(decision(Engine.TRINO, QUERY), failure).chosen().engine())
          .as(failure.code())
          .isEqualTo(Engine.DUCKDB);
    }
  }

  @Test
  void dataErrorsAreTheUsersUnlessKitsuneWroteTheText() {
    assertThat(failover(1).after(decision(Engine.DUCKDB, QUERY), OUT_OF_RANGE).chosen().engine())
        .isEqualTo(Engine.TRINO);
    assertStays(decision(Engine.SPARK, QUERY), OUT_OF_RANGE);
  }

  @Test
  void whatATextOfKitsunesIsRefusedForIsNotTheUsers() {
    for (KitsuneException refused :
        List.of(
            WRONG_COLUMN,
            new KitsuneException("ENGINE_QUERY_REJECTED", "0A000", "It is not supported."),
            new KitsuneException("ENGINE_FAILED", "XX000", "It broke."))) {
      assertThat(failover(1).after(decision(Engine.DUCKDB, QUERY), refused).chosen().engine())
          .as(refused.sqlState())
          .isEqualTo(Engine.TRINO);
    }
  }

  @Test
  void aFileThatIsGoneOrBrokenIsForSparkToJudge() {
    for (KitsuneException unread :
        List.of(
            new KitsuneException("ENGINE_FILE_MISSING", "KD001", "A file is gone."),
            new KitsuneException("ENGINE_FILE_CORRUPT", "KD001", "A file is damaged."),
            new KitsuneException("ENGINE_FILE_UNREADABLE", "58030", "A file may not be read."))) {
      assertThat(failover(1).after(decision(Engine.DUCKDB, QUERY), unread).chosen().engine())
          .as(unread.code())
          .isEqualTo(Engine.TRINO);
      assertStays(decision(Engine.SPARK, QUERY), unread);
    }
  }

  @Test
  void errorsOfTheStatementAreNotTriedElsewhere() {
    assertStays(decision(Engine.SPARK, QUERY), WRONG_COLUMN);
  }

  @Test
  void writesAreNeverDecidedAgain() {
    for (String text :
        List.of("INSERT INTO t VALUES (1)", "CREATE TABLE t (a INT)", "DELETE FROM t")) {
      assertStays(decision(Engine.SPARK, text), GONE);
    }
    assertThat(asked).isEmpty();
  }

  @Test
  void aFixedEngineIsNotReplaced() {
    engines = List.of(Engine.DUCKDB);
    refusal = "ROUTER_ENGINE_NOT_POSSIBLE";

    assertStays(decision(Engine.DUCKDB, QUERY), GONE);
    assertThat(asked).hasSize(1);
  }

  @Test
  void whereNobodyElseMayADeadEngineIsTriedOnceMore() {
    engines = List.of(Engine.SPARK);
    Failover failover = failover(5);

    RoutingDecision again = failover.after(decision(Engine.SPARK, QUERY), GONE);
    assertThat(again.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(catchThrowableOfType(KitsuneException.class, () -> failover.after(again, GONE)))
        .isSameAs(GONE);
  }

  @Test
  void whereNobodyElseMayAFullEngineIsAnError() {
    engines = List.of(Engine.SPARK);

    assertStays(decision(Engine.SPARK, QUERY), OUT_OF_MEMORY);
    assertStays(decision(Engine.SPARK, QUERY), BUSY);
  }

  @Test
  void itCanBeTurnedOff() {
    assertThat(
            catchThrowableOfType(
                KitsuneException.class,
                () -> failover(0).after(decision(Engine.DUCKDB, QUERY), GONE)))
        .isSameAs(GONE);
  }

  private void assertStays(RoutingDecision decision, KitsuneException failure) {
    assertThat(
            catchThrowableOfType(
                KitsuneException.class, () -> failover(5).after(decision, failure)))
        .isSameAs(failure);
  }
}
