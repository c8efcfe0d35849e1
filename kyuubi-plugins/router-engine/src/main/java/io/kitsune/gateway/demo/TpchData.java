// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.demo;

import io.kitsune.engine.ProgressListener;
import io.kitsune.error.KitsuneException;
import io.trino.tpch.TpchColumn;
import io.trino.tpch.TpchColumnType;
import io.trino.tpch.TpchEntity;
import io.trino.tpch.TpchTable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * TPC-H tables as Parquet files, a folder for each table, with the types of the specification: keys
 * are BIGINT, money is DECIMAL(15,2), fixed and variable text is STRING. The rows are those of
 * dbgen, by Trino's port of it; DuckDB writes the files.
 */
public final class TpchData {
  private static final int ROWS_BETWEEN_PROGRESS = 100_000;

  private final double scale;

  /** Data of a scale factor; 1 is about a gigabyte of text. */
  public TpchData(double scale) {
    if (!(scale > 0 && scale <= 100)) {
      throw new KitsuneException(
          "DEMO_SCALE", "22023", "a TPC-H scale lies above 0 and is at most 100, not " + scale);
    }
    this.scale = scale;
  }

  /** The names of the eight tables. */
  public static List<String> tableNames() {
    return TpchTable.getTables().stream().map(TpchTable::getTableName).toList();
  }

  /**
   * The columns of a table as a list for CREATE TABLE, in Spark's types ({@code l_orderkey BIGINT,
   * …}).
   */
  public static String columnList(String table) {
    return TpchTable.getTable(table).getColumns().stream()
        .map(column -> column.getColumnName() + " " + sparkType(column))
        .collect(Collectors.joining(", "));
  }

  /**
   * Writes every table that is not there yet, below {@code folder}: {@code
   * folder/<table>/<table>.parquet}.
   */
  public void write(Path folder, ProgressListener progress) {
    try {
      Files.createDirectories(folder);
      for (TpchTable<?> table : TpchTable.getTables()) {
        write(table, folder.resolve(table.getTableName()), progress);
      }
    } catch (IOException | SQLException e) {
      throw new KitsuneException(
          "DEMO_DATA",
          "58030",
          "TPC-H data could not be written below %s: %s".formatted(folder, e.getMessage()),
          e);
    }
  }

  private <E extends TpchEntity> void write(
      TpchTable<E> table, Path folder, ProgressListener progress) throws IOException, SQLException {
    Path file = folder.resolve(table.getTableName() + ".parquet");
    if (Files.exists(file)) {
      return;
    }
    Files.createDirectories(folder);
    // A name that begins with a dot is no data file to any engine until it is complete.
    Path unfinished = folder.resolve("." + file.getFileName() + ".unfinished");
    Files.deleteIfExists(unfinished);
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t (" + duckDbColumns(table) + ")");
      append(table, connection.unwrap(DuckDBConnection.class), progress);
      statement.execute(
          "COPY t TO '"
              + unfinished.toString().replace("'", "''")
              + "' (FORMAT parquet, COMPRESSION snappy)");
    }
    Files.move(unfinished, file);
  }

  private <E extends TpchEntity> void append(
      TpchTable<E> table, DuckDBConnection connection, ProgressListener progress)
      throws SQLException {
    List<TpchColumn<E>> columns = table.getColumns();
    long rows = 0;
    try (DuckDBAppender appender = connection.createAppender("t")) {
      for (E entity : table.createGenerator(scale, 1, 1)) {
        appender.beginRow();
        for (TpchColumn<E> column : columns) {
          append(appender, column, entity);
        }
        appender.endRow();
        rows++;
        if (rows % ROWS_BETWEEN_PROGRESS == 0) {
          progress.progress(
              String.format(
                  Locale.ROOT, "generating TPC-H %s: %,d rows", table.getTableName(), rows));
        }
      }
    }
  }

  private static <E extends TpchEntity> void append(
      DuckDBAppender appender, TpchColumn<E> column, E entity) throws SQLException {
    switch (column.getType().getBase()) {
      case IDENTIFIER -> appender.append(column.getIdentifier(entity));
      case INTEGER -> appender.append(column.getInteger(entity));
      case DATE -> appender.append(LocalDate.ofEpochDay(column.getDate(entity)));
      case DOUBLE ->
          appender.append(BigDecimal.valueOf(Math.round(column.getDouble(entity) * 100), 2));
      case VARCHAR -> appender.append(column.getString(entity));
    }
  }

  private static String duckDbColumns(TpchTable<?> table) {
    List<String> columns = new ArrayList<>();
    for (TpchColumn<?> column : table.getColumns()) {
      columns.add(column.getColumnName() + " " + sparkType(column).replace("STRING", "VARCHAR"));
    }
    return String.join(", ", columns);
  }

  private static String sparkType(TpchColumn<?> column) {
    TpchColumnType.Base base = column.getType().getBase();
    return switch (base) {
      case IDENTIFIER -> "BIGINT";
      case INTEGER -> "INT";
      case DATE -> "DATE";
      case DOUBLE -> "DECIMAL(15,2)";
      case VARCHAR -> "STRING";
    };
  }
}
