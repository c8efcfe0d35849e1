// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kitsune.catalog.Version;
import io.kitsune.catalog.iceberg.IcebergMetadata;
import io.kitsune.catalog.iceberg.LakeTable;
import io.kitsune.catalog.scan.Confidence;
import io.kitsune.catalog.scan.ReadHazard;
import io.kitsune.catalog.scan.ReadHazard.Kind;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScanHazardsTest {
  private static final Types.StructType POINT =
      Types.StructType.of(
          optional(11, "x", Types.IntegerType.get()), optional(12, "y", Types.IntegerType.get()));
  private static final Schema SCHEMA =
      new Schema(
          optional(1, "id", Types.IntegerType.get()),
          optional(2, "name", Types.StringType.get()),
          optional(3, "m", Types.DecimalType.of(8, 2)),
          optional(4, "f", Types.FloatType.get()),
          optional(5, "p", POINT),
          optional(6, "l", Types.ListType.ofOptional(13, pointInList())),
          optional(
              7,
              "kv",
              Types.MapType.ofOptional(16, 17, Types.StringType.get(), Types.LongType.get())));

  @TempDir Path folder;
  private final IcebergMetadata metadata = IcebergMetadata.open(Map.of());
  // Footers may take their time on a machine that is busy with other tests.
  private final IcebergScanPlanner planner =
      new IcebergScanPlanner(new ScanLimits(10_000, 200_000, Duration.ofMinutes(2), 8));

  private static Types.StructType pointInList() {
    return Types.StructType.of(optional(14, "x", Types.IntegerType.get()));
  }

  @AfterEach
  void close() {
    planner.close();
    metadata.close();
  }

  @Test
  void filesOfTheTablesOwnSchemaHaveNoHazards() {
    LakeTable lake = newTable(2);
    lake.append(row(lake));

    assertThat(hazards(lake, "id", "name", "m", "f", "p", "l", "kv")).isEmpty();
  }

  @Test
  void evolutionOfTopLevelColumnsThatIsKnownExactIsNoHazard() {
    LakeTable lake = newTable(2);
    lake.append(row(lake));
    lake.table()
        .updateSchema()
        .updateColumn("id", Types.LongType.get())
        .updateColumn("f", Types.DoubleType.get())
        .updateColumn("m", Types.DecimalType.of(12, 2))
        .renameColumn("name", "title")
        .moveFirst("kv")
        .commit();
    lake.table().updateSchema().deleteColumn("p").commit();
    lake.table().updateSchema().addColumn("p", Types.LongType.get()).commit();

    assertThat(hazards(lake, "id", "title", "m", "f", "p", "kv")).isEmpty();
  }

  @Test
  void aRenamedNestedFieldIsAHazardOfItsColumnOnly() {
    LakeTable lake = newTable(2);
    lake.append(row(lake));
    lake.table().updateSchema().renameColumn("p.x", "east").commit();

    assertThat(hazards(lake, "p"))
        .singleElement()
        .satisfies(
            hazard -> {
              assertThat(hazard.kind()).isEqualTo(Kind.NESTED_EVOLUTION);
              assertThat(hazard.detail()).contains("p.east").contains("the file has x");
            });
    assertThat(hazards(lake, "id", "l", "kv")).isEmpty();
    // A column of the predicate counts as read.
    assertThat(
            planner
                .plan(
                    new ScanRequest(
                        lake.load(metadata, new Version.Current()),
                        Set.of("id"),
                        Expressions.notNull("p")))
                .hazards())
        .hasSize(1);
  }

  @Test
  void swappedAddedDroppedAndWidenedNestedFieldsAreHazards() {
    assertNestedHazard(lake -> lake.table().updateSchema().moveBefore("p.y", "p.x").commit(), "p");
    assertNestedHazard(
        lake -> lake.table().updateSchema().addColumn("p", "z", Types.LongType.get()).commit(),
        "p");
    assertNestedHazard(lake -> lake.table().updateSchema().deleteColumn("p.y").commit(), "p");
    assertNestedHazard(
        lake -> lake.table().updateSchema().updateColumn("p.x", Types.LongType.get()).commit(),
        "p");
    assertNestedHazard(
        lake -> lake.table().updateSchema().renameColumn("l.element.x", "w").commit(), "l");
    assertNestedHazard(
        lake -> {
          lake.table().updateSchema().deleteColumn("p.x").commit();
          lake.table().updateSchema().addColumn("p", "x", Types.IntegerType.get()).commit();
        },
        "p");
  }

  @Test
  void everyKindOfDeleteIsAHazardAndLowersTheConfidence() {
    LakeTable two = newTable(2);
    DataFile file = two.append(row(two), row(two));
    two.deletePositions(file, 0);
    two.deleteEqual(row(two), "id");
    LakeTable three = newTable(3);
    DataFile other = three.append(row(three), row(three));
    three.deleteWithVector(other, 1);

    assertThat(hazards(two, "id"))
        .extracting(ReadHazard::kind, hazard -> hazard.detail().split(" in ")[0])
        .containsExactlyInAnyOrder(
            tuple(Kind.DELETES, "position deletes"),
            tuple(Kind.EQUALITY_DELETES, "equality deletes"));
    assertThat(hazards(three, "id"))
        .singleElement()
        .satisfies(
            hazard -> {
              assertThat(hazard.kind()).isEqualTo(Kind.DELETES);
              assertThat(hazard.detail()).startsWith("deletion vectors in ");
            });
    ScanPlan plan = planner.plan(request(two, "id"));
    assertThat(plan.estimate().rows()).hasValue(2);
    assertThat(plan.estimate().confidence()).isEqualTo(Confidence.STATISTICS);
    assertThat(plan.estimate().reason()).contains("rows deleted by 2 delete files");
  }

  @Test
  void otherFormatsAndOtherStoresAreHazards() {
    LakeTable lake = newTable(2);
    add(lake, "/nowhere/a.orc", FileFormat.ORC);
    add(lake, "s3://bucket/b.parquet", FileFormat.PARQUET);

    assertThat(hazards(lake, "id"))
        .extracting(ReadHazard::kind)
        .containsExactlyInAnyOrder(Kind.FORMAT, Kind.FILE_SYSTEM);
  }

  @Test
  void aFooterThatCannotBeReadIsAHazard() throws IOException {
    LakeTable lake = newTable(2);
    add(lake, folder.resolve("gone.parquet").toString(), FileFormat.PARQUET);
    Path broken = Files.writeString(folder.resolve("broken.parquet"), "no Parquet at all");
    add(lake, broken.toString(), FileFormat.PARQUET);

    assertThat(hazards(lake, "id"))
        .hasSize(2)
        .allSatisfy(hazard -> assertThat(hazard.detail()).startsWith("footer not readable"));
  }

  @Test
  void filesWithoutFieldIdsAreAHazard() throws IOException {
    LakeTable lake = newTable(2);
    add(lake, parquet("optional int32 id; optional binary name (UTF8);"), FileFormat.PARQUET);

    assertThat(hazards(lake, "id")).extracting(ReadHazard::kind).containsExactly(Kind.NO_FIELD_IDS);
    assertThat(hazards(lake)).extracting(ReadHazard::kind).containsExactly(Kind.NO_FIELD_IDS);
  }

  @Test
  void physicalTypesThatAreNotTheColumnsAreHazards() throws IOException {
    LakeTable lake = newTable(2);
    lake.table().updateSchema().addColumn("at", Types.TimestampType.withZone()).commit();
    int at = lake.table().schema().findField("at").fieldId();
    add(
        lake,
        parquet(
            """
            optional int64 id = 1; optional binary name = 2;
            optional int32 m (DECIMAL(8,3)) = 3; optional int96 at = %d;"""
                .formatted(at)),
        FileFormat.PARQUET);

    assertThat(hazards(lake, "id", "name", "m"))
        .extracting(ReadHazard::kind)
        .containsExactly(Kind.PHYSICAL_TYPE, Kind.PHYSICAL_TYPE, Kind.PHYSICAL_TYPE);
    assertThat(hazards(lake, "at"))
        .singleElement()
        .satisfies(
            hazard -> {
              assertThat(hazard.kind()).isEqualTo(Kind.PHYSICAL_TYPE);
              assertThat(hazard.column()).isEqualTo("at");
              assertThat(hazard.detail()).contains("INT96");
            });
    assertThat(hazards(lake, "f")).isEmpty();
  }

  @Test
  void typesThatAreNotKnownExactAreHazardsWhereTheyAreRead() {
    Schema schema =
        new Schema(
            optional(1, "id", Types.LongType.get()),
            optional(2, "u", Types.UUIDType.get()),
            optional(3, "l", Types.ListType.ofOptional(4, Types.TimeType.get())));
    LakeTable lake = LakeTable.create(folder, 2, schema, PartitionSpec.unpartitioned());
    lake.append(lake.row(1L, UUID.randomUUID(), null));

    assertThat(hazards(lake, "id")).isEmpty();
    assertThat(hazards(lake, "u")).extracting(ReadHazard::kind).contains(Kind.PHYSICAL_TYPE);
    assertThat(hazards(lake, "l")).extracting(ReadHazard::kind).contains(Kind.PHYSICAL_TYPE);
  }

  @Test
  void defaultsAreExactForIntegersAndTextOnly() {
    LakeTable lake = newTable(3);
    lake.append(row(lake));
    lake.table()
        .updateSchema()
        .addColumn("i", Types.IntegerType.get(), Literal.of(7))
        .addColumn("s", Types.StringType.get(), Literal.of("x"))
        .addColumn("d", Types.DoubleType.get(), Literal.of(1.5))
        .commit();

    assertThat(hazards(lake, "i", "s")).isEmpty();
    assertThat(hazards(lake, "d"))
        .singleElement()
        .satisfies(hazard -> assertThat(hazard.kind()).isEqualTo(Kind.PHYSICAL_TYPE));
  }

  @Test
  void aPartitionColumnThatIsNotInTheFileIsAHazard() throws IOException {
    PartitionSpec byName = PartitionSpec.builderFor(SCHEMA).identity("name").build();
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, byName);
    DataFile file =
        DataFiles.builder(byName)
            .withPath(parquet("optional int32 id = 1;"))
            .withFormat(FileFormat.PARQUET)
            .withPartitionPath("name=x")
            .withFileSizeInBytes(100)
            .withRecordCount(1)
            .build();
    lake.table().newAppend().appendFile(file).commit();

    assertThat(hazards(lake, "name"))
        .extracting(ReadHazard::kind)
        .containsExactly(Kind.MISSING_PARTITION_COLUMN);
    assertThat(hazards(lake, "id")).isEmpty();
  }

  @Test
  void columnsThatDifferOnlyByCaseAreAHazard() {
    Schema schema =
        new Schema(optional(1, "a", Types.LongType.get()), optional(2, "A", Types.LongType.get()));
    LakeTable lake = LakeTable.create(folder, 2, schema, PartitionSpec.unpartitioned());
    DataFile one = lake.append(lake.row(1L, 5L));

    ScanPlan.IcebergFiles plan =
        planner.plan(
            new ScanRequest(
                lake.load(metadata, new Version.Current()),
                Set.of("A"),
                Expressions.equal("A", 5L)));

    assertThat(plan.files()).hasSize(1);
    assertThat(plan.estimate().bytes()).hasValue(one.columnSizes().get(2));
    assertThat(plan.hazards()).extracting(ReadHazard::kind).containsExactly(Kind.COLUMN_NAMES);
  }

  @Test
  void oneHazardStandsForAllItsFiles() {
    LakeTable lake = newTable(2);
    lake.append(row(lake));
    lake.append(row(lake));
    lake.table().updateSchema().renameColumn("p.x", "east").commit();

    assertThat(hazards(lake, "p"))
        .singleElement()
        .satisfies(hazard -> assertThat(hazard.detail()).contains(" in 2 files, "));
  }

  private void assertNestedHazard(java.util.function.Consumer<LakeTable> change, String column) {
    LakeTable lake = newTable(2);
    lake.append(row(lake));
    change.accept(lake);

    assertThat(hazards(lake, column))
        .extracting(ReadHazard::kind)
        .containsExactly(Kind.NESTED_EVOLUTION);
  }

  private LakeTable newTable(int formatVersion) {
    return LakeTable.create(folder, formatVersion, SCHEMA, PartitionSpec.unpartitioned());
  }

  /** A row whose values do not matter. */
  private static Record row(LakeTable lake) {
    Type point = lake.table().schema().findType("p");
    GenericRecord inner = GenericRecord.create(point.asStructType());
    inner.set(0, 1);
    return lake.row(1, "a", null, 1.5f, inner, List.of(), Map.of("k", 1L));
  }

  private void add(LakeTable lake, String location, FileFormat format) {
    lake.table()
        .newAppend()
        .appendFile(
            DataFiles.builder(lake.table().spec())
                .withPath(location)
                .withFormat(format)
                .withFileSizeInBytes(100)
                .withRecordCount(1)
                .build())
        .commit();
  }

  /** A file that Iceberg did not write; its rows do not matter. */
  private String parquet(String fields) throws IOException {
    Path path = folder.resolve(UUID.randomUUID() + ".parquet");
    MessageType type = MessageTypeParser.parseMessageType("message other { " + fields + " }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new LocalOutputFile(path))
            .withType(type)
            .withConf(new Configuration())
            .build()) {
      writer.write(new SimpleGroupFactory(type).newGroup());
    }
    return path.toString();
  }

  private List<ReadHazard> hazards(LakeTable lake, String... columns) {
    return planner.plan(request(lake, columns)).hazards();
  }

  private ScanRequest request(LakeTable lake, String... columns) {
    return new ScanRequest(
        lake.load(metadata, new Version.Current()), Set.of(columns), Expressions.alwaysTrue());
  }
}
