// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CursorReader;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ExecutionProgress;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is Trino's own beside what every engine owes. */
@Timeout(300)
final class TrinoStatementsTest {
  private static final Duration SOON = Duration.ofSeconds(120);

  private EngineSession session;

  @BeforeAll
  static void needsJava() {
    SharedTrino.assumeJava();
  }

  @BeforeEach
  void open() {
    session = open("alice");
  }

  @AfterEach
  void close() {
    session.close();
  }

  @Test
  void statementsRunAsTheEndUserInTheSessionsZoneAndAreKitsunes() {
    Dispatch whoAndWhere =
        new Dispatch.TrinoQuery(
            """
            SELECT current_user AS u, current_timezone() AS z,
              (SELECT source FROM system.runtime.queries
                WHERE state = 'RUNNING' AND "user" = current_user AND query LIKE '%whoAndWhere%') AS s
            -- whoAndWhere
            """,
            texts("u", "z", "s"), "Europe/Berlin");

    assertThat(TrinoQueries.read(session, whoAndWhere))
        .containsExactly(List.of("alice", "Europe/Berlin", "kitsune"));
  }

  @Test
  void aCancelLeavesTheBatchToItsReader() throws Exception {
    Dispatch large =
        query(
            "SELECT x AS n FROM TABLE(sequence(start => 0, stop => 100000000)) AS a(x)",
            List.of(Column.of("n", Simple.BIGINT)));
    try (StatementExecution execution = session.execute(large)) {
      assertThat(execution.await(SOON)).isEqualTo(StatementExecution.State.FINISHED);
      ResultCursor.Batches rows = (ResultCursor.Batches) execution.cursor();
      VectorSchemaRoot batch = rows.next().orElseThrow();
      int last = batch.getRowCount() - 1;
      Object value = batch.getVector(0).getObject(last);

      execution.cancel();

      assertThat(batch.getVector(0).getObject(last)).isEqualTo(value);
      assertThat(catchThrowableOfType(KitsuneException.class, rows::next).code())
          .isEqualTo("STATEMENT_CANCELLED");
    }
  }

  @Test
  void sixteenUsersAtOnce() throws Exception {
    List<EngineSession> sessions = new ArrayList<>();
    List<StatementExecution> executions = new ArrayList<>();
    try {
      for (int i = 0; i < 16; i++) {
        EngineSession one = open("user" + i);
        sessions.add(one);
        executions.add(
            one.execute(
                query(
                    "SELECT current_user AS u, CAST(n AS VARCHAR) AS n FROM (SELECT count(*) FROM TABLE(sequence(start => 1, stop => 20000))) AS t(n)",
                    texts("u", "n"))));
      }
      for (int i = 0; i < 16; i++) {
        StatementExecution execution = executions.get(i);
        execution.await(SOON);
        assertThat(CursorReader.of(execution.cursor(), ZoneOffset.UTC).readAll())
            .containsExactly(List.of("user" + i, "20000"));
      }
    } finally {
      sessions.forEach(EngineSession::close);
    }
    assertThat(SharedTrino.launcher().openSessions()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT 1 / 0 AS n|TRINO_DIVISION_BY_ZERO|22012",
        "SELECT CAST('x' AS INTEGER) AS n|TRINO_INVALID_CAST_ARGUMENT|22018",
        "SELECT 2147483647 + 1 AS n|TRINO_NUMERIC_VALUE_OUT_OF_RANGE|22003",
        "SELECT CAST(fail('beyond what is exact') AS INTEGER) AS n|TRINO_GENERIC_USER_ERROR|22000",
        "SELECT element_at(ARRAY[1], 0) AS n|TRINO_INVALID_FUNCTION_ARGUMENT|22023",
        "SELECT (SELECT x FROM (VALUES 1, 2) AS t(x)) AS n|TRINO_SUBQUERY_MULTIPLE_ROWS|21000",
        "SELECT n FROM nowhere.s.t|TRINO_CATALOG_NOT_FOUND|3D000",
        "SELECT n FROM spark_catalog.default.nothing|TRINO_TABLE_NOT_FOUND|42P01",
        "SELECT nothing AS n FROM system.runtime.nodes|TRINO_COLUMN_NOT_FOUND|42703",
        "SELECT nothing(1) AS n|TRINO_FUNCTION_NOT_FOUND|42883",
        "SELECT 1 + 'a' AS n|TRINO_TYPE_MISMATCH|42804",
        "SHOW CREATE VIEW system.runtime.nodes|TRINO_NOT_SUPPORTED|0A000"
      })
  void errorsHaveTrinosNameAndAnSqlState(String text, String code, String sqlState) {
    KitsuneException failure = failure(query(text, List.of(Column.of("n", Simple.INT))));

    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    assertThat(failure.sqlState()).isEqualTo(sqlState);
    assertThat(failure.getMessage()).contains("Trino's query 20").doesNotContain("\tat ");
  }

  @Test
  void aQueryThatNeedsTooMuchMemorySaysSo() {
    KitsuneException failure =
        failure(
            query(
                "SELECT CAST(cardinality(array_agg(rpad('', 200, 'x') || CAST(n AS VARCHAR))) AS INTEGER) AS n FROM TABLE(sequence(start => 0, stop => 20000000)) AS s(n)",
                List.of(Column.of("n", Simple.INT))));

    assertThat(failure.sqlState()).isEqualTo("53200");
    assertThat(failure).hasMessageContainingAll("memory", "kitsune.trino.heap");
  }

  @Test
  void aResultOfOtherTypesIsRefusedBeforeItsFirstRow() {
    Map<String, DataType> wrong =
        Map.of(
            "SELECT BIGINT '1' AS n", Simple.INT,
            "SELECT DECIMAL '1.50' AS n", new DataType.Decimal(10, 2),
            "SELECT TIMESTAMP '2024-01-01 00:00:00.123456789 UTC' AS n", Simple.TIMESTAMP,
            "SELECT TIMESTAMP '2024-01-01 00:00:00' AS n", Simple.TIMESTAMP,
            "SELECT ARRAY[BIGINT '1'] AS n", new DataType.Array(Simple.INT, true));
    wrong.forEach(
        (text, type) ->
            assertThat(failure(query(text, List.of(Column.of("n", type)))).code())
                .as(text)
                .isEqualTo("ENGINE_RESULT_TYPE"));
    assertThat(failure(query("SELECT 1 AS a, 2 AS b", List.of(Column.of("a", Simple.INT)))).code())
        .isEqualTo("ENGINE_RESULT_TYPE");
  }

  @Test
  void timesInsideOtherValuesKeepTheirCalendarAndWallClock() {
    DataType struct =
        new DataType.Struct(
            List.of(
                new DataType.Field("d", Simple.DATE, true),
                new DataType.Field("t", Simple.TIMESTAMP_NTZ, true),
                new DataType.Field("x", new DataType.Decimal(38, 2), true)));
    Dispatch nested =
        query(
            """
            SELECT ARRAY[TIMESTAMP '1582-10-10 00:00:00.000001 UTC', NULL] AS a,
              CAST(ROW(DATE '1582-10-10', TIMESTAMP '2024-03-31 02:30:00.000000',
                DECIMAL '123456789012345678901234567890123456.78')
                AS ROW(d DATE, t TIMESTAMP(6), x DECIMAL(38, 2))) AS s,
              MAP(ARRAY[DATE '0001-01-01'], ARRAY[ARRAY[CAST('c' AS VARCHAR)]]) AS m
            """,
            List.of(
                Column.of("a", new DataType.Array(Simple.TIMESTAMP, true)),
                Column.of("s", struct),
                Column.of(
                    "m",
                    new DataType.Map(Simple.DATE, new DataType.Array(Simple.STRING, true), true))));

    assertThat(TrinoQueries.read(session, nested))
        .containsExactly(
            List.of(
                "[1582-10-10 00:00:00.000001,null]",
                "{\"d\":1582-10-10,\"t\":2024-03-31 02:30:00,\"x\":123456789012345678901234567890123456.78}",
                "{0001-01-01:[\"c\"]}"));
  }

  @Test
  void progressAndTheQuerysPlaceAreTold() throws Exception {
    try (StatementExecution execution =
        session.execute(
            query(
                "SELECT count(*) AS n FROM TABLE(sequence(start => 0, stop => 1000000)) AS a(x) CROSS JOIN TABLE(sequence(start => 0, stop => 1000000)) AS b(y) WHERE (x * 7 + y) % 11 = 3",
                List.of(Column.of("n", Simple.BIGINT))))) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                ExecutionProgress progress = execution.progress();
                assertThat(progress.stage()).startsWith("running, ").endsWith(" splits");
                assertThat(progress.fraction()).isPresent();
                assertThat(progress.rows()).isPresent();
              });
      assertThat(execution.drainLog()).hasSize(1).allMatch(line -> line.contains("Trino's query"));
      assertThat(execution.drainLog()).isEmpty();
    }
  }

  private KitsuneException failure(Dispatch dispatch) {
    KitsuneException failure =
        catchThrowableOfType(KitsuneException.class, () -> TrinoQueries.read(session, dispatch));
    assertThat(failure).as(dispatch.text()).isNotNull();
    return failure;
  }

  private static EngineSession open(String user) {
    return SharedTrino.launcher()
        .open(new SessionSettings(user, user, 9, Map.of()), ProgressListener.NONE);
  }

  private static Dispatch query(String text, List<Column> columns) {
    return new Dispatch.TrinoQuery(text, columns, "UTC");
  }

  private static List<Column> texts(String... names) {
    return List.of(names).stream().map(name -> Column.of(name, Simple.STRING)).toList();
  }
}
