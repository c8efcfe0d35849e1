// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.scan.HivePartition;
import io.kitsune.catalog.scan.ReadHazard;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.Veto;
import io.kitsune.router.equivalence.EngineEquivalence.Outcome;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.resolution.TestResolutions;
import io.kitsune.router.writing.TrinoCatalogNames;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.Test;

/** What is written for Trino and what is refused; what it answers is tested with a real Trino. */
class TrinoEquivalenceTest {
  private static final ScanEstimate ESTIMATE = ScanEstimate.unknown("a test");
  private static final List<ScanFile> FILES = List.of(new ScanFile("/data/a.parquet", 64));
  private static final TrinoCatalogNames CATALOGS =
      new TrinoCatalogNames(
          Map.of("spark_catalog", "spark_hive"), Map.of("spark_catalog", "spark_iceberg"));

  @Test
  void aHiveTableIsNamedByItsCatalogInTrino() {
    ScanPlan plan = hive("t", List.of(), List.of(new HivePartition(List.of(), FILES)));
    Dispatch.TrinoQuery query = accepted("select ID, ID + 1 from t where id > 0", plan);
    assertThat(query.text())
        .isEqualTo(
            "SELECT CAST(\"t\".\"id\" AS INTEGER) AS \"ID\","
                + " CAST((\"t\".\"id\" + 1) AS INTEGER) AS \"(ID + 1)\""
                + " FROM \"spark_hive\".\"db\".\"t\" AS \"t\" WHERE (\"t\".\"id\" > 0)");
    assertThat(query.columns().stream().map(Column::name)).containsExactly("ID", "(ID + 1)");
    assertThat(query.timeZone()).isEqualTo("Europe/Berlin");
  }

  @Test
  void hiveTimestampsAreTakenForInstants() {
    ScanPlan plan =
        new ScanPlan.HiveFiles(
            hiveTable("t", List.of()),
            List.of(new HivePartition(List.of(), FILES)),
            ESTIMATE,
            List.of(new ReadHazard(ReadHazard.Kind.INT96_TIMESTAMP, "ts", "every file")));
    assertThat(accepted("select ts from t", plan).text())
        .contains(
            "FROM (SELECT \"id\", with_timezone(\"ts\", 'UTC') AS \"ts\""
                + " FROM \"spark_hive\".\"db\".\"t\") AS \"t\"");
    assertThat(accepted("select id from t", plan).text()).doesNotContain("with_timezone");
  }

  @Test
  void anIcebergTableIsPinnedToTheSnapshotOfItsPlan() {
    assertThat(accepted("select count(*) as n from t", iceberg(OptionalLong.of(17), 0, 2)).text())
        .contains("FROM \"spark_iceberg\".\"db\".\"t\" FOR VERSION AS OF 17 AS \"t\"");
    assertThat(accepted("select id from t", iceberg(OptionalLong.empty(), 0, 2)).text())
        .contains("FROM \"spark_iceberg\".\"db\".\"t\" AS \"t\"");
  }

  @Test
  void anIcebergTableIsRefusedWhereTrinoWouldReadAnotherSchemaOrFormat() {
    assertThat(refused("select id from t", iceberg(OptionalLong.of(17), 1, 2)).reason())
        .contains("schema has changed");
    assertThat(refused("select id from t", iceberg(OptionalLong.of(17), 0, 3)).reason())
        .contains("format version 2");
  }

  @Test
  void hazardsThatTrinoIsNotKnownToHandleAreVetoes() {
    for (ReadHazard.Kind kind : ReadHazard.Kind.values()) {
      List<ReadHazard> hazards = List.of(new ReadHazard(kind, "id", "a test's"));
      ScanPlan hive =
          new ScanPlan.HiveFiles(
              hiveTable("t", List.of()),
              List.of(new HivePartition(List.of(), FILES)),
              ESTIMATE,
              hazards);
      ScanPlan iceberg =
          new ScanPlan.IcebergFiles(
              icebergTable(OptionalLong.of(17), 0, 2), FILES, ESTIMATE, hazards);
      assertThat(translate("select id from t", hive) instanceof Outcome.Equivalent)
          .as("%s of a Hive table", kind)
          .isEqualTo(kind == ReadHazard.Kind.INT96_TIMESTAMP);
      assertThat(translate("select id from t", iceberg) instanceof Outcome.Equivalent)
          .as("%s of an Iceberg table", kind)
          .isEqualTo(kind == ReadHazard.Kind.DELETES);
    }
  }

  @Test
  void tablesThatTrinoWouldNotFindOrReachAreVetoes() {
    assertThat(
            refused(
                    "select id from t",
                    hive("t", List.of(), List.of(new HivePartition(List.of(), List.of()))),
                    new TrinoCatalogNames(Map.of(), Map.of()))
                .reason())
        .contains("no catalog");
    assertThat(
            refused(
                    "select id from t",
                    hive("T1", List.of(), List.of(new HivePartition(List.of(), FILES))))
                .reason())
        .contains("another name than T1");
    HivePartition far =
        new HivePartition(List.of(), List.of(new ScanFile("s3://bucket/a.parquet", 1)));
    assertThat(refused("select id from t", hive("t", List.of(), List.of(far))).reason())
        .contains("s3://bucket");
  }

  @Test
  void partitionValuesThatAreNotPlainlyOfTheirTypeAreVetoes() {
    List<Column> key = List.of(Column.of("p", Simple.INT));
    assertThat(
            accepted(
                    "select p from t",
                    hive("t", key, List.of(new HivePartition(List.of("7"), FILES))))
                .text())
        .contains("\"p\"");
    assertThat(
            refused(
                    "select p from t",
                    hive("t", key, List.of(new HivePartition(List.of("7 "), FILES))))
                .reason())
        .contains("The partition value 7 ");
  }

  @Test
  void doublesAreComparedAndSortedWithNanAsTheLargest() {
    ScanPlan plan = hive("t", List.of(), List.of(new HivePartition(List.of(), FILES)));
    assertThat(accepted("select id / 2 < id / 3 as b from t order by id / 2", plan).text())
        .contains("is_nan")
        .contains("ORDER BY is_nan(");
    assertThat(refused("select distinct id / 2 as x from t order by x", plan).construct())
        .isEqualTo("ORDER BY");
  }

  @Test
  void aSemiJoinIsWrittenAsExists() {
    ScanPlan plan = hive("t", List.of(), List.of(new HivePartition(List.of(), FILES)));
    assertThat(accepted("select a.id from t a left anti join t b on a.id = b.id", plan).text())
        .contains("WHERE NOT EXISTS (SELECT 1 FROM ")
        .doesNotContain("ANTI");
  }

  @Test
  void aVetoNamesTheConstructAndItsPlace() {
    ScanPlan plan = hive("t", List.of(), List.of(new HivePartition(List.of(), FILES)));
    Veto veto = refused("select id,\n  reverse(cast(id as string)) as r from t", plan);
    assertThat(veto.engine()).isEqualTo(Engine.TRINO);
    assertThat(veto.construct()).isEqualTo("reverse");
    assertThat(veto.position()).isEqualTo(new Veto.Position(2, 3));
  }

  private static ScanPlan hive(
      String name, List<Column> partitionColumns, List<HivePartition> partitions) {
    return new ScanPlan.HiveFiles(
        hiveTable(name, partitionColumns), partitions, ESTIMATE, List.of());
  }

  private static HiveTable hiveTable(String name, List<Column> partitionColumns) {
    return new HiveTable(
        TableName.of("spark_catalog", "db", name),
        List.of(Column.of("id", Simple.INT), Column.of("ts", Simple.TIMESTAMP)),
        partitionColumns,
        HiveTable.FileFormat.PARQUET,
        "/data",
        HiveTable.Kind.EXTERNAL,
        Map.of(),
        "");
  }

  private static ScanPlan iceberg(OptionalLong snapshot, int schemaOfSnapshot, int format) {
    return new ScanPlan.IcebergFiles(
        icebergTable(snapshot, schemaOfSnapshot, format), FILES, ESTIMATE, List.of());
  }

  private static IcebergTable icebergTable(
      OptionalLong snapshotId, int schemaOfSnapshot, int format) {
    Snapshot snapshot = answering(Snapshot.class, Map.of("schemaId", schemaOfSnapshot));
    return new IcebergTable(
        TableName.of("spark_catalog", "db", "t"),
        List.of(Column.of("id", DataType.parse("int"))),
        answering(
            org.apache.iceberg.Table.class,
            Map.of("snapshot", snapshot, "spec", PartitionSpec.unpartitioned())),
        new Schema(0, Types.NestedField.optional(1, "id", Types.IntegerType.get())),
        snapshotId,
        "v1.json",
        format);
  }

  /** An object that answers these methods and no others. */
  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, called, arguments) -> {
              Object answer = answers.get(called.getName());
              if (answer == null) {
                throw new UnsupportedOperationException(called.toString());
              }
              return answer;
            }));
  }

  private static Dispatch.TrinoQuery accepted(String sql, ScanPlan plan) {
    Outcome outcome = translate(sql, plan);
    assertThat(outcome).isInstanceOf(Outcome.Equivalent.class);
    return (Dispatch.TrinoQuery) ((Outcome.Equivalent) outcome).dispatch();
  }

  private static Veto refused(String sql, ScanPlan plan) {
    return refused(sql, plan, CATALOGS);
  }

  private static Veto refused(String sql, ScanPlan plan, TrinoCatalogNames catalogs) {
    Outcome outcome = translate(sql, plan, catalogs);
    assertThat(outcome).isInstanceOf(Outcome.Vetoed.class);
    return ((Outcome.Vetoed) outcome).vetoes().get(0);
  }

  private static Outcome translate(String sql, ScanPlan plan) {
    return translate(sql, plan, CATALOGS);
  }

  private static Outcome translate(String sql, ScanPlan plan, TrinoCatalogNames catalogs) {
    Table table = plan.table();
    Statement.Query query = (Statement.Query) new StatementReader().read(sql);
    SessionState session =
        new SessionState(
            "test",
            "spark_catalog",
            List.of("default"),
            Map.of("spark.sql.session.timeZone", "Europe/Berlin"),
            Map.of());
    return new TrinoEquivalence(catalogs)
        .translate(
            AnalyzedQuery.of(
                query, TestResolutions.of(query.tree(), name -> table), session, request -> plan));
  }
}
