// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.ConfiguredCatalogs;
import io.kitsune.catalog.hive.HiveCatalogFactory;
import io.kitsune.catalog.hive.scan.HiveScanPlanner;
import io.kitsune.catalog.iceberg.IcebergMetadata;
import io.kitsune.catalog.iceberg.IcebergRestCatalogFactory;
import io.kitsune.catalog.iceberg.scan.IcebergScanPlanner;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.catalog.scan.TableScanPlanner;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.metastore.EmbeddedMetastore;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.spark.MetastoreAddress;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The tables: every catalog, the planner of scans, and where Spark finds the same. Where no session
 * catalog is configured, a Metastore of Kitsune's own stands in, started when first needed.
 *
 * @param configuration every {@code kitsune.catalog.*} key, the session catalog's among them
 * @param warehouse where Spark puts managed tables
 */
record Lake(
    Catalogs catalogs,
    ScanPlanner planner,
    MetastoreAddress metastore,
    Path warehouse,
    Map<String, String> configuration) {
  private static final String SESSION_CATALOG_KEYS =
      ConfiguredCatalogs.PREFIX + Catalogs.SESSION_CATALOG + ".";

  static Lake open(
      KitsuneConfiguration settings,
      Artifacts artifacts,
      ProgressListener progress,
      Closing closing) {
    EmbeddedMetastore metastore =
        closing.add(
            new EmbeddedMetastore(settings.home(), artifacts, JvmProgram.currentJavaHome()));
    Map<String, String> keys = new TreeMap<>(settings.catalogs());
    keys.putIfAbsent(SESSION_CATALOG_KEYS + "type", EmbeddedCatalogFactory.TYPE);
    requireWhatSparkHasToo(keys);
    HiveCatalogFactory hive = HiveCatalogFactory.everything(IcebergMetadata::open);
    Catalogs catalogs =
        closing.add(
            ConfiguredCatalogs.of(
                keys,
                List.of(
                    hive,
                    HiveCatalogFactory.icebergTables(IcebergMetadata::open),
                    new IcebergRestCatalogFactory(),
                    new EmbeddedCatalogFactory(() -> metastore.start(progress), hive)),
                settings::place));
    IcebergScanPlanner iceberg = closing.add(new IcebergScanPlanner(settings.scanLimits()));
    return new Lake(
        catalogs,
        new TableScanPlanner(new HiveScanPlanner(catalogs), iceberg),
        address(keys, metastore),
        metastore.warehouse(),
        keys);
  }

  /**
   * Spark has one Hive catalog, its session catalog, and others hold Iceberg tables only. Anything
   * else would be a table for DuckDB that Spark cannot find, or finds elsewhere.
   */
  static void requireWhatSparkHasToo(Map<String, String> keys) {
    keys.forEach(
        (key, type) -> {
          if (!key.startsWith(ConfiguredCatalogs.PREFIX) || !key.endsWith(".type")) {
            return;
          }
          boolean session = key.equals(SESSION_CATALOG_KEYS + "type");
          boolean hive = type.equals("hive") || type.equals(EmbeddedCatalogFactory.TYPE);
          if (session != hive) {
            throw new KitsuneException(
                "CONFIG_VALUE_INVALID",
                "F0000",
                session
                    ? "%s is %s: Spark's session catalog is a Hive Metastore, so hive is what it can be"
                        .formatted(key, type)
                    : "%s is %s: only %s can be that in Spark; other catalogs are iceberg-hive or iceberg-rest"
                        .formatted(key, type, Catalogs.SESSION_CATALOG));
          }
        });
  }

  private static MetastoreAddress address(Map<String, String> keys, EmbeddedMetastore embedded) {
    String type = keys.get(SESSION_CATALOG_KEYS + "type");
    if (type.equals(EmbeddedCatalogFactory.TYPE)) {
      return listener -> Optional.of(embedded.start(listener).toString());
    }
    Optional<String> uris = Optional.ofNullable(keys.get(SESSION_CATALOG_KEYS + "uri"));
    return listener -> uris;
  }
}
