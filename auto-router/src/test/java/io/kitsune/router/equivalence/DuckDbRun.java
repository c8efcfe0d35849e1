// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.scan.HivePartition;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.router.Dispatch;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.resolution.TestResolutions;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Translates statements over the probes' tables and runs them in a DuckDB. */
final class DuckDbRun implements AutoCloseable {
  private final Connection connection;
  private final Map<String, Table> tables = new HashMap<>();
  private final DuckDbEquivalence equivalence = new DuckDbEquivalence();
  private final StatementReader reader = new StatementReader();

  private final String prefix;

  DuckDbRun() throws SQLException {
    this("");
  }

  /** Over tables whose files begin with the prefix. */
  DuckDbRun(String prefix) throws SQLException {
    this.prefix = prefix;
    connection = DriverManager.getConnection("jdbc:duckdb:");
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone='UTC'");
      statement.execute("SET memory_limit='1GB'");
      statement.execute("SET threads=2");
    }
  }

  /** The outcome over the probes' tables. */
  EngineEquivalence.Outcome translate(String sql, Map<String, String> configuration) {
    Statement.Query query = (Statement.Query) reader.read(sql);
    return equivalence.translate(
        AnalyzedQuery.of(
            query,
            TestResolutions.of(
                query.tree(), name -> tables.computeIfAbsent(prefix + name, ProbeData::table)),
            new SessionState("test", "spark_catalog", List.of("default"), configuration, Map.of()),
            request -> plan((HiveTable) request.table())));
  }

  private static ScanPlan plan(HiveTable table) {
    String name = table.name().table();
    return new ScanPlan.HiveFiles(
        table,
        List.of(
            new HivePartition(
                List.of(),
                List.of(
                    new ScanFile(
                        ProbeData.file(name).toString(), ProbeData.file(name).toFile().length())))),
        ScanEstimate.unknown("a test"),
        List.of());
  }

  /** The rows as text, in the forms of {@link SparkAnswer}. */
  List<List<String>> rows(Dispatch.DuckDbQuery query) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query.text())) {
      int width = result.getMetaData().getColumnCount();
      List<List<String>> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= width; i++) {
          row.add(text(result.getObject(i)));
        }
        rows.add(row);
      }
      return rows;
    }
  }

  /** DuckDB's labels and types of the result. */
  List<String> columns(Dispatch.DuckDbQuery query) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("SELECT * FROM (" + query.text() + ") LIMIT 0")) {
      ResultSetMetaData metadata = result.getMetaData();
      List<String> columns = new ArrayList<>();
      for (int i = 1; i <= metadata.getColumnCount(); i++) {
        columns.add(metadata.getColumnTypeName(i));
      }
      return columns;
    }
  }

  private static String text(Object value) {
    return value == null
        ? null
        : value instanceof BigDecimal number ? number.toPlainString() : value.toString();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
