// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch.SparkStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumnValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRow;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is particular to Spark, beside the contract. */
@Timeout(300)
final class SparkStatementsTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final int V1 = 0;
  private static final int V10 = 9;

  @Test
  void hiveAndIcebergTables() {
    try (EngineSession session = open("alice", V10, Map.of())) {
      run(session, "CREATE TABLE IF NOT EXISTS hive_table (a INT, b STRING) STORED AS PARQUET");
      run(session, "INSERT OVERWRITE hive_table VALUES (1, 'x'), (2, NULL)");
      run(session, "CREATE TABLE IF NOT EXISTS iceberg_table (a INT, c STRING) USING iceberg");
      run(session, "INSERT OVERWRITE iceberg_table VALUES (1, 'y')");

      assertThat(
              run(
                  session,
                  "SELECT h.a, b, c FROM hive_table h LEFT JOIN iceberg_table i ON h.a = i.a ORDER BY 1"))
          .containsExactly("1|x|y", "2|null|null");
      assertThat(run(session, "SELECT count(*) FROM default.iceberg_table.snapshots")).hasSize(1);
      assertThat(run(session, "DESCRIBE TABLE EXTENDED hive_table"))
          .anyMatch(line -> line.startsWith("Type|MANAGED"));
    }
  }

  @Test
  void dynamicPartitionsNeedNoSwitch() {
    try (EngineSession session = open("alice", V10, Map.of())) {
      run(session, "CREATE TABLE IF NOT EXISTS parted (a INT) PARTITIONED BY (p STRING)");
      run(session, "INSERT OVERWRITE parted SELECT 1, '01'");

      assertThat(run(session, "SELECT * FROM parted")).containsExactly("1|01");
    }
  }

  @Test
  void theUserAndTheSettingsArrive() {
    Map<String, String> settings =
        Map.of(
            "spark.sql.ansi.enabled", "true", "my.key", "a `quoted` = value; with -- all\nof it");
    try (EngineSession session = open("alice", V10, settings)) {
      assertThat(run(session, "SELECT current_user()")).containsExactly("alice");
      assertThat(run(session, "SET spark.sql.ansi.enabled"))
          .containsExactly("spark.sql.ansi.enabled|true");
      assertThat(run(session, "SET my.key")).containsExactly("my.key|" + settings.get("my.key"));
    }
  }

  @Test
  void sessionsAreApart() {
    try (EngineSession one = open("alice", V10, Map.of());
        EngineSession other = open("bob", V10, Map.of())) {
      run(one, "CREATE TEMPORARY VIEW mine AS SELECT 1");

      assertThat(run(one, "SELECT * FROM mine")).containsExactly("1");
      assertThat(failure(other, "SELECT * FROM mine").code())
          .isEqualTo("SPARK_TABLE_OR_VIEW_NOT_FOUND");
    }
  }

  @Test
  void aRowBasedClientGetsRows() throws Exception {
    try (EngineSession session = open("alice", V1, Map.of());
        StatementExecution execution =
            session.execute(
                new SparkStatement(
                    "SELECT 1 AS a, 'x' AS b, CAST(NULL AS DATE) AS c UNION ALL SELECT NULL, NULL, DATE'2024-02-29' ORDER BY 1 DESC"))) {
      assertThat(execution.await(SOON)).isEqualTo(StatementExecution.State.FINISHED);
      ResultCursor.Relayed cursor = (ResultCursor.Relayed) execution.cursor();

      TRowSet rows = cursor.fetch(TFetchOrientation.FETCH_NEXT, 10);

      assertThat(rows.isSetColumns()).isFalse();
      assertThat(rows.getRows())
          .extracting(SparkStatementsTest::values)
          .containsExactly("1|x|null", "null|null|2024-02-29");
      assertThat(cursor.fetch(TFetchOrientation.FETCH_NEXT, 10).getRows()).isEmpty();
    }
  }

  @Test
  void fetchesAreBoundedAndCanBeginAgain() throws Exception {
    try (EngineSession session = open("alice", V10, Map.of());
        StatementExecution execution =
            session.execute(new SparkStatement("SELECT id FROM range(0, 45000, 1, 2)"))) {
      assertThat(execution.await(SOON)).isEqualTo(StatementExecution.State.FINISHED);
      ResultCursor.Relayed cursor = (ResultCursor.Relayed) execution.cursor();

      List<Integer> sizes = new ArrayList<>();
      do {
        sizes.add(size(cursor.fetch(TFetchOrientation.FETCH_NEXT, Long.MAX_VALUE)));
      } while (sizes.get(sizes.size() - 1) > 0);

      assertThat(sizes).contains(10_000).allMatch(size -> size <= 10_000);
      assertThat(sizes.stream().mapToInt(Integer::intValue).sum()).isEqualTo(45_000);
      TRowSet first = cursor.fetch(TFetchOrientation.FETCH_FIRST, 1);
      assertThat(first.getColumns().get(0).getI64Val().getValues()).containsExactly(0L);
      assertThat(size(cursor.fetch(TFetchOrientation.FETCH_NEXT, 3))).isEqualTo(3);
    }
  }

  @Test
  void wideRowsAreFetchedFewAtATime() throws Exception {
    try (EngineSession session = open("alice", V10, Map.of());
        StatementExecution execution =
            session.execute(
                new SparkStatement(
                    "SELECT repeat('x', 200000) AS wide FROM range(0, 300, 1, 2)"))) {
      assertThat(execution.await(SOON)).isEqualTo(StatementExecution.State.FINISHED);
      ResultCursor.Relayed cursor = (ResultCursor.Relayed) execution.cursor();

      int rows = size(cursor.fetch(TFetchOrientation.FETCH_NEXT, 10_000));
      int largest = 0;
      for (int size = rows; size > 0; rows += size) {
        size = size(cursor.fetch(TFetchOrientation.FETCH_NEXT, 10_000));
        largest = Math.max(largest, size);
      }

      assertThat(rows).isEqualTo(300);
      assertThat(largest * 200_000L).isBetween(1L << 20, (long) SharedSpark.LIMITS.fetchBytes());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SELECT * FROM no_such_table | SPARK_TABLE_OR_VIEW_NOT_FOUND | 42P01 | `no_such_table` cannot be found",
        "SELEC 1 | SPARK_PARSE_SYNTAX_ERROR | 42601 | Syntax error at or near 'SELEC'",
        "SELECT nope FROM (SELECT 1 AS a) | SPARK_UNRESOLVED_COLUMN_WITH_SUGGESTION | 42703 | `nope` cannot be resolved",
        "SELECT CAST(concat('ab', id) AS INT) FROM range(3) | SPARK_CAST_INVALID_INPUT | 22018 | [CAST_INVALID_INPUT] The value",
        "SELECT 1 / (id - id) FROM range(3) | SPARK_DIVIDE_BY_ZERO | 22012 | Division by zero",
        "SELECT raise_error(concat('boo: ', id)) FROM range(1) | SPARK_STATEMENT_FAILED | HY000 | boo: 0",
        "INSERT INTO no_such_table VALUES (1) | SPARK_TABLE_OR_VIEW_NOT_FOUND | 42P01 | `no_such_table`"
      })
  void errorsAreShortWithCodeAndState(
      String statement, String code, String sqlState, String message) {
    try (EngineSession session = open("alice", V10, Map.of("spark.sql.ansi.enabled", "true"))) {
      KitsuneException failure = failure(session, statement);

      assertThat(failure).hasMessageContaining(message);
      assertThat(failure.code()).isEqualTo(code);
      assertThat(failure.sqlState()).isEqualTo(sqlState);
      assertThat(failure.getMessage())
          .doesNotContain("\tat ", "org.apache.spark", "Error running query", "'Project", "== SQL");
      assertThat(session.alive()).isTrue();
    }
  }

  @Test
  void aSettingThatSparkRefusesIsNamed() {
    KitsuneException failure =
        catchThrowableOfType(
            KitsuneException.class,
            () -> open("alice", V10, Map.of("spark.sql.warehouse.dir", "/elsewhere")));

    assertThat(failure).hasMessageContaining("spark.sql.warehouse.dir");
  }

  @ParameterizedTest
  @ValueSource(ints = {V1, V10})
  void whatSparkWarnsOfIsInTheLog(int protocol) throws Exception {
    String statement = "SELECT row_number() OVER (ORDER BY id) FROM range(3)";
    try (EngineSession session = open("alice", protocol, Map.of());
        StatementExecution execution = session.execute(new SparkStatement(statement))) {
      execution.await(SOON);

      assertThat(execution.drainLog())
          .anyMatch(line -> line.contains("No Partition Defined for Window operation"));
      assertThat(execution.drainLog()).isEmpty();
    }
  }

  private static EngineSession open(String user, int protocol, Map<String, String> configuration) {
    return SharedSpark.launcher()
        .open(new SessionSettings("test", user, protocol, configuration), ProgressListener.NONE);
  }

  private static List<String> run(EngineSession session, String statement) {
    try (StatementExecution execution = session.execute(new SparkStatement(statement))) {
      execution.await(SOON);
      ResultCursor.Relayed cursor = (ResultCursor.Relayed) execution.cursor();
      List<String> rows = new ArrayList<>();
      TRowSet rowSet = cursor.fetch(TFetchOrientation.FETCH_NEXT, 1_000);
      for (; size(rowSet) > 0; rowSet = cursor.fetch(TFetchOrientation.FETCH_NEXT, 1_000)) {
        rows.addAll(RowText.of(rowSet));
      }
      return rows;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KitsuneException failure(EngineSession session, String statement) {
    return catchThrowableOfType(KitsuneException.class, () -> run(session, statement));
  }

  private static int size(TRowSet rowSet) {
    return RowText.of(rowSet).size();
  }

  private static String values(TRow row) {
    List<String> values = new ArrayList<>();
    for (TColumnValue value : row.getColVals()) {
      values.add(
          switch (value.getSetField()) {
            case I32_VAL ->
                value.getI32Val().isSetValue() ? "" + value.getI32Val().getValue() : "null";
            default -> value.getStringVal().isSetValue() ? value.getStringVal().getValue() : "null";
          });
    }
    return String.join("|", values);
  }
}
