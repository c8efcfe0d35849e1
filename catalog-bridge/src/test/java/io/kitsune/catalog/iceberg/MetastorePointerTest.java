// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.ConfiguredCatalogs;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.hive.HiveCatalogFactory;
import io.kitsune.catalog.hive.MetastoreServer;
import io.kitsune.catalog.hive.MetastoreTables;
import io.kitsune.catalog.iceberg.scan.IcebergScanPlanner;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.error.KitsuneException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Iceberg tables whose pointer stands in a real Metastore, from the name to the files. */
final class MetastorePointerTest {
  private static final Schema SCHEMA = new Schema(optional(1, "Id", Types.LongType.get()));

  @TempDir static Path folder;
  private static MetastoreServer server;
  private static MetastoreTables tables;
  private static ConfiguredCatalogs catalogs;

  @BeforeAll
  static void start() {
    server = MetastoreServer.start(folder);
    tables = new MetastoreTables(server);
    tables.createDatabase("shop");
    catalogs =
        ConfiguredCatalogs.of(
            Map.of(
                "kitsune.catalog.spark_catalog.type",
                "hive",
                "kitsune.catalog.spark_catalog.uri",
                server.uri(),
                "kitsune.catalog.lake.type",
                "iceberg-hive",
                "kitsune.catalog.lake.uri",
                server.uri()),
            List.of(
                HiveCatalogFactory.everything(IcebergMetadata::open),
                HiveCatalogFactory.icebergTables(IcebergMetadata::open),
                new IcebergRestCatalogFactory()));
  }

  @AfterAll
  static void stop() {
    catalogs.close();
    server.close();
  }

  @Test
  void aMovedPointerIsSeenAndAnOldSnapshotStaysReadable() {
    LakeTable lake = LakeTable.create(server.external(), 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.table().updateProperties().set(TableProperties.METADATA_COMPRESSION, "gzip").commit();
    lake.append(lake.row(1L));
    Table pointer = register("orders", lake);
    IcebergTable first = load("spark_catalog", "orders", new Version.Current());
    lake.append(lake.row(2L));
    point(pointer, lake);

    IcebergTable second = load("spark_catalog", "orders", new Version.Current());
    IcebergTable throughLake = load("lake", "orders", new Version.Current());

    assertThat(files(first)).isEqualTo(1);
    assertThat(files(second)).isEqualTo(2);
    assertThat(second.columns()).extracting("name").containsExactly("Id");
    assertThat(throughLake.snapshotId()).isEqualTo(second.snapshotId());
    assertThat(throughLake.name()).isEqualTo(TableName.of("lake", "shop", "orders"));
    assertThat(
            files(load("lake", "orders", new Version.Snapshot(first.snapshotId().orElseThrow()))))
        .isEqualTo(1);
  }

  @Test
  void aPointerToNothingIsAnErrorThatNamesTheTableAndTheFile() {
    LakeTable lake = LakeTable.create(server.external(), 2, SCHEMA, PartitionSpec.unpartitioned());
    Table pointer = register("lost", lake);
    pointer.getParameters().put("metadata_location", "file:/nowhere/v1.metadata.json");
    alter(pointer);

    assertThatThrownBy(() -> load("spark_catalog", "lost", new Version.Current()))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("CATALOG_METADATA_UNREADABLE"))
        .hasMessageContaining("spark_catalog.shop.lost")
        .hasMessageContaining("file:/nowhere/v1.metadata.json");
  }

  private static Table register(String name, LakeTable lake) {
    Table table =
        MetastoreTables.parquet("shop", name, List.of(), List.of(), lake.table().location());
    table.getParameters().put("table_type", "ICEBERG");
    table.getParameters().put("metadata_location", lake.metadataLocation());
    tables.create(table);
    return table;
  }

  private static void point(Table table, LakeTable lake) {
    table.getParameters().put("metadata_location", lake.metadataLocation());
    alter(table);
  }

  private static void alter(Table table) {
    server.call(
        metastore -> {
          metastore.alter_table("shop", table.getTableName(), table);
          return null;
        });
  }

  private static IcebergTable load(String catalog, String table, Version version) {
    return (IcebergTable)
        catalogs.load(TableName.of(catalog, "shop", table), version).orElseThrow();
  }

  private static int files(IcebergTable table) {
    try (IcebergScanPlanner planner = new IcebergScanPlanner()) {
      return planner
          .plan(new ScanRequest(table, Set.of("id"), Expressions.alwaysTrue()))
          .files()
          .size();
    }
  }
}
