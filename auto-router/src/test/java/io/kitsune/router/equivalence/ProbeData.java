// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.TableName;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * The tables of the probes and of TPC-H at scale 0.01, as Parquet files below {@code target}. The
 * same rows come out every time, since Spark's recorded answers are to them.
 */
public final class ProbeData {
  static final Path FOLDER = Path.of("target", "probe-data").toAbsolutePath();

  private static final double SCALE = 0.01;
  private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
  private static final Map<String, DataType> TYPES =
      Map.ofEntries(
          Map.entry("BOOLEAN", DataType.Simple.BOOLEAN),
          Map.entry("TINYINT", DataType.Simple.TINYINT),
          Map.entry("SMALLINT", DataType.Simple.SMALLINT),
          Map.entry("INTEGER", DataType.Simple.INT),
          Map.entry("BIGINT", DataType.Simple.BIGINT),
          Map.entry("FLOAT", DataType.Simple.FLOAT),
          Map.entry("DOUBLE", DataType.Simple.DOUBLE),
          Map.entry("VARCHAR", DataType.Simple.STRING),
          Map.entry("DATE", DataType.Simple.DATE),
          Map.entry("TIMESTAMP WITH TIME ZONE", DataType.Simple.TIMESTAMP));

  private ProbeData() {}

  /** Writes what is not there yet. */
  public static void write() throws IOException, SQLException {
    Files.createDirectories(FOLDER);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone='UTC'");
      for (String definition : Resources.statements("/equivalence/tables.sql")) {
        int as = definition.indexOf(" AS ");
        String name = definition.substring(0, as).strip();
        copy(statement, "(" + definition.substring(as + 4) + ")", file(name));
      }
      for (TpchTable<?> table : TpchTable.getTables()) {
        if (!Files.exists(file(table.getTableName()))) {
          statement.execute("CREATE TABLE t (" + columns(table) + ")");
          append(table, connection.unwrap(DuckDBConnection.class));
          copy(statement, "t", file(table.getTableName()));
          statement.execute("DROP TABLE t");
        }
      }
    }
  }

  /** A table as the Metastore would have it. */
  public static HiveTable table(String name) {
    List<Column> columns = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement();
        ResultSet described =
            statement.executeQuery("DESCRIBE SELECT * FROM '" + file(name) + "'")) {
      while (described.next()) {
        columns.add(Column.of(described.getString(1), type(described.getString(2))));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("no such table: " + name, e);
    }
    return new HiveTable(
        TableName.of("spark_catalog", "default", name),
        columns,
        List.of(),
        HiveTable.FileFormat.PARQUET,
        FOLDER.toString(),
        HiveTable.Kind.EXTERNAL,
        Map.of(),
        "");
  }

  /** Where the table's rows are. */
  public static Path file(String table) {
    return FOLDER.resolve(table + ".parquet");
  }

  private static void copy(Statement statement, String source, Path file) throws SQLException {
    statement.execute("COPY " + source + " TO '" + file + "' (FORMAT parquet)");
  }

  private static DataType type(String duckDb) {
    Matcher decimal = DECIMAL.matcher(duckDb);
    if (decimal.matches()) {
      return new DataType.Decimal(
          Integer.parseInt(decimal.group(1)), Integer.parseInt(decimal.group(2)));
    }
    return TYPES.get(duckDb);
  }

  private static String columns(TpchTable<?> table) {
    return String.join(
        ", ",
        table.getColumns().stream()
            .map(column -> column.getColumnName() + " " + type(column))
            .toList());
  }

  private static String type(TpchColumn<?> column) {
    return switch (column.getType().getBase()) {
      case IDENTIFIER -> "BIGINT";
      case INTEGER -> "INTEGER";
      case DATE -> "DATE";
      case DOUBLE -> "DECIMAL(15,2)";
      case VARCHAR -> "VARCHAR";
    };
  }

  private static <E extends TpchEntity> void append(TpchTable<E> table, DuckDBConnection connection)
      throws SQLException {
    try (DuckDBAppender appender = connection.createAppender("t")) {
      for (E entity : table.createGenerator(SCALE, 1, 1)) {
        appender.beginRow();
        for (TpchColumn<E> column : table.getColumns()) {
          switch (column.getType().getBase()) {
            case IDENTIFIER -> appender.append(column.getIdentifier(entity));
            case INTEGER -> appender.append(column.getInteger(entity));
            case DATE -> appender.append(LocalDate.ofEpochDay(column.getDate(entity)));
            case DOUBLE ->
                appender.append(BigDecimal.valueOf(Math.round(column.getDouble(entity) * 100), 2));
            case VARCHAR -> appender.append(column.getString(entity));
          }
        }
        appender.endRow();
      }
    }
  }
}
