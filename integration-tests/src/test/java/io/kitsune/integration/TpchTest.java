// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import io.kitsune.gateway.demo.TpchData;
import io.kitsune.router.RoutingDecision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The 22 TPC-H queries: DuckDB, Trino and the automatic choice give Spark's values, types and
 * labels, over Hive tables and over Iceberg tables. Which engine took each is written to {@code
 * target/tpch-routes-<storage>.md}.
 */
@ExtendWith(LiveLake.class)
class TpchTest {

  @Test
  void everyEngineGivesSparksAnswerOverHiveTables() throws Exception {
    compare("tpch", "hive", List.of("duckdb", "trino", "auto"));
  }

  @Test
  void everyEngineGivesSparksAnswerOverIcebergTables() throws Exception {
    try (Connection connection = LiveLake.get().connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS tpch_iceberg");
      for (String table : TpchData.tableNames()) {
        statement.execute(
            "CREATE TABLE tpch_iceberg.%1$s USING iceberg AS SELECT * FROM tpch.%1$s"
                .formatted(table));
      }
    }
    compare("tpch_iceberg", "iceberg", List.of("duckdb", "trino", "auto"));
  }

  /** The last engine is {@code auto}, whose choice is reported. */
  private static void compare(String database, String storage, List<String> engines)
      throws SQLException, IOException {
    List<String> report = new ArrayList<>();
    report.add("| query | engine | rows | scanned | why |\n|---|---|---|---|---|");
    SoftAssertions softly = new SoftAssertions();
    Map<String, Connection> sessions = new LinkedHashMap<>();
    try (Connection spark = session(database, "spark")) {
      for (String engine : engines) {
        sessions.put(engine, session(database, engine));
      }
      for (int number = 1; number <= TpchQueries.COUNT; number++) {
        String query = TpchQueries.text(number);
        ResultTable expected = ResultTable.of(spark, query);
        softly.assertThat(expected.rows()).as("query %d has rows", number).isNotNull();
        for (Map.Entry<String, Connection> session : sessions.entrySet()) {
          softly
              .assertThat(answer(session.getValue(), query, number, softly))
              .as("query %d on %s over %s", number, session.getKey(), storage)
              .isEqualTo(expected);
        }
        report.add(line(number, expected.rows().size()));
      }
    } finally {
      for (Connection connection : sessions.values()) {
        connection.close();
      }
    }
    Files.write(Path.of("target", "tpch-routes-" + storage + ".md"), report);
    softly.assertAll();
  }

  private static ResultTable answer(
      Connection connection, String query, int number, SoftAssertions softly) {
    try {
      return ResultTable.of(connection, query);
    } catch (SQLException e) {
      softly.fail("query " + number + ": " + e.getMessage());
      return new ResultTable(List.of("no answer"), List.of());
    }
  }

  private static Connection session(String database, String engine) throws SQLException {
    Connection connection = LiveLake.get().connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("USE " + database);
      statement.execute("SET kitsune.engine=" + engine);
    }
    return connection;
  }

  /** The automatic run was the last statement. */
  private static String line(int number, int rows) {
    RoutingDecision decision = LiveLake.get().lastReport().decision().get(0);
    long bytes =
        decision.scans().stream().mapToLong(scan -> scan.estimate().bytes().orElse(0)).sum();
    return String.format(
        Locale.ROOT,
        "| %d | %s | %d | %,d bytes | %s |",
        number,
        decision.chosen().engine().id(),
        rows,
        bytes,
        decision.chosen().reason());
  }
}
