// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.iceberg.IcebergMetadata;
import io.kitsune.catalog.iceberg.LakeTable;
import io.kitsune.catalog.iceberg.LocalLocations;
import io.kitsune.catalog.scan.Confidence;
import io.kitsune.catalog.scan.ReadHazard.Kind;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.error.KitsuneException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IcebergScanPlannerTest {
  private static final Schema SCHEMA =
      new Schema(
          required(1, "id", Types.LongType.get()),
          optional(2, "name", Types.StringType.get()),
          optional(3, "region", Types.StringType.get()));
  private static final PartitionSpec BY_REGION =
      PartitionSpec.builderFor(SCHEMA).identity("region").build();

  @TempDir Path folder;
  private final IcebergMetadata metadata = IcebergMetadata.open(Map.of());
  // Footers may take their time on a machine that is busy with other tests.
  private final IcebergScanPlanner planner =
      new IcebergScanPlanner(new ScanLimits(10_000, 200_000, Duration.ofMinutes(2), 8));

  @AfterEach
  void close() {
    planner.close();
    metadata.close();
  }

  @Test
  void partitionsAndBoundsPruneFiles() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, BY_REGION);
    DataFile north = lake.append(lake.row(1L, "a", "north"), lake.row(2L, "b", "north"));
    DataFile south = lake.append(lake.row(10L, "c", "south"));
    DataFile late = lake.append(lake.row(20L, "d", "north"));

    ScanPlan.IcebergFiles byPartition = plan(lake, Expressions.equal("region", "north"), "id");
    ScanPlan.IcebergFiles byBounds = plan(lake, Expressions.lessThan("ID", 10), "id");

    assertThat(byPartition.files()).containsExactlyInAnyOrder(file(north), file(late));
    assertThat(byBounds.files()).containsExactly(file(north));
    assertThat(byBounds.hazards()).isEmpty();
    assertThat(plan(lake, Expressions.alwaysTrue(), "id").files())
        .containsExactlyInAnyOrder(file(north), file(south), file(late));
    assertThat(plan(lake, Expressions.alwaysFalse(), "id").files()).isEmpty();
  }

  @Test
  void theEstimateCountsWhatIsReadOfHowMuch() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, BY_REGION);
    DataFile north = lake.append(lake.row(1L, "a", "north"), lake.row(2L, "b", "north"));
    lake.append(lake.row(10L, "c", "south"));

    ScanEstimate estimate =
        plan(lake, Expressions.equal("region", "north"), "id", "name").estimate();

    assertThat(estimate.rows()).hasValue(2);
    assertThat(estimate.files()).hasValue(1);
    assertThat(estimate.filesTotal()).hasValue(2);
    assertThat(estimate.partitions()).hasValue(1);
    assertThat(estimate.partitionsTotal()).hasValue(2);
    assertThat(estimate.bytes()).hasValue(north.columnSizes().get(1) + north.columnSizes().get(2));
    assertThat(estimate.snapshotId()).hasValue(lake.table().currentSnapshot().snapshotId());
    assertThat(estimate.confidence()).isEqualTo(Confidence.EXACT);
    assertThat(estimate.reason()).isEqualTo("Iceberg column sizes of 1 files");
  }

  @Test
  void aCountReadsNoColumn() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.append(lake.row(1L, "a", "north"), lake.row(2L, "b", "north"));

    ScanEstimate estimate = plan(lake, Expressions.alwaysTrue()).estimate();

    assertThat(estimate.bytes()).hasValue(0);
    assertThat(estimate.rows()).hasValue(2);
    assertThat(estimate.partitions()).isEmpty();
    assertThat(estimate.partitionsTotal()).isEmpty();
    assertThat(estimate.reason()).isEqualTo("row counts of 1 files, no column read");
  }

  @Test
  void nestedColumnsAreAddedUp() {
    Schema nested =
        new Schema(
            optional(
                1,
                "s",
                Types.StructType.of(
                    optional(2, "a", Types.LongType.get()),
                    optional(3, "l", Types.ListType.ofOptional(4, Types.StringType.get())))),
            optional(5, "other", Types.LongType.get()));
    LakeTable lake = LakeTable.create(folder, 2, nested, PartitionSpec.unpartitioned());
    GenericRecord inner = GenericRecord.create(lake.table().schema().findType("s").asStructType());
    inner.setField("a", 7L);
    inner.setField("l", List.of("x", "y"));
    DataFile file = lake.append(lake.row(inner, 1L));

    assertThat(plan(lake, Expressions.alwaysTrue(), "s").estimate().bytes())
        .hasValue(size(lake, file, "s.a") + size(lake, file, "s.l.element"));
    assertThat(plan(lake, Expressions.alwaysTrue(), "s").hazards()).isEmpty();
  }

  @Test
  void withoutColumnSizesTheFileIsScaledByTypes() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.table()
        .updateProperties()
        .set(TableProperties.DEFAULT_WRITE_METRICS_MODE, "none")
        .commit();
    DataFile file = lake.append(lake.row(1L, "a", "north"));

    ScanEstimate estimate = plan(lake, Expressions.alwaysTrue(), "id").estimate();

    // A bigint among two texts: 8 of 8 + 16 + 16.
    assertThat(estimate.bytes()).hasValue(Math.round(file.fileSizeInBytes() * 0.2));
    assertThat(estimate.confidence()).isEqualTo(Confidence.GUESSED);
    assertThat(estimate.reason()).isEqualTo("file sizes scaled by column types for 1 of 1 files");
  }

  @Test
  void aTableWithoutSnapshotsHasNoFiles() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, BY_REGION);

    ScanPlan.IcebergFiles plan = plan(lake, Expressions.alwaysTrue(), "id");

    assertThat(plan.files()).isEmpty();
    assertThat(plan.hazards()).isEmpty();
    assertThat(plan.estimate().rows()).hasValue(0);
    assertThat(plan.estimate().confidence()).isEqualTo(Confidence.EXACT);
  }

  @Test
  void laterCommitsDoNotChangeAPinnedTable() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    DataFile first = lake.append(lake.row(1L, "a", "north"));
    IcebergTable pinned = lake.load(metadata, new Version.Current());
    lake.append(lake.row(2L, "b", "north"));

    assertThat(plan(pinned, Expressions.alwaysTrue(), "id").files()).containsExactly(file(first));
  }

  @Test
  void anOlderSnapshotIsPlannedWithItsOwnNamesAndABranchWithTheTables() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    DataFile small = lake.append(lake.row(1L, "a", "north"));
    DataFile large = lake.append(lake.row(9L, "b", "north"));
    long snapshot = lake.table().currentSnapshot().snapshotId();
    lake.table().manageSnapshots().createBranch("audit", snapshot).commit();
    lake.table().updateSchema().renameColumn("id", "key").commit();
    lake.table().updateSchema().addColumn("id", Types.LongType.get()).commit();
    lake.append(lake.row(100L, "c", "north", 1L));

    IcebergTable old = lake.load(metadata, new Version.Snapshot(snapshot));
    IcebergTable branch = lake.load(metadata, new Version.Reference("audit"));

    assertThat(plan(old, Expressions.equal("id", 1L), "id").files()).containsExactly(file(small));
    assertThat(plan(branch, Expressions.equal("key", 9L), "key").files())
        .containsExactly(file(large));
    // The branch's new column `id` is not in its files: nothing is known of it.
    assertThat(plan(branch, Expressions.equal("id", 1L), "id").files())
        .containsExactlyInAnyOrder(file(small), file(large));
  }

  @Test
  void partitionsPruneByTheNamesOfTheVersionThatIsRead() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, BY_REGION);
    DataFile north = lake.append(lake.row(1L, "a", "north"));
    DataFile south = lake.append(lake.row(2L, "b", "south"));
    long snapshot = lake.table().currentSnapshot().snapshotId();
    lake.table().updateSchema().renameColumn("region", "area").commit();
    IcebergTable old = lake.load(metadata, new Version.Snapshot(snapshot));
    IcebergTable renamed = lake.load(metadata, new Version.Current());
    lake.table().updateSpec().removeField("region").commit();
    lake.table().updateSchema().deleteColumn("name").commit();
    IcebergTable dropped = lake.load(metadata, new Version.Snapshot(snapshot));
    try (IcebergScanPlanner forgetful =
        new IcebergScanPlanner(new ScanLimits(10, 0, Duration.ofMinutes(2), 1))) {
      for (IcebergScanPlanner either : List.of(planner, forgetful)) {
        assertThat(files(either, old, Expressions.equal("region", "north")))
            .containsExactly(file(north));
        assertThat(files(either, renamed, Expressions.equal("AREA", "south")))
            .containsExactly(file(south));
        assertThat(files(either, dropped, Expressions.equal("region", "south")))
            .containsExactly(file(south));
        assertThat(files(either, dropped, Expressions.equal("name", "b"))).contains(file(south));
      }
    }
  }

  private static List<ScanFile> files(
      IcebergScanPlanner planner, IcebergTable table, Expression predicate) {
    return planner.plan(new ScanRequest(table, Set.of("id"), predicate)).files();
  }

  @Test
  void aColumnThatIsNotThereKeepsEveryFileAndIsAHazard() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.append(lake.row(1L, "a", "north"));

    ScanPlan.IcebergFiles plan = plan(lake, Expressions.equal("none", 5), "_file");

    assertThat(plan.files()).hasSize(1);
    assertThat(plan.hazards())
        .singleElement()
        .satisfies(
            hazard -> {
              assertThat(hazard.kind()).isEqualTo(Kind.OTHER);
              assertThat(hazard.detail()).contains("_file");
            });
  }

  @Test
  void tooManyFilesStayOnSparkWithTheSnapshotsTotals() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, BY_REGION);
    for (long i = 0; i < 4; i++) {
      lake.append(lake.row(i, "a", "north" + i));
    }
    try (IcebergScanPlanner small =
        new IcebergScanPlanner(new ScanLimits(3, 1_000, Duration.ofMinutes(2), 1))) {
      IcebergTable table = lake.load(metadata, new Version.Current());
      ScanPlan plan = small.plan(new ScanRequest(table, Set.of("id"), Expressions.alwaysTrue()));

      assertThat(plan.hazards())
          .singleElement()
          .satisfies(hazard -> assertThat(hazard.detail()).contains("too many files"));
      assertThat(plan.estimate().confidence()).isEqualTo(Confidence.GUESSED);
      assertThat(plan.estimate().rows()).hasValue(4);
      assertThat(plan.estimate().filesTotal()).hasValue(4);
      assertThat(
              small
                  .plan(new ScanRequest(table, Set.of("id"), Expressions.lessThan("id", 3L)))
                  .hazards())
          .isEmpty();
    }
  }

  @Test
  void aLostManifestIsAnErrorThatNamesTheTable() throws Exception {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.append(lake.row(1L, "a", "north"));
    for (ManifestFile manifest : lake.table().currentSnapshot().allManifests(lake.table().io())) {
      Files.delete(Path.of(LocalLocations.path(manifest.path()).orElseThrow()));
    }

    assertThatThrownBy(() -> plan(lake, Expressions.alwaysTrue(), "id"))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("CATALOG_SCAN_FAILED"))
        .hasMessageContaining("lake.sales.orders");
  }

  private ScanPlan.IcebergFiles plan(LakeTable lake, Expression predicate, String... columns) {
    return plan(lake.load(metadata, new Version.Current()), predicate, columns);
  }

  private ScanPlan.IcebergFiles plan(IcebergTable table, Expression predicate, String... columns) {
    return planner.plan(new ScanRequest(table, Set.of(columns), predicate));
  }

  private static long size(LakeTable lake, DataFile file, String column) {
    return file.columnSizes().get(lake.table().schema().findField(column).fieldId());
  }

  private static ScanFile file(DataFile file) {
    return new ScanFile(LocalLocations.path(file.location()).orElseThrow(), file.fileSizeInBytes());
  }
}
