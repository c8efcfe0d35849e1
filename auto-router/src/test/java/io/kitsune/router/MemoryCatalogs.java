// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.View;
import io.kitsune.error.KitsuneException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Catalogs {@code spark_catalog} and {@code lake} that hold what a test puts there. */
public final class MemoryCatalogs implements Catalogs {
  private final Map<String, Table> tables = new TreeMap<>();
  private String failure = "";

  /** Adds a Hive table with these columns, all INT, to {@code catalog.db.name}. */
  public MemoryCatalogs table(String catalog, String database, String name, String... columns) {
    List<Column> all =
        Stream.of(columns).map(column -> Column.of(column, DataType.Simple.INT)).toList();
    TableName full = TableName.of(catalog, database, name);
    put(
        new HiveTable(
            full,
            all,
            List.of(),
            HiveTable.FileFormat.PARQUET,
            "file:/tables/" + name,
            HiveTable.Kind.MANAGED,
            Map.of(),
            "owner"));
    return this;
  }

  /** Adds a view of {@code spark_catalog.db} made in that namespace. */
  public MemoryCatalogs view(
      String database, String name, String text, List<String> queryColumns, String... columns) {
    return view(database, name, text, Map.of(), queryColumns, columns);
  }

  /** The same, with the settings that Spark stored. */
  public MemoryCatalogs view(
      String database,
      String name,
      String text,
      Map<String, String> configuration,
      List<String> queryColumns,
      String... columns) {
    List<Column> all =
        Stream.of(columns).map(column -> Column.of(column, DataType.Simple.INT)).toList();
    put(
        new View(
            TableName.of(SESSION_CATALOG, database, name),
            all,
            text,
            View.Origin.SPARK,
            SESSION_CATALOG,
            List.of(database),
            queryColumns,
            configuration));
    return this;
  }

  /** Adds a table or view, or replaces the one of its name. */
  public void put(Table table) {
    tables.put(key(table.name()), table);
  }

  private static String key(TableName name) {
    return name.toString().toLowerCase(Locale.ROOT);
  }

  /** From now on every load fails with this code. */
  public void fail(String code) {
    failure = code;
  }

  @Override
  public List<String> names() {
    return List.of(SESSION_CATALOG, "lake");
  }

  @Override
  public Optional<Catalog> find(String name) {
    return names().contains(name) ? Optional.of(new MemoryCatalog(name)) : Optional.empty();
  }

  @Override
  public void close() {
    tables.clear();
  }

  private final class MemoryCatalog implements Catalog {
    private final String name;

    MemoryCatalog(String name) {
      this.name = name;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public List<List<String>> namespaces() {
      return tables.values().stream().map(table -> table.name().namespace()).distinct().toList();
    }

    @Override
    public Optional<Map<String, String>> namespaceProperties(List<String> namespace) {
      boolean known =
          tables.values().stream()
              .anyMatch(
                  table ->
                      table.name().catalog().equals(name)
                          && table.name().namespace().equals(namespace));
      return known ? Optional.of(Map.of()) : Optional.empty();
    }

    @Override
    public List<Entry> list(List<String> namespace) {
      return List.of();
    }

    @Override
    public Optional<Table> load(List<String> namespace, String table, Version version) {
      if (!failure.isEmpty()) {
        throw new KitsuneException(failure, "08001", "The catalog fails as the test says.");
      }
      return Optional.ofNullable(tables.get(key(new TableName(name, namespace, table))));
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
