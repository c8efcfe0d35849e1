// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.trino.tpcds.Results;
import io.trino.tpcds.Session;
import io.trino.tpcds.Table;
import io.trino.tpcds.column.Column;
import io.trino.tpcds.column.ColumnType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/** TPC-DS tables at a small scale beside those of the probes; the largest are cut. */
public final class TpcdsData {
  private static final double SCALE = 0.01;
  private static final int MOST_ROWS = 100_000;

  private TpcdsData() {}

  static List<Table> tables() {
    return Table.getBaseTables().stream().filter(table -> table != Table.DBGEN_VERSION).toList();
  }

  /** Writes the tables that are not there yet. */
  public static void write() throws IOException, SQLException {
    Files.createDirectories(ProbeData.FOLDER);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      for (Table table : tables()) {
        Path file = ProbeData.file(file(table));
        if (!Files.exists(file)) {
          statement.execute("CREATE TABLE t (" + columns(table, "%s VARCHAR") + ")");
          append(table, connection.unwrap(DuckDBConnection.class));
          String typed = "SELECT " + columns(table, "CAST(%1$s AS %2$s) AS %1$s") + " FROM t";
          statement.execute("COPY (" + typed + ") TO '" + file + "' (FORMAT parquet)");
          statement.execute("DROP TABLE t");
        }
      }
    }
  }

  /** The tables, by the names of their files. */
  public static List<String> files() {
    return tables().stream().map(TpcdsData::file).toList();
  }

  /** TPC-H has a customer of its own. */
  static String file(Table table) {
    return "tpcds_" + table.getName();
  }

  private static void append(Table table, DuckDBConnection connection) throws SQLException {
    Session session = Session.getDefaultSession().withScale(SCALE).withTable(table);
    int rows = 0;
    try (DuckDBAppender appender = connection.createAppender("t")) {
      for (List<List<String>> batch : Results.constructResults(table, session)) {
        appender.beginRow();
        for (String cell : batch.get(0)) {
          appender.append(cell);
        }
        appender.endRow();
        if (++rows == MOST_ROWS) {
          break;
        }
      }
    }
  }

  private static String columns(Table table, String form) {
    return String.join(
        ", ",
        Arrays.stream(table.getColumns())
            .map(column -> form.formatted(column.getName(), type(column)))
            .toList());
  }

  private static String type(Column column) {
    ColumnType type = column.getType();
    return switch (type.getBase()) {
      case IDENTIFIER, INTEGER -> "INTEGER";
      case DECIMAL -> "DECIMAL(" + type.getPrecision().get() + "," + type.getScale().get() + ")";
      case DATE -> "DATE";
      default -> "VARCHAR";
    };
  }
}
