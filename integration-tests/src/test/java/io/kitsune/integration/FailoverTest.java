// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kitsune.gateway.FailedAttempt;
import io.kitsune.gateway.StatementReport;
import io.kitsune.router.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Engines that die or run out of memory: a query that has no row yet is answered all the same, a
 * result half read is an error, and what is said of a write is what the table has. A few kills
 * here; many with {@code -Pload}.
 */
class FailoverTest {
  private static final Duration SOON = Duration.ofMinutes(5);

  /** Only Spark may take it. */
  private static final String FOR_SPARK =
      "SELECT percentile_approx(id, 0.5), count(*), max(text) FROM shop.numbers";

  private static final String FOR_ANY = "SELECT count(*), max(id) FROM shop.numbers WHERE id > 7";

  /** More than DuckDB's memory here. */
  private static final String HUNGRY =
      "SELECT count(*) FROM (SELECT DISTINCT text FROM shop.numbers) t";

  private static final String ENDLESS =
      "SELECT count(*) FROM shop.numbers a, shop.numbers b, shop.numbers c"
          + " WHERE (a.id + b.id) % 97 > c.id % 89";

  private static KillableLake lake;

  @BeforeAll
  static void start() throws Exception {
    lake = new KillableLake();
  }

  @AfterAll
  static void stop() throws Exception {
    lake.close();
  }

  @Test
  void whoWaitsIsAnsweredAndWhoReadsIsTold() throws Exception {
    loseEngines(Fate.values().length);
  }

  @Tag("load")
  @Test
  void whoWaitsIsAnsweredAndWhoReadsIsToldManyTimes() throws Exception {
    loseEngines(Integer.getInteger("kitsune.failover.reads", 100));
  }

  @Test
  void whatIsSaidOfAWriteIsWhatTheTableHas() throws Exception {
    writeWhileSparkIsKilled(3);
  }

  @Tag("load")
  @Test
  void whatIsSaidOfManyWritesIsWhatTheTablesHave() throws Exception {
    writeWhileSparkIsKilled(Integer.getInteger("kitsune.failover.writes", 50));
  }

  @Test
  void aQueryThatIsTooLargeForDuckDbRunsElsewhere() throws Exception {
    String query = HUNGRY + " -- anywhere";
    try (Connection connection = lake.connect()) {
      ResultTable.of(connection, FOR_SPARK);
      assertThat(ResultTable.of(connection, query).rows())
          .isEqualTo(List.of(List.of((long) KillableLake.ROWS)));
    }
    await().atMost(SOON).until(() -> report(query).isPresent());
    assertThat(report(query).orElseThrow())
        .satisfies(
            report ->
                assertThat(report.decision().get(0).chosen().engine()).isNotEqualTo(Engine.DUCKDB))
        .satisfies(
            report ->
                assertThat(report.failedAttempts())
                    .extracting(FailedAttempt::engine)
                    .containsExactly(Engine.DUCKDB));
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(lake.history(query))
                    .anySatisfy(
                        entry -> {
                          assertThat(entry.engine()).get().isNotEqualTo(Engine.DUCKDB);
                          assertThat(entry.failedAttempts())
                              .singleElement()
                              .satisfies(
                                  failed -> assertThat(failed.engine()).isEqualTo(Engine.DUCKDB));
                        }));
  }

  @Test
  void aBrokenFileIsForSparkToJudge() throws Exception {
    lake.run(
        "CREATE TABLE shop.broken STORED AS PARQUET AS"
            + " SELECT id, repeat(md5(cast(id AS STRING)), 8) AS text FROM range(0, 20000, 1, 1)");
    lake.damage("broken");
    String query = "SELECT count(*), max(text) FROM shop.broken";
    try (Connection connection = lake.connect()) {
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> ResultTable.of(connection, query));
      assertThat(failure.getMessage()).startsWith("SPARK_");
    }
    await().atMost(SOON).until(() -> report(query).isPresent());
    FailedAttempt first = report(query).orElseThrow().failedAttempts().get(0);
    assertThat(first.engine()).isEqualTo(Engine.DUCKDB);
    assertThat(first.reason().code()).isEqualTo("ENGINE_FILE_CORRUPT");
  }

  @Test
  void whereTheEngineIsFixedItsFailureIsAnError() throws Exception {
    try (Connection connection = lake.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET kitsune.engine=duckdb");
      SQLException failure =
          catchThrowableOfType(SQLException.class, () -> ResultTable.of(connection, HUNGRY));
      assertThat(failure.getSQLState()).startsWith("53");

      statement.execute("SET kitsune.engine=auto");
      assertThat(ResultTable.of(connection, HUNGRY).rows()).hasSize(1);
    }
  }

  @Test
  void aCancelReachesTheEngine() throws Exception {
    for (String engine : List.of("duckdb", "spark")) {
      try (Connection connection = lake.connect();
          Statement statement = connection.createStatement()) {
        statement.execute("SET kitsune.engine=" + engine);
        ExecutorService client = Executors.newSingleThreadExecutor();
        try {
          Future<?> endless = client.submit(() -> statement.executeQuery(ENDLESS));
          await().atMost(SOON).until(() -> running(engine) == 1);
          long asked = System.nanoTime();
          statement.cancel();
          await().atMost(SOON).until(() -> running(engine) == 0);
          System.out.printf(
              "%s: nothing ran %d ms after the cancel%n",
              engine, TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - asked));
          assertThat(catchThrowableOfType(ExecutionException.class, endless::get))
              .hasCauseInstanceOf(SQLException.class);
        } finally {
          client.shutdownNow();
        }
        // The session goes on.
        assertThat(ResultTable.of(connection, FOR_ANY).rows()).hasSize(1);
      }
    }
  }

  /** How many statements run in an engine. */
  private static int running(String engine) throws SQLException {
    try (Connection connection = lake.connect()) {
      return ResultTable.of(connection, "SHOW ENGINES").rows().stream()
          .filter(row -> row.get(0).equals(engine))
          .mapToInt(row -> Integer.parseInt((String) row.get(4)))
          .sum();
    }
  }

  private static Optional<StatementReport> report(String text) {
    return lake.reports().stream().filter(report -> report.text().equals(text)).findFirst();
  }

  private static void loseEngines(int times) throws Exception {
    LostEngine lost = new LostEngine(lake);
    int before = lake.reports().size();
    ReadLoad load = new ReadLoad(lake);
    try (load) {
      for (int i = 0; i < times; i++) {
        Fate fate = Fate.values()[i % Fate.values().length];
        if (fate.ordinal() == 0) {
          // So that no statement is there when an engine is lost for the second time: it would be
          // right to give up.
          load.awaitRound();
          System.out.println(lost);
        }
        lost.lose(fate);
      }
      load.awaitRound();
    } finally {
      List<StatementReport> reports = lake.reports();
      System.out.printf(
          "%s; %d statements in all, %d of them decided again; failures of others: %s%n",
          lost,
          reports.size() - before,
          reports.stream().skip(before).filter(r -> !r.failedAttempts().isEmpty()).count(),
          load.failures());
    }
    assertThat(load.failures()).isEmpty();
    assertThat(lost.wrong()).isEmpty();
  }

  private static void writeWhileSparkIsKilled(int kills) throws Exception {
    ScheduledExecutorService killer = Executors.newSingleThreadScheduledExecutor();
    List<String> outcomes = new ArrayList<>();
    try {
      // How long each kind takes, when nothing happens to it.
      long[] usual = new long[3];
      for (int kind = 0; kind < usual.length; kind++) {
        LostWrite write = LostWrite.of(kind);
        lake.run(write.preparation());
        long began = System.nanoTime();
        lake.run(write.text());
        usual[kind] = System.nanoTime() - began;
        assertThat(write.isApplied(lake)).isTrue();
      }
      for (int kill = 0; kill < kills; kill++) {
        LostWrite write = LostWrite.of(3 + kill);
        lake.run(write.preparation());
        lake.number("SELECT percentile_approx(id, 0.5) FROM shop.numbers WHERE id < 10");
        // From its very beginning to just after its usual end.
        long delay = usual[kill % 3] * (1 + kill * 7 % 20) / 20;
        Future<?> killed =
            killer.schedule(() -> lake.kill(Engine.SPARK), delay, TimeUnit.NANOSECONDS);
        String said;
        boolean applied;
        try {
          lake.run(write.text());
          said = "done";
          applied = true;
        } catch (SQLException e) {
          said = e.getSQLState() + " " + e.getMessage().lines().findFirst().orElse("");
          applied = LostWrite.saidApplied(e);
        }
        killed.get();
        outcomes.add(said);
        assertThat(write.isApplied(lake)).as("%s, said: %s", write.text(), said).isEqualTo(applied);
      }
    } finally {
      killer.shutdownNow();
      System.out.printf("%d kills during writes:%n%s%n", kills, String.join("\n", outcomes));
    }
  }
}
