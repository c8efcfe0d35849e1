// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.ConfiguredCatalogs;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.files.ParquetFooters;
import io.kitsune.catalog.files.ParquetTestFile;
import io.kitsune.catalog.hive.HiveCatalogFactory;
import io.kitsune.catalog.hive.HiveStorage;
import io.kitsune.catalog.hive.IcebergTables;
import io.kitsune.catalog.hive.MetastoreServer;
import io.kitsune.catalog.hive.MetastoreTables;
import io.kitsune.catalog.scan.Confidence;
import io.kitsune.catalog.scan.HivePartition;
import io.kitsune.catalog.scan.ReadHazard;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HiveScanPlannerTest {
  private static final Column ID = Column.of("id", DataType.Simple.INT);
  private static final Column LABEL = Column.of("label", DataType.Simple.STRING);

  private static MetastoreServer server;
  private static MetastoreTables tables;
  private static Catalogs catalogs;
  private static HiveScanPlanner planner;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = MetastoreServer.start(folder);
    tables = new MetastoreTables(server);
    tables.createDatabase("db");
    catalogs =
        ConfiguredCatalogs.of(
            Map.of(
                "kitsune.catalog.spark_catalog.type", "hive",
                "kitsune.catalog.spark_catalog.uri", server.uri(),
                "kitsune.catalog.kept.type", "hive",
                "kitsune.catalog.kept.uri", server.uri(),
                "kitsune.catalog.kept.listing-ttl", "1h",
                "kitsune.catalog.kept.listing-timeout", "300ms"),
            List.of(HiveCatalogFactory.everything(properties -> new NoIcebergTables())));
    planner = new HiveScanPlanner(catalogs);
  }

  @AfterAll
  static void stop() {
    catalogs.close();
    server.close();
  }

  @Test
  void aTablesFilesAreCountedByTheirFooters() throws Exception {
    Path folder = folder("plain");
    numbers(1, 2, 3).write(folder.resolve("a b%41.parquet"));
    numbers(4).write(folder.resolve("b.parquet"));
    Files.write(folder.resolve("_SUCCESS"), new byte[] {1});
    Files.write(folder.resolve(".hidden.parquet"), new byte[] {1});
    Files.write(folder.resolve("c._COPYING_"), new byte[] {1});
    Files.createFile(folder.resolve("empty.parquet"));
    Files.createDirectory(folder.resolve("_temporary"));
    tables.createParquet("db", "plain", List.of(ID, LABEL), List.of(), "file:" + folder);

    ScanPlan.HiveFiles plan = plan("plain", Set.of("id"), Expressions.alwaysTrue());

    assertThat(plan.hazards()).isEmpty();
    assertThat(plan.partitions()).hasSize(1);
    assertThat(plan.partitions().get(0).values()).isEmpty();
    assertThat(plan.partitions().get(0).files())
        .extracting(file -> Path.of(file.path()))
        .containsExactly(folder.resolve("a b%41.parquet"), folder.resolve("b.parquet"));
    ScanEstimate estimate = plan.estimate();
    assertThat(estimate.rows()).hasValue(4);
    assertThat(estimate.files()).hasValue(2);
    assertThat(estimate.filesTotal()).hasValue(2);
    assertThat(estimate.partitions()).isEmpty();
    assertThat(estimate.confidence()).isEqualTo(Confidence.EXACT);
    assertThat(estimate.reason()).isEqualTo("Parquet footers of 2 files");
    assertThat(estimate.bytes().getAsLong()).isBetween(1L, 200L);
    assertThat(
            plan("plain", Set.of("ID", "label"), Expressions.alwaysTrue())
                .estimate()
                .bytes()
                .getAsLong())
        .isGreaterThan(estimate.bytes().getAsLong());
    assertThat(plan("plain", Set.of(), Expressions.alwaysTrue()).estimate().bytes()).hasValue(0);
  }

  @Test
  void aTableWithoutFilesIsEmptyForCertain() {
    tables.createParquet("db", "none", List.of(ID), List.of(), "file:" + folder("none") + "/gone");

    ScanPlan.HiveFiles plan = plan("none", Set.of("id"), Expressions.alwaysTrue());

    assertThat(plan.partitions()).containsExactly(new HivePartition(List.of(), List.of()));
    assertThat(plan.estimate().rows()).hasValue(0);
    assertThat(plan.estimate().confidence()).isEqualTo(Confidence.EXACT);
  }

  @Test
  void aNewFileIsSeenAtOnceUnlessListingsAreKept() {
    Path folder = folder("growing");
    numbers(1).write(folder.resolve("1.parquet"));
    tables.createParquet("db", "growing", List.of(ID), List.of(), "file:" + folder);
    assertThat(rows("spark_catalog", "growing")).isEqualTo(1);
    assertThat(rows("kept", "growing")).isEqualTo(1);

    numbers(2, 3).write(folder.resolve("2.parquet"));

    assertThat(rows("spark_catalog", "growing")).isEqualTo(3);
    assertThat(rows("kept", "growing")).isEqualTo(1);
    catalogs.invalidate(TableName.of("kept", "DB", "Growing"));
    assertThat(rows("kept", "growing")).isEqualTo(3);
  }

  @Test
  void aNewPartitionIsSeenAtOnceUnlessListingsAreKept() {
    Path folder = folder("growing_parts");
    tables.createParquet("db", "growing_parts", List.of(ID), List.of(LABEL), "file:" + folder);
    addPartition("growing_parts", folder.resolve("a"), "a");
    assertThat(rows("spark_catalog", "growing_parts")).isEqualTo(1);
    assertThat(rows("kept", "growing_parts")).isEqualTo(1);

    addPartition("growing_parts", folder.resolve("b"), "b");

    assertThat(rows("spark_catalog", "growing_parts")).isEqualTo(2);
    assertThat(rows("kept", "growing_parts")).isEqualTo(1);
    catalogs.invalidate(TableName.of("kept", "db", "growing_parts"));
    assertThat(rows("kept", "growing_parts")).isEqualTo(2);
  }

  @Test
  void aPartitionOfOtherTypesThanItsTableIsAHazardWhereTheColumnIsRead() {
    Path folder = folder("retyped");
    tables.createParquet("db", "retyped", List.of(ID), List.of(LABEL), "file:" + folder);
    addPartition("retyped", folder.resolve("label=a"), "a");
    tables.addPartition(
        "db",
        "retyped",
        List.of("b"),
        "file:" + folder.resolve("label=b"),
        columns -> columns.get(0).setType("smallint"));

    assertThat(plan("retyped", Set.of("id"), Expressions.alwaysTrue()).hazards())
        .extracting(ReadHazard::kind, ReadHazard::column)
        .containsExactly(tuple(ReadHazard.Kind.PARTITION_TYPE, "id"));
    assertThat(plan("retyped", Set.of("label"), Expressions.alwaysTrue()).hazards()).isEmpty();
    assertThat(plan("retyped", Set.of("id"), Expressions.equal("label", "a")).hazards()).isEmpty();
  }

  @Test
  void partitionsArePrunedAndKeepTheirText() {
    Path folder = folder("parts");
    Path elsewhere = folder("else where").resolve("%41");
    tables.createParquet("db", "parts", List.of(ID), List.of(LABEL), "file:" + folder);
    addPartition("parts", folder.resolve("label=01"), "01");
    addPartition("parts", folder.resolve("label=1"), "1");
    addPartition("parts", elsewhere, "a b/c=%41");
    addPartition("parts", folder.resolve("label=null"), HiveStorage.DEFAULT_PARTITION);

    assertThat(values("parts", Expressions.alwaysTrue()))
        .containsExactlyInAnyOrder("01", "1", "a b/c=%41", null);
    assertThat(values("parts", Expressions.equal("label", "01"))).containsExactly("01");
    assertThat(values("parts", Expressions.equal("LABEL", "1"))).containsExactly("1");
    assertThat(values("parts", Expressions.isNull("label"))).containsExactly((String) null);
    assertThat(values("parts", Expressions.equal("label", "nothing"))).isEmpty();
    assertThat(
            values(
                "parts",
                Expressions.or(Expressions.equal("id", 7), Expressions.equal("label", "1"))))
        .hasSize(4);
    assertThat(
            values(
                "parts",
                Expressions.and(
                    Expressions.equal("id", 7), Expressions.startsWith("label", "a b"))))
        .as("the bounds of id leave out the only file")
        .isEmpty();

    ScanPlan.HiveFiles plan = plan("parts", Set.of("id"), Expressions.startsWith("label", "a b"));
    assertThat(plan.partitions().get(0).files().get(0).path())
        .isEqualTo(elsewhere.resolve("f.parquet").toString());
    assertThat(plan.estimate().partitions()).hasValue(1);
    assertThat(plan.estimate().partitionsTotal()).hasValue(4);
    assertThat(plan.estimate().filesTotal()).isEmpty();
  }

  @Test
  void partitionValuesCompareByTheColumnsType() {
    Path folder = folder("typed");
    Column number = Column.of("n", DataType.Simple.INT);
    Column day = Column.of("day", DataType.Simple.DATE);
    tables.createParquet("db", "typed", List.of(ID), List.of(number, day), "file:" + folder);
    addPartition("typed", folder.resolve("1"), "01", "2024-01-01");
    addPartition("typed", folder.resolve("2"), "9", "2024-02-01");
    addPartition("typed", folder.resolve("3"), "10", HiveStorage.DEFAULT_PARTITION);
    addPartition("typed", folder.resolve("4"), "-7", "0001-01-01");

    assertThat(values("typed", Expressions.equal("n", 1))).containsExactly("01");
    assertThat(values("typed", Expressions.greaterThan("n", 9L))).containsExactly("10");
    assertThat(values("typed", Expressions.lessThan("n", 0))).containsExactly("-7");
    assertThat(values("typed", Expressions.greaterThanOrEqual("day", "2024-01-15")))
        .containsExactly("9");
    assertThat(values("typed", Expressions.not(Expressions.in("n", 1, 9))))
        .containsExactlyInAnyOrder("10", "-7");
  }

  @Test
  void aPartitionValueThatCannotBeReadForCertainIsKept() {
    Path folder = folder("unsure");
    Column at = Column.of("at", DataType.Simple.TIMESTAMP);
    tables.createParquet("db", "unsure", List.of(ID), List.of(at, LABEL), "file:" + folder);
    addPartition("unsure", folder.resolve("1"), "2024-01-01 00:00:00", "x");
    addPartition("unsure", folder.resolve("2"), "2024-01-02 00:00:00", "y");

    assertThat(values("unsure", Expressions.equal("at", 0L))).hasSize(2);
    assertThat(
            values(
                "unsure",
                Expressions.and(Expressions.equal("at", 0L), Expressions.equal("label", "y"))))
        .containsExactly("2024-01-02 00:00:00");
  }

  @Test
  void aPartitionValueOfWhichSparksReadingIsNotCertainIsAHazardWhereItIsRead() {
    Path folder = folder("doubtful");
    Column number = Column.of("n", DataType.Simple.INT);
    tables.createParquet("db", "doubtful", List.of(ID), List.of(number), "file:" + folder);
    addPartition("doubtful", folder.resolve("1"), "1");
    addPartition("doubtful", folder.resolve("2"), "1e3");

    assertThat(plan("doubtful", Set.of("id"), Expressions.alwaysTrue()).hazards()).isEmpty();
    assertThat(plan("doubtful", Set.of("N"), Expressions.alwaysTrue()).hazards())
        .containsExactly(
            new ReadHazard(ReadHazard.Kind.OTHER, "n", "the partition value '1e3' as int"));
  }

  @Test
  void morePartitionsThanAreLookedAtAreOnlyCounted() {
    Path folder = folder("crowded");
    Table table =
        MetastoreTables.parquet("db", "crowded", List.of(ID), List.of(LABEL), "file:" + folder);
    table.getParameters().put("spark.sql.statistics.totalSize", "4000");
    table.getParameters().put("spark.sql.statistics.numRows", "40");
    tables.create(table);
    for (int i = 0; i < 4; i++) {
      addPartition("crowded", folder.resolve("l" + i), "l" + i);
    }
    HiveScanPlanner two = new HiveScanPlanner(catalogs, new ParquetFooters(), 2);

    ScanPlan.HiveFiles three =
        two.plan(
            request("spark_catalog", "crowded", Set.of("id"), Expressions.notEqual("label", "l0")));
    assertThat(three.hazards()).extracting(ReadHazard::kind).containsExactly(ReadHazard.Kind.OTHER);
    assertThat(three.partitions()).isEmpty();
    assertThat(three.estimate().partitions()).hasValue(3);
    assertThat(three.estimate().partitionsTotal()).hasValue(4);
    assertThat(three.estimate().rows()).hasValue(30);
    assertThat(three.estimate().bytes()).hasValue(3000);
    assertThat(three.estimate().confidence()).isEqualTo(Confidence.GUESSED);
    assertThat(
            two.plan(
                    request(
                        "spark_catalog",
                        "crowded",
                        Set.of("id"),
                        Expressions.in("label", "l0", "l1")))
                .estimate()
                .confidence())
        .isEqualTo(Confidence.EXACT);
  }

  @Test
  void filesArePrunedByTheirBounds() {
    Path folder = folder("bounded");
    Column day = Column.of("day", DataType.Simple.DATE);
    Column price = Column.of("price", new DataType.Decimal(9, 2));
    String fields =
        "optional int32 ID; optional binary label (STRING); optional int32 day (DATE); optional int32 price (DECIMAL(9,2));";
    for (int i = 0; i < 3; i++) {
      int n = i;
      ParquetTestFile.of(fields)
          .bySpark()
          .row(
              row ->
                  row.append("ID", n * 10)
                      .append("label", "k" + n)
                      .append("day", n)
                      .append("price", n * 100 + 5))
          .row(row -> row.append("ID", n * 10 + 9).append("label", "k" + n + "z"))
          .write(folder.resolve(n + ".parquet"));
    }
    numbers(5).write(folder.resolve("old.parquet"));
    tables.createParquet(
        "db", "bounded", List.of(ID, LABEL, day, price), List.of(), "file:" + folder);

    assertThat(files("bounded", Expressions.equal("id", 15))).containsExactly("1.parquet");
    assertThat(files("bounded", Expressions.lessThan("id", 10)))
        .containsExactly("0.parquet", "old.parquet");
    assertThat(files("bounded", Expressions.equal("label", "k2"))).containsExactly("2.parquet");
    assertThat(files("bounded", Expressions.equal("day", "1970-01-02")))
        .containsExactly("1.parquet");
    assertThat(files("bounded", Expressions.greaterThan("price", new BigDecimal("1.05"))))
        .containsExactly("2.parquet");
    assertThat(files("bounded", Expressions.greaterThan("price", new BigDecimal("1.049"))))
        .hasSize(4);
    assertThat(files("bounded", Expressions.isNull("day"))).hasSize(4);
    assertThat(files("bounded", Expressions.notNull("day"))).hasSize(3);
    ScanEstimate estimate = plan("bounded", Set.of("id"), Expressions.equal("id", 15)).estimate();
    assertThat(estimate.rows()).hasValue(2);
    assertThat(estimate.files()).hasValue(1);
    assertThat(estimate.filesTotal()).hasValue(4);
  }

  @Test
  void boundsOfAnotherTypeOrCalendarPruneNothing() {
    Path folder = folder("untrusted");
    Column day = Column.of("day", DataType.Simple.DATE);
    ParquetTestFile.of("optional int64 id; optional int32 day (DATE);")
        .footer("org.apache.spark.version", "2.4.8")
        .row(row -> row.append("id", 1L).append("day", -200_000))
        .write(folder.resolve("f.parquet"));
    tables.createParquet("db", "untrusted", List.of(ID, day), List.of(), "file:" + folder);

    assertThat(files("untrusted", Expressions.equal("id", 99))).hasSize(1);
    assertThat(files("untrusted", Expressions.equal("day", "2024-01-01"))).hasSize(1);
  }

  @Test
  void moreFilesThanMayBeCheckedAreSampledAndHaveAHazard() {
    Path folder = folder("many");
    for (int i = 0; i < 50; i++) {
      numbers(i, i).write(folder.resolve(i + ".parquet"));
    }
    tables.createParquet("db", "many", List.of(ID), List.of(), "file:" + folder);

    ScanPlan.HiveFiles plan =
        new HiveScanPlanner(catalogs, new ParquetFooters(), 49)
            .plan(request("spark_catalog", "many", Set.of("id"), Expressions.alwaysTrue()));

    assertThat(plan.hazards()).extracting(ReadHazard::kind).containsExactly(ReadHazard.Kind.OTHER);
    assertThat(plan.estimate().confidence()).isEqualTo(Confidence.GUESSED);
    assertThat(plan.estimate().reason())
        .isEqualTo("Parquet footers of 32 of 50 files, scaled by size");
    assertThat(plan.estimate().rows().getAsLong()).isBetween(98L, 102L);
  }

  @Test
  void aFileThatIsNotParquetIsAHazard() throws Exception {
    Path folder = folder("broken");
    numbers(1).write(folder.resolve("good.parquet"));
    Files.writeString(folder.resolve("bad.parquet"), "not what it says it is");
    tables.createParquet("db", "broken", List.of(ID), List.of(), "file:" + folder);

    ScanPlan.HiveFiles plan = plan("broken", Set.of("id"), Expressions.alwaysTrue());

    assertThat(plan.hazards()).extracting(ReadHazard::kind).containsExactly(ReadHazard.Kind.FORMAT);
    assertThat(plan.hazards().get(0).detail()).contains("bad.parquet");
    assertThat(plan.estimate().confidence()).isEqualTo(Confidence.GUESSED);
    assertThat(plan.partitions().get(0).files()).hasSize(2);
  }

  @Test
  void aFolderInTheFolderIsAHazard() throws Exception {
    Path folder = folder("nested");
    numbers(1).write(folder.resolve("good.parquet"));
    Files.createDirectory(folder.resolve("HIVE_UNION_SUBDIR_1"));
    tables.createParquet("db", "nested", List.of(ID), List.of(), "file:" + folder);

    assertThat(plan("nested", Set.of("id"), Expressions.alwaysTrue()).hazards())
        .extracting(ReadHazard::kind)
        .containsExactly(ReadHazard.Kind.OTHER);
  }

  @Test
  void anotherFormatIsAHazardAndGuessedFromSizes() throws Exception {
    Path folder = folder("orc");
    Files.write(folder.resolve("f.orc"), new byte[2400]);
    Table orc =
        MetastoreTables.parquet("db", "orc", List.of(ID, LABEL), List.of(), "file:" + folder);
    orc.getSd().setInputFormat("org.apache.hadoop.hive.ql.io.orc.OrcInputFormat");
    orc.getSd().getSerdeInfo().setSerializationLib("org.apache.hadoop.hive.ql.io.orc.OrcSerde");
    orc.getParameters().put("spark.sql.statistics.numRows", "77");
    orc.getParameters().put("spark.sql.statistics.totalSize", "2400");
    tables.create(orc);

    ScanPlan.HiveFiles plan = plan("orc", Set.of("id"), Expressions.alwaysTrue());

    assertThat(plan.hazards()).extracting(ReadHazard::kind).containsExactly(ReadHazard.Kind.FORMAT);
    assertThat(plan.estimate().bytes()).as("4 of 24 bytes a row").hasValue(400);
    assertThat(plan.estimate().rows()).hasValue(77);
    assertThat(plan.estimate().confidence()).isEqualTo(Confidence.GUESSED);
  }

  @Test
  void aRemoteTableIsEstimatedFromStatisticsOrNotAtAll() {
    Table remote =
        MetastoreTables.parquet("db", "remote", List.of(ID), List.of(), "file:" + folder("remote"));
    tables.create(remote);
    remote.getSd().setLocation("hdfs://127.0.0.1:1/t");
    remote.getParameters().put("spark.sql.statistics.totalSize", "1000");
    alter(remote);

    ScanPlan.HiveFiles plan = plan("remote", Set.of("id"), Expressions.alwaysTrue());
    assertThat(plan.hazards())
        .extracting(ReadHazard::kind)
        .containsExactly(ReadHazard.Kind.FILE_SYSTEM);
    assertThat(plan.estimate().confidence()).isEqualTo(Confidence.STATISTICS);
    assertThat(plan.estimate().bytes()).hasValue(1000);
    assertThat(plan.estimate().rows()).as("unknown, not zero").isEmpty();

    remote.getParameters().remove("spark.sql.statistics.totalSize");
    alter(remote);
    ScanEstimate unknown =
        planner.plan(request("kept", "remote", Set.of("id"), Expressions.alwaysTrue())).estimate();
    assertThat(unknown.confidence()).isEqualTo(Confidence.UNKNOWN);
    // Hadoop refuses or retries, by the machine's speed; either is a reason and takes a bounded
    // time.
    assertThat(unknown.reason()).containsAnyOf("no answer within PT0.3S", "cannot be listed");
  }

  @Test
  void sparkTablesWhosePartitionsAreNotListedStayOnSpark() {
    Table table =
        MetastoreTables.parquet(
            "db", "unlisted", List.of(ID), List.of(LABEL), "file:" + folder("unlisted"));
    table.getParameters().put("spark.sql.sources.provider", "parquet");
    tables.create(table);

    ScanPlan.HiveFiles plan = plan("unlisted", Set.of("id"), Expressions.alwaysTrue());

    assertThat(plan.hazards()).extracting(ReadHazard::kind).containsExactly(ReadHazard.Kind.OTHER);
    assertThat(plan.estimate().confidence()).isEqualTo(Confidence.UNKNOWN);
  }

  private static ParquetTestFile numbers(int... ids) {
    ParquetTestFile file =
        ParquetTestFile.of("optional int32 id; optional binary label (STRING);").bySpark();
    Arrays.stream(ids)
        .forEach(id -> file.row(row -> row.append("id", id).append("label", "l" + id)));
    return file;
  }

  private static void addPartition(String table, Path folder, String... values) {
    ParquetTestFile.of("optional int32 id;")
        .bySpark()
        .row(row -> row.append("id", 1))
        .write(folder.resolve("f.parquet"));
    tables.addPartition("db", table, List.of(values), "file:" + folder);
  }

  private static void alter(Table table) {
    server.call(
        metastore -> {
          metastore.alter_table("db", table.getTableName(), table);
          return null;
        });
  }

  private static Path folder(String name) {
    try {
      return Files.createDirectories(server.external().resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> values(String table, Expression predicate) {
    return plan(table, Set.of("id"), predicate).partitions().stream()
        .map(partition -> partition.values().get(0))
        .toList();
  }

  private static List<String> files(String table, Expression predicate) {
    return plan(table, Set.of("id"), predicate).partitions().stream()
        .flatMap(partition -> partition.files().stream())
        .map(file -> Path.of(file.path()).getFileName().toString())
        .toList();
  }

  private static long rows(String catalog, String table) {
    return planner
        .plan(request(catalog, table, Set.of("id"), Expressions.alwaysTrue()))
        .estimate()
        .rows()
        .getAsLong();
  }

  private static ScanPlan.HiveFiles plan(String table, Set<String> columns, Expression predicate) {
    return planner.plan(request("spark_catalog", table, columns, predicate));
  }

  private static ScanRequest request(
      String catalog, String table, Set<String> columns, Expression predicate) {
    return new ScanRequest(
        catalogs.load(TableName.of(catalog, "db", table), new Version.Current()).orElseThrow(),
        columns,
        predicate);
  }

  private static final class NoIcebergTables implements IcebergTables {
    @Override
    public IcebergTable load(TableName name, String metadataLocation, Version version) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
  }
}
