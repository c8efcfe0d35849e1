// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.files.FileLocation;
import io.kitsune.catalog.files.FolderContent;
import io.kitsune.catalog.files.FolderLister;
import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.TableMeta;

/**
 * A Hive Metastore. Names are compared without case, as the Metastore does. Nothing is kept between
 * calls but listings, if they have a time to live: each load fetches the table's definition, and
 * with it an Iceberg table's pointer, anew.
 */
final class HiveMetastoreCatalog implements Catalog, HiveStorage {
  private static final String TABLE_TYPE = "table_type";
  private static final String METADATA_LOCATION = "metadata_location";

  private final String name;
  private final MetastoreClient client;
  private final IcebergTables icebergTables;
  private final Content content;
  private final FolderLister folders;
  private final TableCache<FolderContent> listings;
  private final TableCache<List<String>> partitionNames;
  private final TableCache<List<StoredPartition>> partitions;

  /**
   * Closes what it is given when it is closed.
   *
   * @param timeToLive for listings of folders and partitions; zero keeps none
   */
  HiveMetastoreCatalog(
      String name,
      MetastoreClient client,
      IcebergTables icebergTables,
      Content content,
      FolderLister folders,
      Duration timeToLive) {
    this.name = requireNonNull(name, "name");
    this.client = requireNonNull(client, "client");
    this.icebergTables = requireNonNull(icebergTables, "icebergTables");
    this.content = requireNonNull(content, "content");
    this.folders = requireNonNull(folders, "folders");
    this.listings = new TableCache<>(timeToLive, listing -> listing.files().size());
    this.partitionNames = new TableCache<>(timeToLive, List::size);
    this.partitions = new TableCache<>(timeToLive, List::size);
  }

  /** Which of the Metastore's tables the catalog has. */
  enum Content {
    EVERYTHING,
    /** Iceberg tables only, as Iceberg's own Hive catalog shows them. */
    ICEBERG_TABLES
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<List<String>> namespaces() {
    return client.databases().stream().sorted().map(List::of).toList();
  }

  @Override
  public Optional<Map<String, String>> namespaceProperties(List<String> namespace) {
    if (namespace.size() != 1) {
      return Optional.empty();
    }
    return client.database(lowerCase(namespace.get(0))).map(HiveMetastoreCatalog::properties);
  }

  private static Map<String, String> properties(Database database) {
    Map<String, String> properties = new HashMap<>();
    if (database.getParameters() != null) {
      properties.putAll(database.getParameters());
    }
    properties.put("location", database.getLocationUri());
    properties.put("comment", database.getDescription());
    properties.put("owner", database.getOwnerName());
    properties.values().removeIf(value -> value == null || value.isEmpty());
    return Map.copyOf(properties);
  }

  @Override
  public List<Entry> list(List<String> namespace) {
    if (namespaceProperties(namespace).isEmpty()) {
      throw new KitsuneException(
          "CATALOG_NAMESPACE_NOT_FOUND",
          "42704",
          "catalog %s has no namespace %s; SHOW NAMESPACES lists them"
              .formatted(name, String.join(".", namespace)));
    }
    String database = lowerCase(namespace.get(0));
    List<TableMeta> found =
        client.tables(database).stream().filter(t -> database.equals(t.getDbName())).toList();
    Stream<Entry> entries =
        switch (content) {
          case EVERYTHING ->
              found.stream().map(t -> new Entry(t.getTableName(), kind(t.getTableType())));
          case ICEBERG_TABLES ->
              client.tables(database, found.stream().map(TableMeta::getTableName).toList()).stream()
                  .filter(HiveMetastoreCatalog::isIceberg)
                  .map(t -> new Entry(t.getTableName(), Kind.TABLE));
        };
    return entries.sorted(Comparator.comparing(Entry::name)).toList();
  }

  private static Kind kind(String tableType) {
    return "VIRTUAL_VIEW".equals(tableType) || "MATERIALIZED_VIEW".equals(tableType)
        ? Kind.VIEW
        : Kind.TABLE;
  }

  @Override
  public Optional<Table> load(List<String> namespace, String table, Version version) {
    if (namespace.size() != 1) {
      return Optional.empty();
    }
    return client
        .table(lowerCase(namespace.get(0)), lowerCase(table))
        .filter(stored -> content == Content.EVERYTHING || isIceberg(stored))
        .map(stored -> read(stored, version));
  }

  private Table read(org.apache.hadoop.hive.metastore.api.Table stored, Version version) {
    TableName table = TableName.of(name, stored.getDbName(), stored.getTableName());
    if (isIceberg(stored)) {
      return icebergTable(table, stored, version);
    }
    if (!(version instanceof Version.Current)) {
      throw new KitsuneException(
          "CATALOG_TIME_TRAVEL_UNSUPPORTED",
          "0A000",
          "%s is not an Iceberg table, so it has no earlier versions; leave out VERSION or TIMESTAMP AS OF"
              .formatted(table));
    }
    String type = stored.getTableType() == null ? "MANAGED_TABLE" : stored.getTableType();
    return switch (type) {
      case "MANAGED_TABLE", "EXTERNAL_TABLE" -> StoredTables.hiveTable(table, stored);
      case "VIRTUAL_VIEW" -> StoredTables.view(table, stored);
      default ->
          throw new KitsuneException(
              "CATALOG_TABLE_UNSUPPORTED",
              "0A000",
              "%s is a %s of Hive's, which Spark cannot read; query its source tables"
                  .formatted(table, type));
    };
  }

  private IcebergTable icebergTable(
      TableName table, org.apache.hadoop.hive.metastore.api.Table stored, Version version) {
    String location = stored.getParameters().get(METADATA_LOCATION);
    if (location == null || location.isEmpty()) {
      throw StoredTables.unreadable(
          table, "it is an Iceberg table without the parameter " + METADATA_LOCATION);
    }
    return icebergTables.load(table, location, version);
  }

  private static boolean isIceberg(org.apache.hadoop.hive.metastore.api.Table stored) {
    return stored.getParameters() != null
        && "ICEBERG".equalsIgnoreCase(stored.getParameters().get(TABLE_TYPE));
  }

  @Override
  public void invalidate(List<String> namespace, String table) {
    if (namespace.size() == 1) {
      TableName full = TableName.of(name, lowerCase(namespace.get(0)), lowerCase(table));
      listings.forget(full);
      partitionNames.forget(full);
      partitions.forget(full);
    }
  }

  @Override
  public List<String> partitionNames(HiveTable table) {
    String database = table.name().namespace().get(0);
    return partitionNames.get(
        table.name(),
        "all",
        () -> List.copyOf(client.partitionNames(database, table.name().table())));
  }

  @Override
  public List<StoredPartition> partitions(HiveTable table, List<String> names) {
    String database = table.name().namespace().get(0);
    return partitions.get(
        table.name(),
        List.copyOf(names),
        () ->
            client.partitions(database, table.name().table(), names).stream()
                .map(stored -> StoredTables.partition(table, stored))
                .toList());
  }

  @Override
  public FolderContent list(HiveTable table, FileLocation folder) {
    return listings.get(table.name(), folder, () -> folders.list(folder));
  }

  @Override
  public void close() {
    try (client;
        folders) {
      icebergTables.close();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("catalog " + name + " could not be closed", e);
    }
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
