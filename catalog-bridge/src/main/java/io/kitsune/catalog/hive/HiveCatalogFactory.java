// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.CatalogFactory;
import io.kitsune.catalog.CatalogProperties;
import io.kitsune.catalog.files.FolderLister;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;

/**
 * Makes catalogs over a Hive Metastore, of the types {@code hive} (everything in it) and {@code
 * iceberg-hive} (its Iceberg tables only). Their properties:
 *
 * <ul>
 *   <li>{@code uri}: {@code thrift://host:port}, or several with commas between, tried in order
 *   <li>{@code connect-timeout} (5s), for each address
 *   <li>{@code timeout} (30s), for each answer and for a free connection
 *   <li>{@code connections} (8), at most
 *   <li>{@code listing-ttl} (0s), how long listings of a table's folders and partitions are kept; a
 *       write through the gateway ends it
 *   <li>{@code listing-timeout} (30s), for each folder of another store than this machine's
 *   <li>{@code io.*}: handed to Iceberg's file access, without the beginning
 * </ul>
 */
public final class HiveCatalogFactory implements CatalogFactory {
  private final String type;
  private final HiveMetastoreCatalog.Content content;
  private final Function<Map<String, String>, IcebergTables> icebergTables;

  private HiveCatalogFactory(
      String type,
      HiveMetastoreCatalog.Content content,
      Function<Map<String, String>, IcebergTables> icebergTables) {
    this.type = type;
    this.content = content;
    this.icebergTables = requireNonNull(icebergTables, "icebergTables");
  }

  /**
   * The type {@code hive}.
   *
   * @param icebergTables opens a reader of Iceberg metadata with the {@code io.*} properties; the
   *     catalog closes it
   */
  public static HiveCatalogFactory everything(
      Function<Map<String, String>, IcebergTables> icebergTables) {
    return new HiveCatalogFactory("hive", HiveMetastoreCatalog.Content.EVERYTHING, icebergTables);
  }

  /** The type {@code iceberg-hive}; the parameter is that of {@link #everything}. */
  public static HiveCatalogFactory icebergTables(
      Function<Map<String, String>, IcebergTables> icebergTables) {
    return new HiveCatalogFactory(
        "iceberg-hive", HiveMetastoreCatalog.Content.ICEBERG_TABLES, icebergTables);
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public Catalog create(String name, CatalogProperties properties) {
    MetastoreSettings settings = MetastoreSettings.of(properties);
    Duration listingTimeToLive = properties.duration("listing-ttl", Duration.ZERO);
    Duration listingTimeout = properties.duration("listing-timeout", Duration.ofSeconds(30));
    IcebergTables tables = icebergTables.apply(properties.startingWith("io."));
    MetastoreClient client = new MetastoreClient(name, settings);
    return new HiveMetastoreCatalog(
        name, client, tables, content, new FolderLister(listingTimeout), listingTimeToLive);
  }
}
