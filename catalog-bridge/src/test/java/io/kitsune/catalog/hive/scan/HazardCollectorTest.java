// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.files.FileLocation;
import io.kitsune.catalog.files.FolderLister;
import io.kitsune.catalog.files.ParquetFooter;
import io.kitsune.catalog.files.ParquetFooters;
import io.kitsune.catalog.files.ParquetTestFile;
import io.kitsune.catalog.scan.ReadHazard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HazardCollectorTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          boolean       | optional boolean a;
          tinyint       | optional int32 a (INTEGER(8,true));
          smallint      | optional int32 a (INTEGER(16,true));
          int           | optional int32 a;
          int           | required int32 a (INTEGER(32,true));
          bigint        | optional int64 a;
          float         | optional float a;
          double        | optional double a;
          string        | optional binary a (STRING);
          varchar(3)    | optional binary a (STRING);
          binary        | optional binary a;
          date          | optional int32 a (DATE);
          timestamp     | optional int64 a (TIMESTAMP(MICROS,true));
          timestamp     | optional int64 a (TIMESTAMP(MILLIS,true));
          timestamp_ntz | optional int64 a (TIMESTAMP(MICROS,false));
          decimal(9,2)  | optional int32 a (DECIMAL(9,2));
          decimal(18,2) | optional int64 a (DECIMAL(18,2));
          decimal(38,2) | optional fixed_len_byte_array(16) a (DECIMAL(38,2));
          decimal(9,2)  | optional binary a (DECIMAL(9,2));
          array<int>    | optional group a (LIST) { repeated group list { optional int32 element; } }
          array<int>    | optional group a (LIST) { repeated group bag { optional int32 array_element; } }
          map<string,int> | optional group a (MAP) { repeated group key_value { required binary key (STRING); optional int32 value; } }
          struct<x:int,Y:string> | optional group a { optional int32 x; optional binary Y (STRING); }
          int           | optional int32 A;
          int           | optional int32 other;
          """)
  void whatEveryReaderReadsAlikeIsNoHazard(String type, String field) {
    assertThat(hazards(type, ParquetTestFile.of(field).bySpark())).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bigint        | optional int32 a;
          int           | optional int64 a;
          double        | optional float a;
          string        | optional int32 a;
          string        | optional binary a;
          string        | optional binary a (ENUM);
          string        | optional binary a (JSON);
          binary        | optional binary a (STRING);
          tinyint       | optional int32 a;
          int           | optional int32 a (INTEGER(32,false));
          int           | optional int32 a (DATE);
          bigint        | optional int64 a (INTEGER(64,false));
          bigint        | optional int64 a (TIMESTAMP(MICROS,true));
          date          | optional int32 a;
          timestamp     | optional int64 a;
          timestamp     | optional int64 a (TIMESTAMP(NANOS,true));
          timestamp     | optional int64 a (TIMESTAMP(MICROS,false));
          timestamp_ntz | optional int64 a (TIMESTAMP(MICROS,true));
          timestamp_ntz | optional int96 a;
          decimal(9,2)  | optional int32 a (DECIMAL(9,3));
          decimal(10,2) | optional int32 a (DECIMAL(9,2));
          decimal(9,2)  | optional int32 a;
          interval      | optional fixed_len_byte_array(12) a (INTERVAL);
          array<int>    | repeated int32 a;
          array<int>    | optional group a (LIST) { repeated int32 element; }
          array<int>    | optional group a (LIST) { repeated group array { optional int32 x; } }
          array<struct<x:int>> | optional group a (LIST) { repeated group a_tuple { optional int32 x; } }
          array<bigint> | optional group a (LIST) { repeated group list { optional int32 element; } }
          array<timestamp> | optional group a (LIST) { repeated group list { optional int96 element; } }
          map<string,int> | optional group a { repeated group key_value { required binary key (STRING); optional int32 value; } }
          map<string,int> | optional group a (MAP) { repeated group key_value { required binary key (STRING); } }
          struct<x:int> | optional group a { optional int32 X; }
          struct<x:int,y:int> | optional group a { optional int32 y; optional int32 x; }
          struct<x:int,y:int> | optional group a { optional int32 x; }
          struct<x:int> | optional int32 a;
          int           | optional group a { optional int32 x; }
          """)
  void anotherPhysicalTypeIsNamed(String type, String field) {
    assertThat(hazards(type, ParquetTestFile.of(field).bySpark()))
        .singleElement()
        .satisfies(
            hazard -> {
              assertThat(hazard.kind()).isEqualTo(ReadHazard.Kind.PHYSICAL_TYPE);
              assertThat(hazard.column()).isEqualTo("a");
              assertThat(hazard.detail()).contains("0.parquet").contains("where the table has ");
            });
  }

  @Test
  void columnsThatAreNotReadDoNotMatter() {
    HazardCollector collector = collector("bigint", Set.of());
    collector.addFile("f", footer(0, ParquetTestFile.of("optional int32 a;")));

    assertThat(collector.hazards()).isEmpty();
  }

  @Test
  void datesOfOldCalendarsAreHazardsUnlessTheBoundsShowNone() {
    String day = "optional int32 a (DATE);";
    int old = -141_428;
    int modern = -141_427;
    assertThat(kinds("date", spark("2.4.8", day).row(r -> r.append("a", old))))
        .containsExactly(ReadHazard.Kind.LEGACY_CALENDAR);
    assertThat(kinds("date", spark("2.4.8", day).row(r -> r.append("a", modern)))).isEmpty();
    assertThat(kinds("date", spark("3.5.4", day).row(r -> r.append("a", old)))).isEmpty();
    assertThat(
            kinds(
                "date",
                spark("3.5.4", day)
                    .footer("org.apache.spark.legacyDateTime", "")
                    .row(r -> r.append("a", old))))
        .containsExactly(ReadHazard.Kind.LEGACY_CALENDAR);
    assertThat(kinds("date", ParquetTestFile.of(day).row(r -> r.append("a", old))))
        .as("Spark refuses old dates that it did not write")
        .containsExactly(ReadHazard.Kind.LEGACY_CALENDAR);
    assertThat(kinds("date", ParquetTestFile.of(day).row(r -> r.append("a", modern)))).isEmpty();
    assertThat(kinds("date", ParquetTestFile.of(day).row(r -> {}))).as("all NULL").isEmpty();
    assertThat(kinds("date", spark("odd", day).row(r -> r.append("a", old))))
        .containsExactly(ReadHazard.Kind.LEGACY_CALENDAR);
  }

  @Test
  void timestampsOfOldCalendarsAreHazardsUnlessTheBoundsShowNone() {
    String at = "optional int64 a (TIMESTAMP(MICROS,true));";
    String millis = "optional int64 a (TIMESTAMP(MILLIS,true));";
    long limit = -2_208_988_800_000_000L;
    assertThat(kinds("timestamp", spark("2.4.8", at).row(r -> r.append("a", limit)))).isEmpty();
    assertThat(kinds("timestamp", spark("2.4.8", at).row(r -> r.append("a", limit - 1))))
        .containsExactly(ReadHazard.Kind.LEGACY_CALENDAR);
    assertThat(kinds("timestamp", spark("2.4.8", millis).row(r -> r.append("a", limit / 1000))))
        .isEmpty();
    assertThat(kinds("timestamp", spark("2.4.8", millis).row(r -> r.append("a", limit / 1000 - 1))))
        .containsExactly(ReadHazard.Kind.LEGACY_CALENDAR);
  }

  @Test
  void oldDatesInsideOfNestedColumnsAreFound() {
    String list =
        "optional group a (LIST) { repeated group list { optional int32 element (DATE); } }";
    assertThat(
            kinds(
                "array<date>",
                spark("2.4.8", list)
                    .row(r -> r.addGroup("a").addGroup("list").append("element", -200_000))))
        .containsExactly(ReadHazard.Kind.LEGACY_CALENDAR);
  }

  @Test
  void int96InEveryFileIsToldFromAMixture() {
    ParquetTestFile int96 = int96("3.5.4");
    ParquetTestFile int64 = spark("3.5.4", "optional int64 a (TIMESTAMP(MICROS,true));");
    ParquetTestFile neither = spark("3.5.4", "optional int32 b;");

    assertThat(kinds("timestamp", int96, int96("3.2.0"), neither))
        .containsExactly(ReadHazard.Kind.INT96_TIMESTAMP);
    assertThat(hazards("timestamp", int96, int64))
        .containsExactly(
            new ReadHazard(
                ReadHazard.Kind.PHYSICAL_TYPE, "a", "a is INT96 in 1 files and not in 1"));
  }

  @Test
  void int96HasNoBoundsToClearAnOldCalendar() {
    assertThat(kinds("timestamp", int96("3.0.3")))
        .containsExactly(ReadHazard.Kind.LEGACY_CALENDAR, ReadHazard.Kind.INT96_TIMESTAMP);
    assertThat(kinds("timestamp", int96("3.5.4").footer("org.apache.spark.legacyINT96", "")))
        .containsExactly(ReadHazard.Kind.LEGACY_CALENDAR, ReadHazard.Kind.INT96_TIMESTAMP);
  }

  @Test
  void namesThatReadersConfuseAreHazards() {
    assertThat(kinds("int", spark("3.5.4", "optional int32 a; optional int32 A;")))
        .containsExactly(ReadHazard.Kind.COLUMN_NAMES);
    HiveTable table =
        table(Column.of("FileName", DataType.Simple.INT), Column.of("b", DataType.Simple.INT));
    assertThat(new HazardCollector(table, Set.of()).hazards())
        .extracting(ReadHazard::kind, ReadHazard::column)
        .containsExactly(tuple(ReadHazard.Kind.COLUMN_NAMES, "FileName"));
    HiveTable twins =
        table(Column.of("a", DataType.Simple.INT), Column.of("A", DataType.Simple.INT));
    assertThat(new HazardCollector(twins, Set.of()).hazards()).hasSize(1);
  }

  @Test
  void charColumnsThatAreReadAreHazards() {
    assertThat(collector("char(3)", Set.of("A")).hazards())
        .extracting(ReadHazard::kind)
        .containsExactly(ReadHazard.Kind.CHAR_PADDING);
    assertThat(collector("array<struct<x:char(3)>>", Set.of("a")).hazards()).hasSize(1);
    assertThat(collector("char(3)", Set.of()).hazards()).isEmpty();
  }

  @Test
  void aTransactionalTableIsAHazard() {
    HiveTable table =
        new HiveTable(
            TableName.of("spark_catalog", "db", "t"),
            List.of(Column.of("a", DataType.Simple.INT)),
            List.of(),
            HiveTable.FileFormat.PARQUET,
            "file:/t",
            HiveTable.Kind.MANAGED,
            Map.of("transactional", "true"),
            "");
    assertThat(new HazardCollector(table, Set.of()).hazards())
        .extracting(ReadHazard::kind)
        .containsExactly(ReadHazard.Kind.FORMAT);
  }

  @Test
  void theSameHazardInManyFilesIsNamedOnce() {
    ParquetTestFile file = spark("3.5.4", "optional int32 a;");
    assertThat(hazards("bigint", file, file, file))
        .singleElement()
        .satisfies(h -> assertThat(h.detail()).endsWith(", and 2 more"));
  }

  private static ParquetTestFile int96(String version) {
    Binary value = Binary.fromConstantByteArray(new byte[12]);
    return spark(version, "optional int96 a;").row(r -> r.append("a", value));
  }

  private static ParquetTestFile spark(String version, String fields) {
    return ParquetTestFile.of(fields).footer("org.apache.spark.version", version);
  }

  private List<ReadHazard.Kind> kinds(String type, ParquetTestFile... files) {
    return hazards(type, files).stream().map(ReadHazard::kind).toList();
  }

  private List<ReadHazard> hazards(String type, ParquetTestFile... files) {
    HazardCollector collector = collector(type, Set.of("a"));
    for (int i = 0; i < files.length; i++) {
      collector.addFile(i + ".parquet", footer(i, files[i]));
    }
    return collector.hazards();
  }

  private ParquetFooter footer(int number, ParquetTestFile file) {
    Path subfolder = folder.resolve("f" + number + "-" + System.nanoTime());
    file.write(subfolder.resolve(number + ".parquet"));
    try (FolderLister lister = new FolderLister(Duration.ofSeconds(1))) {
      return (ParquetFooter)
          new ParquetFooters().read(lister.list(new FileLocation.Local(subfolder)).files().get(0));
    }
  }

  private static HazardCollector collector(String type, Set<String> columnsRead) {
    return new HazardCollector(table(Column.of("a", DataType.parse(type))), columnsRead);
  }

  private static HiveTable table(Column... columns) {
    return new HiveTable(
        TableName.of("spark_catalog", "db", "t"),
        List.of(columns),
        List.of(),
        HiveTable.FileFormat.PARQUET,
        "file:/t",
        HiveTable.Kind.EXTERNAL,
        Map.of(),
        "");
  }
}
