// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.View;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Catalogs in memory. */
final class MemoryCatalogs implements Catalogs {
  private final NavigableMap<String, MemoryCatalog> catalogs = new TreeMap<>();
  final Queue<TableName> invalidated = new ConcurrentLinkedQueue<>();

  MemoryCatalogs() {
    add(SESSION_CATALOG, List.of("default"));
  }

  MemoryCatalogs add(String catalog, List<String> namespace) {
    catalogs
        .computeIfAbsent(catalog, name -> new MemoryCatalog(name, new TreeMap<>(BY_PARTS)))
        .tables()
        .put(namespace, new TreeMap<>());
    return this;
  }

  MemoryCatalogs add(Table table) {
    TableName name = table.name();
    catalogs.get(name.catalog()).tables().get(name.namespace()).put(name.table(), table);
    return this;
  }

  static HiveTable hive(TableName name, List<Column> data, List<Column> partition) {
    return new HiveTable(
        name,
        data,
        partition,
        HiveTable.FileFormat.PARQUET,
        "file:/nowhere",
        HiveTable.Kind.MANAGED,
        Map.of(),
        "");
  }

  @Override
  public List<String> names() {
    return catalogs.keySet().stream()
        .sorted(Comparator.comparing(name -> name.equals(SESSION_CATALOG) ? "" : name))
        .toList();
  }

  @Override
  public Optional<Catalog> find(String name) {
    return Optional.ofNullable(catalogs.get(name));
  }

  @Override
  public void invalidate(TableName name) {
    invalidated.add(name);
  }

  @Override
  public void close() {
    catalogs.clear();
  }

  private static final Comparator<List<String>> BY_PARTS =
      Comparator.comparing(parts -> String.join(".", parts));

  private record MemoryCatalog(
      String name, NavigableMap<List<String>, NavigableMap<String, Table>> tables)
      implements Catalog {
    @Override
    public List<List<String>> namespaces() {
      return List.copyOf(tables.keySet());
    }

    @Override
    public Optional<Map<String, String>> namespaceProperties(List<String> namespace) {
      return tables.containsKey(namespace) ? Optional.of(Map.of()) : Optional.empty();
    }

    @Override
    public List<Entry> list(List<String> namespace) {
      return tables.get(namespace).values().stream()
          .map(
              table ->
                  new Entry(table.name().table(), table instanceof View ? Kind.VIEW : Kind.TABLE))
          .toList();
    }

    @Override
    public Optional<Table> load(List<String> namespace, String table, Version version) {
      return Optional.ofNullable(tables.getOrDefault(namespace, new TreeMap<>()).get(table));
    }

    @Override
    public void invalidate(List<String> namespace, String table) {
      // Nothing is cached.
    }

    @Override
    public void close() {
      tables.clear();
    }
  }
}
