// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.files.FileLocation;
import io.kitsune.catalog.files.FolderContent;
import io.kitsune.catalog.files.FolderContent.ListedFile;
import io.kitsune.catalog.hive.HiveStorage;
import io.kitsune.catalog.hive.StoredPartition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Hive table of a hundred rows in one Parquet file, without a Metastore. Thread-safe. */
record RehearsalCatalogs(Path file, long bytes) implements Catalogs {
  /** The table, in the namespace {@code default}. */
  static final String TABLE = "sales";

  private static final List<String> NAMESPACE = List.of("default");

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("id", Simple.BIGINT),
          Column.of("place", Simple.INT),
          Column.of("amount", new Decimal(12, 2)),
          Column.of("label", Simple.STRING),
          Column.of("day", Simple.DATE),
          Column.of("open", Simple.BOOLEAN),
          Column.of("ratio", Simple.DOUBLE));

  private static final String ROWS =
      """
      SELECT i AS id, (i % 7)::INTEGER AS place, (i * 1.25)::DECIMAL(12, 2) AS amount,
        'label ' || (i % 5) AS label, DATE '2024-01-01' + i::INTEGER AS day, i % 2 = 0 AS open,
        i / 8.0::DOUBLE AS ratio
      FROM range(100) AS r(i)""";

  /** Writes the file, where it is not there yet. */
  static RehearsalCatalogs in(Path folder) throws IOException, SQLException {
    Path file = folder.resolve("sales.parquet");
    if (!Files.exists(file)) {
      Files.createDirectories(folder);
      Path unfinished = folder.resolve("." + ProcessHandle.current().pid() + ".unfinished");
      try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
          Statement statement = connection.createStatement()) {
        statement.execute(
            "COPY (%s) TO '%s' (FORMAT parquet)"
                .formatted(ROWS, unfinished.toString().replace("'", "''")));
      }
      Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }
    return new RehearsalCatalogs(file, Files.size(file));
  }

  @Override
  public List<String> names() {
    return List.of(SESSION_CATALOG);
  }

  @Override
  public Optional<Catalog> find(String name) {
    return name.equals(SESSION_CATALOG) ? Optional.of(new OneTable(file, bytes)) : Optional.empty();
  }

  @Override
  public void close() {
    // Nothing is held.
  }

  private record OneTable(Path file, long bytes) implements Catalog, HiveStorage {
    @Override
    public String name() {
      return SESSION_CATALOG;
    }

    @Override
    public List<List<String>> namespaces() {
      return List.of(NAMESPACE);
    }

    @Override
    public Optional<Map<String, String>> namespaceProperties(List<String> namespace) {
      return namespace.equals(NAMESPACE) ? Optional.of(Map.of()) : Optional.empty();
    }

    @Override
    public List<Entry> list(List<String> namespace) {
      return List.of(new Entry(TABLE, Kind.TABLE));
    }

    @Override
    public Optional<Table> load(List<String> namespace, String table, Version version) {
      return namespace.equals(NAMESPACE) && table.equals(TABLE)
          ? Optional.of(table())
          : Optional.empty();
    }

    private HiveTable table() {
      return new HiveTable(
          TableName.of(SESSION_CATALOG, NAMESPACE.get(0), TABLE),
          COLUMNS,
          List.of(),
          HiveTable.FileFormat.PARQUET,
          file.getParent().toUri().toString(),
          HiveTable.Kind.EXTERNAL,
          Map.of(),
          "");
    }

    @Override
    public List<String> partitionNames(HiveTable table) {
      return List.of();
    }

    @Override
    public List<StoredPartition> partitions(HiveTable table, List<String> names) {
      return List.of();
    }

    @Override
    public FolderContent list(HiveTable table, FileLocation folder) {
      return new FolderContent(List.of(new ListedFile(file.toString(), bytes, 0)), false);
    }

    @Override
    public void invalidate(List<String> namespace, String table) {
      // Nothing is cached.
    }

    @Override
    public void close() {
      // Nothing is held.
    }
  }
}
