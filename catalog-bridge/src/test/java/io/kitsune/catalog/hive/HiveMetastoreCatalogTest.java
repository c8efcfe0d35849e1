// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.CatalogContract;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.ConfiguredCatalogs;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.View;
import io.kitsune.error.KitsuneException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.hive.metastore.api.Table;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiveMetastoreCatalogTest extends CatalogContract {
  private static MetastoreServer server;
  private static MetastoreTables tables;
  private static ConfiguredCatalogs catalogs;

  @BeforeAll
  static void start(@TempDir Path folder) {
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
                HiveCatalogFactory.everything(properties -> new RecordedPointers()),
                HiveCatalogFactory.icebergTables(properties -> new RecordedPointers())));
  }

  @AfterAll
  static void stop() {
    catalogs.close();
    server.close();
  }

  @Override
  protected Catalog catalog() {
    return catalogs.find("spark_catalog").orElseThrow();
  }

  @Override
  protected void createNamespace(String namespace) {
    tables.createDatabase(namespace);
  }

  @Override
  protected void createTable(String namespace, String table, List<Column> columns) {
    tables.createParquet(namespace, table, columns, List.of(), location(namespace + "_" + table));
  }

  @Override
  protected void dropTable(String namespace, String table) {
    tables.drop(namespace, table);
  }

  @Test
  void namesAreComparedWithoutCase() {
    createTable("shop", "cased", List.of(ID));

    assertThat(load("Shop", "CASED").name())
        .isEqualTo(TableName.of("spark_catalog", "shop", "cased"));
  }

  @Test
  void aPartitionedTableHasItsPartitionColumnsLast() {
    tables.createParquet(
        "shop",
        "sales",
        List.of(ID, new Column("amount", new DataType.Decimal(10, 2), true, "in euros")),
        List.of(LABEL, Column.of("day", DataType.Simple.DATE)),
        location("sales x%41"));

    HiveTable table = (HiveTable) load("shop", "sales");

    assertThat(table.columns())
        .extracting(Column::name)
        .containsExactly("id", "amount", "label", "day");
    assertThat(table.dataColumns().get(1).comment()).isEqualTo("in euros");
    assertThat(table.partitionColumns()).extracting(Column::name).containsExactly("label", "day");
    assertThat(table.format()).isEqualTo(HiveTable.FileFormat.PARQUET);
    assertThat(table.kind()).isEqualTo(HiveTable.Kind.EXTERNAL);
    assertThat(table.location()).endsWith("/sales x%41");
    assertThat(table.owner()).isEqualTo("kitsune");
    assertThat(table.parameters()).containsEntry("EXTERNAL", "TRUE");
  }

  @Test
  void partitionsKeepTheirValuesAndPlaces() {
    tables.createParquet("shop", "parts", List.of(ID), List.of(LABEL), location("parts"));
    tables.addPartition("shop", "parts", List.of("01"), location("parts/label=01"));
    tables.addPartition("shop", "parts", List.of("a b/c=%41"), location("else where/%41"));
    tables.addPartition(
        "shop", "parts", List.of(HiveStorage.DEFAULT_PARTITION), location("parts/null"));
    HiveTable table = (HiveTable) load("shop", "parts");
    HiveStorage partitions = (HiveStorage) catalog();

    List<String> names = partitions.partitionNames(table);
    assertThat(names)
        .containsExactlyInAnyOrder(
            "label=01", "label=a b%2Fc%3D%2541", "label=__HIVE_DEFAULT_PARTITION__");
    assertThat(partitions.partitions(table, names))
        .extracting(p -> p.values().get(0), StoredPartition::location)
        .containsExactlyInAnyOrder(
            tuple("01", location("parts/label=01")),
            tuple("a b/c=%41", location("else where/%41")),
            tuple(null, location("parts/null")));
    assertThat(partitions.partitions(table, List.of("label=gone"))).isEmpty();
  }

  @Test
  void aHiveViewIsReadInItsOwnDatabase() {
    Table view = MetastoreTables.parquet("shop", "hive_view", List.of(ID), List.of(), null);
    view.setTableType("VIRTUAL_VIEW");
    view.setParameters(new HashMap<>());
    view.setViewOriginalText("select id from t");
    view.setViewExpandedText("select `t`.`id` from `shop`.`t`");
    tables.create(view);

    assertThat(load("shop", "hive_view"))
        .isEqualTo(
            new View(
                TableName.of("spark_catalog", "shop", "hive_view"),
                List.of(ID),
                "select `t`.`id` from `shop`.`t`",
                View.Origin.HIVE,
                "spark_catalog",
                List.of("shop"),
                Map.of()));
    assertThat(catalog().list(List.of("shop")))
        .contains(new Catalog.Entry("hive_view", Catalog.Kind.VIEW));
  }

  @Test
  void aSparkViewKeepsWhereAndHowItWasMade() {
    Table view = MetastoreTables.parquet("shop", "spark_view", List.of(ID), List.of(), null);
    view.setTableType("VIRTUAL_VIEW");
    view.setViewOriginalText("SELECT Id FROM t");
    view.setViewExpandedText("SELECT Id FROM t");
    view.setParameters(
        new HashMap<>(
            Map.of(
                "spark.sql.create.version", "3.5.4",
                "spark.sql.sources.schema",
                    "{\"type\":\"struct\",\"fields\":[{\"name\":\"Total\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}}]}",
                "view.catalogAndNamespace.numParts", "3",
                "view.catalogAndNamespace.part.0", "lake",
                "view.catalogAndNamespace.part.1", "a",
                "view.catalogAndNamespace.part.2", "b",
                "view.query.out.numCols", "1",
                "view.query.out.col.0", "Id",
                "view.sqlConfig.spark.sql.ansi.enabled", "true")));
    tables.create(view);

    assertThat(load("shop", "spark_view"))
        .isEqualTo(
            new View(
                TableName.of("spark_catalog", "shop", "spark_view"),
                List.of(Column.of("Total", DataType.Simple.BIGINT)),
                "SELECT Id FROM t",
                View.Origin.SPARK,
                "lake",
                List.of("a", "b"),
                List.of("Id"),
                Map.of("spark.sql.ansi.enabled", "true")));
  }

  @Test
  void aSparkDataSourceTableHasSparksOwnSchemaAndPath() {
    String schema =
        "{\"type\":\"struct\",\"fields\":["
            + "{\"name\":\"Day\",\"type\":\"date\",\"nullable\":true,\"metadata\":{}},"
            + "{\"name\":\"At\",\"type\":\"timestamp_ntz\",\"nullable\":false,\"metadata\":{}},"
            + "{\"name\":\"Code\",\"type\":\"string\",\"nullable\":true,\"metadata\":"
            + "{\"__CHAR_VARCHAR_TYPE_STRING\":\"char(3)\",\"comment\":\"two words\"}},"
            + "{\"name\":\"Xs\",\"type\":{\"type\":\"array\",\"elementType\":{\"type\":\"struct\",\"fields\":["
            + "{\"name\":\"K\",\"type\":{\"type\":\"map\",\"keyType\":\"string\",\"valueType\":\"decimal(5,1)\",\"valueContainsNull\":false},\"nullable\":true,\"metadata\":{}}]},"
            + "\"containsNull\":true},\"nullable\":true,\"metadata\":{}}]}";
    Table table =
        MetastoreTables.parquet(
            "shop",
            "spark_table",
            List.of(Column.of("col", new DataType.Array(DataType.Simple.STRING, true))),
            List.of(),
            location("placeholder"));
    table.getParameters().put("spark.sql.sources.provider", "PARQUET");
    table.getParameters().put("spark.sql.sources.schema.numParts", "2");
    table.getParameters().put("spark.sql.sources.schema.part.0", schema.substring(0, 100));
    table.getParameters().put("spark.sql.sources.schema.part.1", schema.substring(100));
    table.getParameters().put("spark.sql.sources.schema.numPartCols", "1");
    table.getParameters().put("spark.sql.sources.schema.partCol.0", "Day");
    table.getSd().getSerdeInfo().getParameters().put("path", location("real path"));
    tables.create(table);

    HiveTable loaded = (HiveTable) load("shop", "spark_table");

    assertThat(loaded.location()).isEqualTo(location("real path"));
    assertThat(loaded.format()).isEqualTo(HiveTable.FileFormat.PARQUET);
    assertThat(loaded.partitionColumns()).containsExactly(Column.of("Day", DataType.Simple.DATE));
    assertThat(loaded.dataColumns())
        .extracting(column -> column.name() + " " + column.type().sql() + " " + column.comment())
        .containsExactly(
            "At timestamp_ntz ",
            "Code char(3) two words",
            "Xs array<struct<K:map<string,decimal(5,1)>>> ");
    assertThat(loaded.columns()).allMatch(Column::nullable);
  }

  @Test
  void aHiveTableKeepsSparksNamesUntilHiveAltersIt() {
    String schema =
        "{\"type\":\"struct\",\"fields\":[{\"name\":\"Id\",\"type\":\"long\",\"nullable\":true,\"metadata\":{}}]}";
    Table table =
        MetastoreTables.parquet("shop", "cased_names", List.of(ID), List.of(), location("cased"));
    table.getParameters().put("spark.sql.sources.schema", schema);
    tables.create(table);
    assertThat(load("shop", "cased_names").columns())
        .extracting(Column::name)
        .containsExactly("Id");

    Table altered =
        MetastoreTables.parquet("shop", "altered", List.of(ID, LABEL), List.of(), location("alt"));
    altered.getParameters().put("spark.sql.sources.schema", schema);
    tables.create(altered);
    assertThat(load("shop", "altered").columns())
        .extracting(Column::name)
        .containsExactly("id", "label");
  }

  @Test
  void formatsAreToldByInputFormatAndSerDe() {
    assertThat(
            format(
                "orc_t",
                "org.apache.hadoop.hive.ql.io.orc.OrcInputFormat",
                "org.apache.hadoop.hive.ql.io.orc.OrcSerde"))
        .isEqualTo(HiveTable.FileFormat.ORC);
    assertThat(
            format(
                "text_t",
                "org.apache.hadoop.mapred.TextInputFormat",
                "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"))
        .isEqualTo(HiveTable.FileFormat.TEXT);
    assertThat(
            format(
                "csv_t",
                "org.apache.hadoop.mapred.TextInputFormat",
                "org.apache.hadoop.hive.serde2.OpenCSVSerde"))
        .isEqualTo(HiveTable.FileFormat.OTHER);
  }

  @Test
  void anIcebergTablesPointerIsFetchedOnEveryLoad() {
    Table table = MetastoreTables.parquet("shop", "ice", List.of(ID), List.of(), location("ice"));
    table.getParameters().put("table_type", "ICEBERG");
    table.getParameters().put("metadata_location", "file:/one.json");
    tables.create(table);

    assertThatThrownBy(() -> load("shop", "ice"))
        .hasMessage("spark_catalog.shop.ice file:/one.json");
    table.getParameters().put("metadata_location", "file:/two.json");
    server.call(
        metastore -> {
          metastore.alter_table("shop", "ice", table);
          return null;
        });
    assertThatThrownBy(() -> load("shop", "ice"))
        .hasMessage("spark_catalog.shop.ice file:/two.json");
  }

  @Test
  void anIcebergCatalogShowsIcebergTablesOnly() {
    tables.createDatabase("mixed");
    createTable("mixed", "plain", List.of(ID));
    Table table = MetastoreTables.parquet("mixed", "ice", List.of(ID), List.of(), location("mice"));
    table.getParameters().put("table_type", "iceberg");
    table.getParameters().put("metadata_location", "file:/m.json");
    tables.create(table);
    Catalog lake = catalogs.find("lake").orElseThrow();

    assertThat(lake.list(List.of("mixed")))
        .containsExactly(new Catalog.Entry("ice", Catalog.Kind.TABLE));
    assertThat(lake.load(List.of("mixed"), "plain", new Version.Current())).isEmpty();
    assertThatThrownBy(() -> lake.load(List.of("mixed"), "ice", new Version.Current()))
        .hasMessage("lake.mixed.ice file:/m.json");
  }

  @Test
  void aHiveTableHasNoEarlierVersion() {
    createTable("shop", "timeless", List.of(ID));

    assertThatThrownBy(() -> catalog().load(List.of("shop"), "timeless", new Version.Snapshot(1)))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("spark_catalog.shop.timeless")
        .extracting("code")
        .isEqualTo("CATALOG_TIME_TRAVEL_UNSUPPORTED");
  }

  @Test
  void aColumnOfAnUnknownTypeNamesTheType() {
    Table table = MetastoreTables.parquet("shop", "odd", List.of(ID), List.of(), location("odd"));
    table.getSd().getCols().get(0).setType("uniontype<int,string>");
    tables.create(table);

    assertThat(load("shop", "odd").columns())
        .containsExactly(Column.of("id", new DataType.Unmodelled("uniontype<int,string>")));
  }

  private HiveTable.FileFormat format(String name, String inputFormat, String serde) {
    Table table = MetastoreTables.parquet("shop", name, List.of(ID), List.of(), location(name));
    table.getSd().setInputFormat(inputFormat);
    table.getSd().getSerdeInfo().setSerializationLib(serde);
    tables.create(table);
    return ((HiveTable) load("shop", name)).format();
  }

  private io.kitsune.catalog.Table load(String namespace, String table) {
    return catalog().load(List.of(namespace), table, new Version.Current()).orElseThrow();
  }

  private static String location(String name) {
    return "file:" + server.external() + "/" + name;
  }

  /** Says which pointer it was given; reading Iceberg's metadata is tested where it is done. */
  private static final class RecordedPointers implements IcebergTables {
    @Override
    public IcebergTable load(TableName name, String metadataLocation, Version version) {
      throw new UnsupportedOperationException(name + " " + metadataLocation);
    }

    @Override
    public void close() {}
  }
}
