// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every JDBC driver has to find at the whole, with rows that a real Spark sends: one suite,
 * run by a subclass for each driver. What DuckDB and the gateway itself send is router-engine's
 * DriverContract.
 */
@ExtendWith(LiveLake.class)
abstract class DriverTest {
  private static final String EVERY_TYPE =
      "SELECT * FROM VALUES"
          + " (true, 1Y, 2S, 3, 4L, 1.5F, 2.5D, 12.34BD, 'text', DATE '2024-02-29',"
          + " TIMESTAMP '2024-02-29 12:34:56.789', X'6869', array(1, NULL), map('k', 1),"
          + " struct(1 AS a, 'x' AS b)),"
          + " (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL)"
          + " AS t(c_boolean, c_tinyint, c_smallint, c_int, c_bigint, c_float, c_double, c_decimal,"
          + " c_string, c_date, c_timestamp, c_binary, c_array, c_map, c_struct)";

  private Connection connection;

  /** A connection of the driver to that port. */
  abstract Connection connect(int port) throws SQLException;

  @BeforeEach
  void open() throws SQLException {
    connection = connect(LiveLake.get().port());
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  @Test
  void listsSchemasTablesAndColumns() throws SQLException {
    try (ResultSet schemas = connection.getMetaData().getSchemas()) {
      assertThat(column(schemas, "TABLE_SCHEM")).contains("default", "tpch");
    }
    try (ResultSet tables = connection.getMetaData().getTables(null, "tpch", "part%", null)) {
      assertThat(column(tables, "TABLE_NAME")).containsExactly("part", "partsupp");
    }
    try (ResultSet columns = connection.getMetaData().getColumns(null, "tpch", "nation", "%")) {
      assertThat(column(columns, "COLUMN_NAME"))
          .containsExactly("n_nationkey", "n_name", "n_regionkey", "n_comment");
    }
  }

  @Test
  void readsEveryTypeAndItsNull() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(EVERY_TYPE)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getBoolean(1)).isTrue();
      assertThat(rows.getByte(2)).isEqualTo((byte) 1);
      assertThat(rows.getShort(3)).isEqualTo((short) 2);
      assertThat(rows.getInt(4)).isEqualTo(3);
      assertThat(rows.getLong(5)).isEqualTo(4);
      assertThat(rows.getFloat(6)).isEqualTo(1.5f);
      assertThat(rows.getDouble(7)).isEqualTo(2.5);
      assertThat(rows.getBigDecimal(8)).isEqualTo(new BigDecimal("12.34"));
      assertThat(rows.getString(9)).isEqualTo("text");
      assertThat(rows.getDate(10)).isEqualTo(Date.valueOf("2024-02-29"));
      assertThat(rows.getTimestamp(11)).isEqualTo(Timestamp.valueOf("2024-02-29 12:34:56.789"));
      assertThat(rows.getString(12)).isEqualTo("hi");
      assertThat(rows.getString(13)).isEqualTo("[1,null]");
      assertThat(rows.getString(14)).isEqualTo("{\"k\":1}");
      assertThat(rows.getString(15)).isEqualTo("{\"a\":1,\"b\":\"x\"}");
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        assertThat(rows.getObject(i)).as(rows.getMetaData().getColumnLabel(i)).isNull();
      }
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void readsAMillionRows() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10_000);
      try (ResultSet rows = statement.executeQuery("SELECT id FROM range(1000000)")) {
        long count = 0;
        long sum = 0;
        while (rows.next()) {
          count++;
          sum += rows.getLong(1);
        }
        assertThat(count).isEqualTo(1_000_000);
        assertThat(sum).isEqualTo(499_999_500_000L);
      }
    }
  }

  @Test
  void reportsAnErrorWithItsSqlState() {
    assertThatThrownBy(
            () -> {
              try (Statement statement = connection.createStatement()) {
                statement.execute("SELECT * FROM no_such_table");
              }
            })
        .isInstanceOfSatisfying(
            SQLException.class, error -> assertThat(error.getSQLState()).isEqualTo("42P01"))
        .hasMessageContaining("no_such_table");
  }

  @Test
  void listsTheFunctionsThatThisSparkHas() throws SQLException {
    List<String> named = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SHOW FUNCTIONS")) {
      while (rows.next()) {
        String name = rows.getString(1);
        if (Character.isLetter(name.charAt(0))) {
          named.add(name);
        }
      }
    }
    try (ResultSet functions = connection.getMetaData().getFunctions(null, null, "%")) {
      assertThat(column(functions, "FUNCTION_NAME")).containsExactlyInAnyOrderElementsOf(named);
    }
  }

  @Test
  void cancelsARunningStatement() throws Exception {
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Statement statement = connection.createStatement()) {
      Future<?> running =
          other.submit(
              () ->
                  statement.execute(
                      "SELECT count(*) FROM range(100000000) a CROSS JOIN range(100000) b"
                          + " WHERE a.id * b.id = -1"));
      // The driver knows the operation once ExecuteStatement has returned; before, cancel is lost.
      org.awaitility.Awaitility.await()
          .atMost(Duration.ofSeconds(90))
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                if (!running.isDone()) {
                  statement.cancel();
                }
                return running.isDone();
              });
      assertThatThrownBy(() -> running.get(1, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SQLException.class);
    } finally {
      other.shutdownNow();
    }
  }

  private static List<String> column(ResultSet rows, String name) throws SQLException {
    List<String> values = new ArrayList<>();
    while (rows.next()) {
      values.add(rows.getString(name));
    }
    return values;
  }
}
