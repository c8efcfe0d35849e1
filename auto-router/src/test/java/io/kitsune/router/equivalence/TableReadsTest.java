// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.router.analysis.Analysis;
import io.kitsune.router.analysis.Analyzer;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.resolution.TestResolutions;
import io.kitsune.router.writing.DuckDbTables;
import io.kitsune.router.writing.DuckDbText;
import io.kitsune.router.writing.QueryWriter;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables as lists of files, read by a real DuckDB. */
class TableReadsTest {
  private static final ScanEstimate ESTIMATE = ScanEstimate.unknown("a test");

  @TempDir Path folder;
  private Connection duckDb;

  @BeforeEach
  void connect() throws SQLException {
    duckDb = DriverManager.getConnection("jdbc:duckdb:");
    execute("SET TimeZone='America/New_York'");
  }

  @AfterEach
  void disconnect() throws SQLException {
    duckDb.close();
  }

  @Test
  void columnsAreFoundByNameWhateverTheFileHas() throws SQLException {
    ScanFile first = file("[1]*?.parquet", "SELECT 1::INTEGER AS a, 'x' AS s");
    ScanFile second = file("it's.parquet", "SELECT 'y' AS \"S\", 2::INTEGER AS \"A\", 9 AS more");
    ScanFile third = file("older.parquet", "SELECT 3::INTEGER AS a");
    HiveTable table = hive(List.of(Column.of("a", Simple.INT), Column.of("s", Simple.STRING)));
    ScanPlan plan = plan(table, partition(List.of(), first, second, third));
    assertThat(read(plan)).containsExactlyInAnyOrder("1, x", "2, y", "3, null");
  }

  @Test
  void partitionValuesKeepTheirTextAndType() throws SQLException {
    HiveTable table =
        hive(
            List.of(Column.of("a", Simple.INT)),
            Column.of("p", Simple.STRING),
            Column.of("n", Simple.INT),
            Column.of("d", Simple.DATE));
    ScanPlan plan =
        plan(
            table,
            partition(Arrays.asList("01", "7", "2020-01-31"), numbered(1)),
            partition(Arrays.asList(null, null, null), numbered(2)),
            partition(Arrays.asList("x=y %41'", "-5", "9999-12-31"), numbered(3), numbered(4)));
    assertThat(read(plan))
        .containsExactlyInAnyOrder(
            "1, 01, 7, 2020-01-31",
            "2, null, null, null",
            "3, x=y %41', -5, 9999-12-31",
            "4, x=y %41', -5, 9999-12-31");
  }

  @Test
  void manyPartitionsAreLookedUpByTheFilesIndex() throws SQLException {
    List<HivePartition> partitions = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i <= 100; i++) {
      String value = i == 3 ? null : "0" + i;
      partitions.add(partition(Arrays.asList(value), numbered(i)));
      expected.add(i + ", " + value);
    }
    HiveTable table = hive(List.of(Column.of("a", Simple.INT)), Column.of("p", Simple.STRING));
    ScanPlan plan = plan(table, partitions.toArray(HivePartition[]::new));
    String text = write(plan, "select * from t");
    assertThat(text).contains("file_index").doesNotContain("UNION ALL");
    assertThat(rows(text)).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void partitionColumnsThatAreNotReadMakeNoBranches() throws SQLException {
    HiveTable table = hive(List.of(Column.of("a", Simple.INT)), Column.of("p", Simple.STRING));
    ScanPlan plan =
        plan(table, partition(List.of("x"), numbered(1)), partition(List.of("y"), numbered(2)));
    String text = write(plan, "select sum(a) as s, count(*) as n from t");
    assertThat(text).doesNotContain("UNION ALL");
    assertThat(rows(text)).containsExactly("3, 2");
    assertThat(rows(write(plan, "select count(*) as n from t"))).containsExactly("2");
    assertThat(rows(write(plan, "select p from t where p > 'x'"))).containsExactly("y");
  }

  @Test
  void aTableWithoutFilesIsEmptyAndTyped() throws SQLException {
    HiveTable table =
        hive(List.of(Column.of("a", new DataType.Decimal(15, 2))), Column.of("p", Simple.DATE));
    ScanPlan plan = plan(table);
    assertThat(read(plan)).isEmpty();
    assertThat(rows(write(plan, "select count(*) as n, sum(a) as s from t")))
        .containsExactly("0, null");
  }

  @Test
  void aPartitionValueThatIsNotPlainlyOfItsTypeIsRefused() {
    HiveTable table = hive(List.of(), Column.of("n", Simple.INT));
    assertThatThrownBy(
            () -> write(plan(table, partition(List.of("1e3"), numbered(1))), "select * from t"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("1e3");
  }

  @Test
  void timestampsInInt96AreReadInUtc() throws SQLException {
    // DuckDB does not write INT96; what it reads of it is a TIMESTAMP in UTC, as here.
    ScanFile file = file("t.parquet", "SELECT TIMESTAMP '2020-07-01 12:00:00' AS ts");
    HiveTable table = hive(List.of(Column.of("ts", Simple.TIMESTAMP)));
    ReadHazard hazard = new ReadHazard(ReadHazard.Kind.INT96_TIMESTAMP, "ts", "all files");
    ScanPlan plan =
        new ScanPlan.HiveFiles(
            table, List.of(partition(List.of(), file)), ESTIMATE, List.of(hazard));
    String text = write(plan, "select * from t");
    assertThat(rows("SELECT epoch_us(ts) FROM (" + text + ")")).containsExactly("1593604800000000");
  }

  @Test
  void otherHazardsAreRefused() throws SQLException {
    HiveTable table = hive(List.of(Column.of("a", Simple.INT)));
    ReadHazard hazard = new ReadHazard(ReadHazard.Kind.LEGACY_CALENDAR, "a", "old.parquet");
    ScanPlan plan =
        new ScanPlan.HiveFiles(
            table, List.of(partition(List.of(), numbered(1))), ESTIMATE, List.of(hazard));
    assertThatThrownBy(() -> write(plan, "select * from t"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("old.parquet");
  }

  @Test
  void filesOfAnotherMachineAreRefused() {
    HiveTable table = hive(List.of(Column.of("a", Simple.INT)));
    ScanFile remote = new ScanFile("s3://bucket/a.parquet", 1);
    assertThatThrownBy(() -> write(plan(table, partition(List.of(), remote)), "select * from t"))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("s3://bucket/a.parquet");
  }

  @Test
  void icebergColumnsAreFoundByFieldId() throws SQLException {
    ScanFile file =
        file(
            "ids.parquet",
            "SELECT 1::INTEGER AS old_name, 'x' AS s",
            ", FIELD_IDS {old_name: 1, s: 2}");
    Schema schema =
        new Schema(
            Types.NestedField.optional(1, "renamed", Types.LongType.get()),
            Types.NestedField.optional(3, "added", Types.StringType.get()),
            Types.NestedField.optional(2, "s", Types.StringType.get()));
    List<Column> columns =
        List.of(
            Column.of("renamed", Simple.BIGINT),
            Column.of("added", Simple.STRING),
            Column.of("s", Simple.STRING));
    IcebergTable table =
        new IcebergTable(
            TableName.of("lake", "db", "t"),
            columns,
            unusedHandle(),
            schema,
            OptionalLong.of(1),
            "v1.json",
            2);
    ScanPlan plan = new ScanPlan.IcebergFiles(table, List.of(file), ESTIMATE, List.of());
    assertThat(read(plan)).containsExactly("1, null, x");
    assertThat(rows(write(plan, "select count(*) as n from t"))).containsExactly("1");
    ScanPlan none = new ScanPlan.IcebergFiles(table, List.of(), ESTIMATE, List.of());
    assertThat(read(none)).isEmpty();
  }

  private static org.apache.iceberg.Table unusedHandle() {
    return (org.apache.iceberg.Table)
        Proxy.newProxyInstance(
            TableReadsTest.class.getClassLoader(),
            new Class<?>[] {org.apache.iceberg.Table.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  private List<String> read(ScanPlan plan) throws SQLException {
    return rows(write(plan, "select * from t"));
  }

  private static String write(ScanPlan plan, String sql) {
    io.kitsune.router.Statement.Query query =
        (io.kitsune.router.Statement.Query) new StatementReader().read(sql);
    Table table = plan.table();
    Analysis analysis =
        Analyzer.analyze(
            query.tree(), TestResolutions.of(query.tree(), name -> table), ZoneId.of("UTC"));
    ScanRequest request = analysis.scans().get(0).request();
    DuckDbTables tables =
        new DuckDbTables(
            Map.of(analysis.scans().get(0).source(), plan),
            Map.of(analysis.scans().get(0).source(), request.columns()));
    String text =
        new QueryWriter(DuckDbText.DIALECT, new DuckDbExpressions(), tables)
            .write(analysis.query());
    Set<String> planned =
        plan instanceof ScanPlan.HiveFiles hive
            ? Set.copyOf(
                hive.partitions().stream()
                    .flatMap(p -> p.files().stream())
                    .map(ScanFile::path)
                    .toList())
            : Set.copyOf(
                ((ScanPlan.IcebergFiles) plan).files().stream().map(ScanFile::path).toList());
    assertThat(tables.files()).isEqualTo(planned);
    return text;
  }

  private List<String> rows(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.add(result.getString(i));
        }
        rows.add(String.join(", ", row.stream().map(String::valueOf).toList()));
      }
      return rows;
    }
  }

  private ScanFile numbered(int number) throws SQLException {
    return file("f" + number + ".parquet", "SELECT " + number + "::INTEGER AS a");
  }

  private ScanFile file(String name, String sql) throws SQLException {
    return file(name, sql, "");
  }

  private ScanFile file(String name, String sql, String options) throws SQLException {
    Path path = folder.resolve(name);
    String quoted = path.toString().replace("'", "''");
    execute("COPY (" + sql + ") TO '" + quoted + "' (FORMAT parquet" + options + ")");
    return new ScanFile(path.toString(), path.toFile().length());
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = duckDb.createStatement()) {
      statement.execute(sql);
    }
  }

  private static HivePartition partition(List<String> values, ScanFile... files) {
    return new HivePartition(values, List.of(files));
  }

  private static ScanPlan plan(HiveTable table, HivePartition... partitions) {
    return new ScanPlan.HiveFiles(table, List.of(partitions), ESTIMATE, List.of());
  }

  private static HiveTable hive(List<Column> dataColumns, Column... partitionColumns) {
    return new HiveTable(
        TableName.of("spark_catalog", "default", "t"),
        dataColumns,
        List.of(partitionColumns),
        HiveTable.FileFormat.PARQUET,
        "file:/nowhere",
        HiveTable.Kind.EXTERNAL,
        Map.of(),
        "");
  }
}
