// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kitsune.gateway.FailedAttempt;
import io.kitsune.gateway.StatementReport;
import io.kitsune.router.Engine;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;
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
  private static final int CLIENTS = 3;

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
  void queriesAreAnsweredThoughSparkIsKilled() throws Exception {
    answerWhileSparkIsKilled(2);
  }

  @Tag("load")
  @Test
  void queriesAreAnsweredThroughManyKills() throws Exception {
    answerWhileSparkIsKilled(Integer.getInteger("kitsune.failover.reads", 100));
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
  void aQueryThatIsTooLargeForDuckDbRunsOnSpark() throws Exception {
    try (Connection connection = lake.connect()) {
      ResultTable.of(connection, FOR_SPARK);
      assertThat(ResultTable.of(connection, HUNGRY).rows())
          .isEqualTo(List.of(List.of((long) KillableLake.ROWS)));
    }
    await().atMost(SOON).until(() -> report(HUNGRY).isPresent());
    assertThat(report(HUNGRY).orElseThrow())
        .satisfies(
            report ->
                assertThat(report.decision().get(0).chosen().engine()).isEqualTo(Engine.SPARK))
        .satisfies(
            report ->
                assertThat(report.failedAttempts())
                    .extracting(FailedAttempt::engine)
                    .containsExactly(Engine.DUCKDB));
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
  void aResultHalfReadIsAnErrorAndNoRowComesTwice() throws Exception {
    Set<Long> read = new HashSet<>();
    try (Connection connection = lake.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET kitsune.engine=spark");
      statement.setFetchSize(1_000);
      ResultSet rows = statement.executeQuery("SELECT id FROM shop.numbers");
      for (int i = 0; i < 1_500; i++) {
        assertThat(rows.next()).isTrue();
        assertThat(read.add(rows.getLong(1))).isTrue();
      }
      assertThat(lake.killSpark()).isEqualTo(1);

      SQLException failure =
          catchThrowableOfType(
              SQLException.class,
              () -> {
                while (rows.next()) {
                  assertThat(read.add(rows.getLong(1))).isTrue();
                }
              });
      assertThat(failure.getMessage()).contains("ENGINE_GONE", "run the statement again");
      assertThat(read).hasSizeLessThan(KillableLake.ROWS);

      // The session goes on, on a new Spark.
      assertThat(ResultTable.of(connection, "SELECT count(*) FROM shop.numbers").rows())
          .isEqualTo(List.of(List.of((long) KillableLake.ROWS)));
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

  private static void answerWhileSparkIsKilled(int kills) throws Exception {
    ResultTable forSpark;
    ResultTable forAny;
    try (Connection connection = lake.connect()) {
      forSpark = ResultTable.of(connection, FOR_SPARK);
      forAny = ResultTable.of(connection, FOR_ANY);
    }
    int before = lake.reports().size();
    AtomicLongArray answered = new AtomicLongArray(CLIENTS);
    AtomicBoolean enough = new AtomicBoolean();
    ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.add(
          threads.submit(
              () -> {
                try (Connection connection = lake.connect()) {
                  while (!enough.get()) {
                    check(connection, FOR_SPARK, forSpark, failures);
                    check(connection, FOR_ANY, forAny, failures);
                    answered.incrementAndGet(client);
                  }
                }
                return null;
              }));
    }
    try {
      for (int kill = 0; kill < kills; kill++) {
        // So that no statement is there for two kills: it would be right to give up.
        awaitAnswers(answered, clients);
        assertThat(lake.killSpark()).isEqualTo(1);
      }
      awaitAnswers(answered, clients);
    } finally {
      enough.set(true);
      threads.shutdown();
      assertThat(threads.awaitTermination(5, TimeUnit.MINUTES)).isTrue();
    }
    for (Future<?> client : clients) {
      client.get();
    }
    List<StatementReport> reports = lake.reports();
    System.out.printf(
        "%d kills under %d clients: %d statements, %d of them decided again, failures: %s%n",
        kills,
        CLIENTS,
        reports.size() - before,
        reports.stream().skip(before).filter(r -> !r.failedAttempts().isEmpty()).count(),
        failures);
    assertThat(failures).isEmpty();
  }

  private static void check(
      Connection connection,
      String query,
      ResultTable expected,
      ConcurrentLinkedQueue<String> failures) {
    try {
      if (!ResultTable.of(connection, query).equals(expected)) {
        failures.add("a wrong answer to " + query);
      }
    } catch (SQLException e) {
      failures.add(e.getSQLState() + " " + e.getMessage());
    }
  }

  /** Waits until each client has begun and ended a round since now. */
  private static void awaitAnswers(AtomicLongArray answered, List<Future<?>> clients) {
    long[] start = new long[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      start[i] = answered.get(i);
    }
    await()
        .atMost(SOON)
        .until(
            () -> {
              for (int i = 0; i < CLIENTS; i++) {
                if (answered.get(i) < start[i] + 2 && !clients.get(i).isDone()) {
                  return false;
                }
              }
              return true;
            });
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
        Future<?> killed = killer.schedule(lake::killSpark, delay, TimeUnit.NANOSECONDS);
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
