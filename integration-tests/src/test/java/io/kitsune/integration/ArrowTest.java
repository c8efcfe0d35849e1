// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Results over Arrow from real engines: the same as over rows, and as Spark's. */
@ExtendWith(LiveLake.class)
class ArrowTest {
  private static final String ARROW = "kyuubi.operation.result.format=arrow";
  private static final String ZONE = "spark.sql.session.timeZone=America/New_York";
  private static final String ARROW_ROWS = "KyuubiArrowQueryResultSet";
  private static final String THRIFT_ROWS = "KyuubiQueryResultSet";
  private static final String KINDS =
      "SELECT id, ti, sm, b, d, money, big, s, flag, ts FROM arrow.kinds ORDER BY id";

  @BeforeAll
  static void makeTables() throws SQLException {
    try (Connection spark = LiveLake.get().connect("kitsune.engine=spark;" + ZONE);
        Statement statement = spark.createStatement()) {
      statement.execute("CREATE DATABASE arrow");
      statement.execute(
          "CREATE TABLE arrow.kinds (id INT, ti TINYINT, sm SMALLINT, b BIGINT, d DOUBLE,"
              + " money DECIMAL(9,2), big DECIMAL(38,10), s STRING, flag BOOLEAN, day DATE,"
              + " ts TIMESTAMP) STORED AS PARQUET");
      statement.execute(
          "INSERT INTO arrow.kinds VALUES (1, 1Y, -2S, 3L, 2.5D, 1.25, 1.0000000001, 'żółw 🦊',"
              + " true, DATE '2024-02-29', TIMESTAMP '2024-03-10 03:30:00.123456'),"
              + " (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
              + " (3, -128Y, 32767S, -9223372036854775807L, DOUBLE('NaN'), -9999999.99,"
              + " -1234567890123456789012345678.5, '', false, DATE '9999-12-31',"
              + " TIMESTAMP '1969-12-31 18:59:59.999999')");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "trino"})
  void showsTheSameAsRowsAndAsSpark(String engine) throws SQLException {
    ResultTable arrow = read(engine, ARROW, KINDS, ARROW_ROWS);

    assertThat(arrow.rows()).hasSize(3);
    assertThat(arrow).isEqualTo(read(engine, "", KINDS, THRIFT_ROWS));
    assertThat(arrow).isEqualTo(read("spark", ARROW, KINDS, THRIFT_ROWS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "trino"})
  void losesNoRowOfALargeResult(String engine) throws SQLException {
    String lines =
        "SELECT l_orderkey, l_linenumber, l_extendedprice, l_comment FROM tpch.lineitem"
            + " WHERE l_orderkey < 50000 ORDER BY l_orderkey, l_linenumber";
    ResultTable arrow = read(engine, ARROW, lines, ARROW_ROWS);

    assertThat(arrow.rows()).hasSizeGreaterThan(40_000);
    assertThat(arrow).isEqualTo(read(engine, "", lines, THRIFT_ROWS));
  }

  @ParameterizedTest
  @ValueSource(strings = {"duckdb", "trino"})
  void goesAsRowsWithADate(String engine) throws SQLException {
    String days = "SELECT id, day FROM arrow.kinds ORDER BY id";

    assertThat(read(engine, ARROW, days, THRIFT_ROWS))
        .isEqualTo(read("spark", "", days, THRIFT_ROWS));
  }

  private static ResultTable read(String engine, String settings, String sql, String format)
      throws SQLException {
    try (Connection connection =
            LiveLake.get().connect("kitsune.engine=" + engine + ";" + ZONE + ";" + settings);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertThat(rows.getClass().getSimpleName()).isEqualTo(format);
      return ResultTable.of(rows);
    }
  }
}
