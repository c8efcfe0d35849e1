// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.router.equivalence.AnswersAssert;
import io.kitsune.router.equivalence.ProbeData;
import io.kitsune.router.equivalence.SparkAnswer;
import io.kitsune.router.equivalence.TpcdsData;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every statement of which Spark's answer is recorded, on a real Trino over Iceberg tables: it
 * gives Spark's values, types and labels, or is refused, or fails where Spark's integers wrap; it
 * never gives another answer.
 */
@ExtendWith(LiveLake.class)
class TrinoAnswersTest {
  private static final List<String> PROBE_TABLES =
      List.of(
          "plain",
          "texts",
          "days",
          "lefts",
          "rights",
          "nothing",
          "moments",
          "customer",
          "lineitem",
          "nation",
          "orders",
          "part",
          "partsupp",
          "region",
          "supplier");

  /** What Trino says of a number that does not fit, where Spark wraps it. */
  private static final List<String> OUT_OF_RANGE =
      List.of("NUMERIC_VALUE_OUT_OF_RANGE", "INVALID_CAST_ARGUMENT");

  /** Fewer right answers mean that less goes to Trino than when this was written. */
  private static final int LEAST_RIGHT_PROBES = 1_095;

  private static final int LEAST_RIGHT_TPCDS = 90;

  /** Statements that run at once; most of a small one's time is spent waiting. */
  private static final int SESSIONS = 4;

  @BeforeAll
  static void makeTables() throws IOException, SQLException {
    ProbeData.write();
    TpcdsData.write();
    try (Connection spark = session("spark");
        Statement statement = spark.createStatement()) {
      for (String database : List.of("files", "probes", "tpcds")) {
        statement.execute("CREATE DATABASE " + database);
      }
      for (String table : PROBE_TABLES) {
        create(statement, "probes." + table, table);
      }
      // Iceberg has no TINYINT and no SMALLINT.
      createHive(statement, "probes.numbers", "numbers");
      for (String file : TpcdsData.files()) {
        create(statement, "tpcds." + file.substring(file.indexOf('_') + 1), file);
      }
    }
  }

  private static Connection session(String engine) throws SQLException {
    Connection connection = LiveLake.get().connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET kitsune.engine=" + engine);
      statement.execute("SET spark.sql.session.timeZone=UTC");
    }
    return connection;
  }

  /** An Iceberg table of the file's rows. */
  private static void create(Statement statement, String table, String file)
      throws IOException, SQLException {
    createHive(statement, "files." + file, file);
    statement.execute(
        "CREATE TABLE %s USING iceberg AS SELECT * FROM files.%s".formatted(table, file));
  }

  private static void createHive(Statement statement, String table, String file)
      throws IOException, SQLException {
    Path folder = Path.of("target", "probe-tables", file).toAbsolutePath();
    Files.createDirectories(folder);
    Files.copy(
        ProbeData.file(file), folder.resolve("rows.parquet"), StandardCopyOption.REPLACE_EXISTING);
    String columns =
        ProbeData.table(file).columns().stream()
            .map(TrinoAnswersTest::definition)
            .collect(Collectors.joining(", "));
    statement.execute(
        "CREATE EXTERNAL TABLE %s (%s) STORED AS PARQUET LOCATION '%s'"
            .formatted(table, columns, folder.toUri()));
  }

  private static String definition(Column column) {
    return "`" + column.name() + "` " + column.type().sql();
  }

  @Test
  void probes() throws Exception {
    // Two name the tables of another database.
    Stream<SparkAnswer> answers =
        Stream.concat(SparkAnswer.PROBES.stream(), Stream.of(SparkAnswer.SPARK_ONLY))
            .flatMap(file -> SparkAnswer.of(file).stream())
            .filter(answer -> !answer.sql().contains("default.lefts"));
    assertThat(right("probes", answers, Rows.AS_ORDERED)).isGreaterThan(LEAST_RIGHT_PROBES);
  }

  @Test
  void tpch() throws Exception {
    assertThat(right("probes", SparkAnswer.of("tpch").stream(), Rows.AS_ORDERED)).isEqualTo(22);
  }

  @Test
  void tpcds() throws Exception {
    assertThat(right("tpcds", SparkAnswer.of("tpcds").stream(), Rows.IN_ANY_ORDER))
        .isGreaterThan(LEAST_RIGHT_TPCDS);
  }

  /** How rows are compared: many queries of TPC-DS leave ties open. */
  private enum Rows {
    AS_ORDERED,
    IN_ANY_ORDER
  }

  /** How many of the statements gave Spark's answer; none may give another. */
  private static int right(String database, Stream<SparkAnswer> answers, Rows rows)
      throws Exception {
    Queue<SparkAnswer> waiting = new ConcurrentLinkedQueue<>(answers.toList());
    Queue<String> wrong = new ConcurrentLinkedQueue<>();
    AtomicInteger right = new AtomicInteger();
    ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < SESSIONS; i++) {
        running.add(
            sessions.submit(
                () -> {
                  try (Connection trino = session("trino");
                      Statement statement = trino.createStatement()) {
                    statement.execute("USE " + database);
                    for (SparkAnswer next = waiting.poll(); next != null; next = waiting.poll()) {
                      try {
                        right.addAndGet(isRight(statement, next, rows) ? 1 : 0);
                      } catch (AssertionError e) {
                        wrong.add(e.getMessage());
                      }
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> each : running) {
        each.get();
      }
    } finally {
      sessions.shutdownNow();
    }
    assertThat(wrong).isEmpty();
    return right.get();
  }

  /** False for one that Trino may not take, or where a number does not fit its type. */
  private static boolean isRight(Statement statement, SparkAnswer spark, Rows rows) {
    try (ResultSet result = statement.executeQuery(spark.sql())) {
      List<Column> columns = columns(result.getMetaData());
      List<List<String>> found = rows(result, columns.size());
      assertThat(spark.error()).as("an error in Spark: %s", spark.sql()).isEmpty();
      boolean ordered = rows == Rows.AS_ORDERED && AnswersAssert.isOrdered(spark);
      AnswersAssert.assertSame(spark, "on Trino", columns, found, ordered);
      return true;
    } catch (SQLException e) {
      boolean refused = e.getMessage().contains("trino cannot run this statement");
      boolean outOfRange = OUT_OF_RANGE.stream().anyMatch(e.getMessage()::contains);
      assertThat(refused || outOfRange).as("%s%n%s", spark.sql(), e.getMessage()).isTrue();
      return false;
    }
  }

  private static List<Column> columns(ResultSetMetaData shape) throws SQLException {
    List<Column> columns = new ArrayList<>();
    for (int i = 1; i <= shape.getColumnCount(); i++) {
      String type = shape.getColumnTypeName(i).toLowerCase(Locale.ROOT);
      columns.add(
          Column.of(
              shape.getColumnLabel(i),
              type.equals("decimal")
                  ? new DataType.Decimal(shape.getPrecision(i), shape.getScale(i))
                  : DataType.parse(type)));
    }
    return columns;
  }

  private static List<List<String>> rows(ResultSet result, int width) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= width; i++) {
        Object value = result.getObject(i);
        row.add(
            value == null
                ? null
                : value instanceof BigDecimal number ? number.toPlainString() : value.toString());
      }
      rows.add(row);
    }
    return rows;
  }
}
