// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.EngineContract;
import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FlinkContractTest extends EngineContract {
  @BeforeAll
  static void createTables() throws InterruptedException {
    try (EngineSession session =
        SharedFlink.launcher().open(settings("tables"), ProgressListener.NONE)) {
      run(
          session,
          """
          CREATE TABLE IF NOT EXISTS flink.`default`.numbers (id BIGINT) WITH (
            'connector' = 'datagen', 'rows-per-second' = '1000000000', 'number-of-rows' = '1',
            'fields.id.kind' = 'sequence', 'fields.id.start' = '0', 'fields.id.end' = '0')
          """);
      // Bounded, so that it is a batch; it takes days.
      run(
          session,
          """
          CREATE TABLE IF NOT EXISTS flink.`default`.drops (id BIGINT) WITH (
            'connector' = 'datagen', 'rows-per-second' = '1000', 'number-of-rows' = '1000000000',
            'fields.id.min' = '1', 'fields.id.max' = '7')
          """);
    }
  }

  private static void run(EngineSession session, String statement) throws InterruptedException {
    try (StatementExecution execution = session.execute(flink(statement))) {
      execution.await(SOON);
      assertThat(execution.cursor()).isInstanceOf(ResultCursor.Rows.class);
    }
  }

  /** A table's name in full: the catalog of its session is not the same everywhere. */
  protected static String table(String name) {
    return "flink.`default`." + name;
  }

  protected static Dispatch flink(String text) {
    return flink(text, Map.of());
  }

  protected static Dispatch flink(String text, Map<String, String> settings) {
    return new Dispatch.FlinkStatement(text, settings);
  }

  @Override
  protected EngineLauncher launcher() {
    return SharedFlink.launcher();
  }

  @Override
  protected Dispatch rows(long count) {
    String select = "SELECT id, 'row-' || CAST(id AS STRING) AS name FROM " + table("numbers");
    return flink(
        count == 0
            ? select + " WHERE 1 = 0"
            : select
                + " /*+ OPTIONS('number-of-rows' = '%d', 'fields.id.end' = '%d') */"
                    .formatted(count, count - 1));
  }

  @Override
  protected long manyRows() {
    return 200_000;
  }

  @Override
  protected Dispatch wide(int columns) {
    return flink(
        IntStream.range(0, columns)
            .mapToObj(i -> i + " AS c" + i)
            .collect(Collectors.joining(", ", "SELECT ", "")));
  }

  @Override
  protected Dispatch slow() {
    return flink("SELECT id FROM " + table("drops") + " WHERE id < 0");
  }

  @Override
  protected Dispatch malformed() {
    return flink("SELEC 1");
  }

  @Override
  protected Dispatch failing() {
    return flink("SELECT CAST(x AS INT) FROM (VALUES ('1'), ('abc')) AS t(x)");
  }

  @Override
  protected Dispatch foreign() {
    return new Dispatch.DuckDbQuery("SELECT 1", List.of(), Set.of(), "UTC");
  }

  @Override
  protected Dispatch everyType() {
    // Where NULL were a literal, Flink would fold the casts, and it can't fold infinities.
    return flink(
        """
        SELECT CAST(NULLIF(b, '~') AS BOOLEAN) AS b, CAST(NULLIF(t, '~') AS TINYINT) AS t,
          CAST(NULLIF(s, '~') AS SMALLINT) AS s, CAST(NULLIF(i, '~') AS INT) AS i,
          CAST(NULLIF(l, '~') AS BIGINT) AS l, CAST(NULLIF(f, '~') AS FLOAT) AS f,
          CAST(NULLIF(d, '~') AS DOUBLE) AS d, CAST(NULLIF(d1, '~') AS DECIMAL(10, 2)) AS d1,
          CAST(NULLIF(d2, '~') AS DECIMAL(38, 18)) AS d2, NULLIF(v, '~') AS v,
          UNHEX(NULLIF(x, '~')) AS x, CAST(NULLIF(dt, '~') AS DATE) AS dt,
          CAST(CAST(NULLIF(ts, '~') AS TIMESTAMP(6)) AS TIMESTAMP_LTZ(6)) AS ts,
          CAST(NULLIF(ntz, '~') AS TIMESTAMP(6)) AS ntz,
          CASE k WHEN 1 THEN ARRAY[1, CAST(NULL AS INT), 3] WHEN 2 THEN CAST(NULL AS ARRAY<INT>)
            WHEN 3 THEN ARRAY_REMOVE(ARRAY[1], 1) ELSE ARRAY[2147483647] END AS a,
          CASE k WHEN 1 THEN MAP['two', CAST(NULL AS INT), 'one', 1]
            WHEN 2 THEN CAST(NULL AS MAP<STRING, INT>)
            WHEN 3 THEN MAP_FROM_ARRAYS(ARRAY_REMOVE(ARRAY['x'], 'x'), ARRAY_REMOVE(ARRAY[1], 1))
            ELSE MAP['', 0] END AS m,
          CASE k WHEN 1 THEN CAST(ROW(7, 'text') AS ROW<p INT, q STRING>)
            WHEN 2 THEN CAST(NULL AS ROW<p INT, q STRING>)
            WHEN 3 THEN CAST(ROW(CAST(NULL AS INT), CAST(NULL AS STRING)) AS ROW<p INT, q STRING>)
            ELSE CAST(ROW(-1, '') AS ROW<p INT, q STRING>) END AS st,
          CAST(NULL AS INT) AS n
        FROM (VALUES
          (1, 'true', '1', '2', '3', '4', '1.5', '2.25', '12345.67', '0.000000000000000001',
            'it''s "quoted", π and 🦊', '0001FF', '2024-02-29', '2024-02-29 12:34:56.789012',
            '2024-02-29 12:34:56.7'),
          (2, '~', '~', '~', '~', '~', '~', '~', '~', '~', '~', '~', '~', '~', '~'),
          (3, 'false', '-128', '-32768', '-2147483648', '-9223372036854775808', '-Infinity',
            '-0.0', '-99999999.99', '-99999999999999999999.999999999999999999', '', '',
            '0001-01-01', '0001-01-01 00:00:00', '0001-01-01 00:00:00'),
          (4, 'true', '127', '32767', '2147483647', '9223372036854775807', 'NaN',
            '1.7976931348623157E308', '99999999.99', '99999999999999999999.999999999999999999',
            ' blanks ', '00', '9999-12-31', '9999-12-31 23:59:59.999999',
            '9999-12-31 23:59:59.999999')
        ) AS r(k, b, t, s, i, l, f, d, d1, d2, v, x, dt, ts, ntz)
        ORDER BY k
        """);
  }

  @Test
  void aWriteHoldsItsSessionBackUntilACancelEndsItsJob() throws Exception {
    createSink();
    try (StatementExecution write =
            session()
                .execute(
                    flink("INSERT INTO " + table("away") + " SELECT id FROM " + table("drops")));
        EngineSession other = launcher().open(settings("other"), ProgressListener.NONE)) {
      await().atMost(SOON).until(() -> jobs(other).containsValue("RUNNING"));
      try (StatementExecution behind = session().execute(rows(1))) {
        assertThat(behind.await(Duration.ofMillis(300))).isEqualTo(State.RUNNING);

        write.cancel();

        assertThat(write.state()).isEqualTo(State.CANCELLED);
        assertThat(behind.await(SOON)).isEqualTo(State.FINISHED);
      }
      await().atMost(SOON).until(() -> !jobs(other).containsValue("RUNNING"));
    }
  }

  protected final void createSink() throws InterruptedException {
    run(
        session(),
        "CREATE TABLE IF NOT EXISTS %s (id BIGINT) WITH ('connector' = 'blackhole')"
            .formatted(table("away")));
  }

  /** States of the jobs that write into {@code away}. */
  protected static Map<Object, Object> jobs(EngineSession session) throws Exception {
    Map<Object, Object> states = new HashMap<>();
    try (StatementExecution execution = session.execute(flink("SHOW JOBS"))) {
      execution.await(SOON);
      for (List<Object> row : reader(execution).readAll()) {
        if (((String) row.get(1)).endsWith("away")) {
          states.put(row.get(0), row.get(2));
        }
      }
    }
    return states;
  }

  /** In Flink 2.3 a query that is cancelled before its sink is open can take the cluster along. */
  @Test
  void queriesThatAreGivenUpAtOnceHarmNoOther() throws Exception {
    for (int i = 0; i < 20; i++) {
      try (StatementExecution hasty = session().execute(flink("SELECT " + i))) {
        hasty.await(SOON);
        assertThat(hasty.state()).isEqualTo(State.FINISHED);
      }
    }
    run(session(), "SELECT 1");
    try (StatementExecution execution = session().execute(rows(3))) {
      execution.await(SOON);
      ResultCursor.Rows cursor = (ResultCursor.Rows) execution.cursor();
      List<List<Object>> all = new ArrayList<>();
      for (List<List<Object>> some = cursor.next(10); !some.isEmpty(); some = cursor.next(10)) {
        all.addAll(some);
      }
      assertThat(all).hasSize(3);
    }
  }

  @Test
  void sixteenSessionsAtOnce() throws Exception {
    List<EngineSession> sessions = new ArrayList<>();
    try {
      List<StatementExecution> executions = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        EngineSession session = launcher().open(settings("session-" + i), ProgressListener.NONE);
        sessions.add(session);
        executions.add(session.execute(rows(100L + i)));
      }
      for (int i = 0; i < 16; i++) {
        executions.get(i).await(SOON);
        assertThat(reader(executions.get(i)).readAll()).hasSize(100 + i);
      }
    } finally {
      sessions.forEach(EngineSession::close);
    }
  }

  @Override
  protected void assertNothingIsLeft() {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(SharedFlink.launcher().openSessions()).isZero());
  }

  @Override
  protected long heldBytes() {
    // A page of Flink's, which has 5,000 rows at most.
    return 0;
  }
}
