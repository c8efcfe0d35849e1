// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Version;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IcebergMetadataTest {
  private static final Schema SCHEMA =
      new Schema(
          required(1, "id", Types.LongType.get()), optional(2, "name", Types.StringType.get()));

  @TempDir Path folder;
  private final IcebergMetadata metadata = IcebergMetadata.open(Map.of());

  @AfterEach
  void close() {
    metadata.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyFormatVersionIsRead(int formatVersion) {
    LakeTable lake = LakeTable.create(folder, formatVersion, SCHEMA, PartitionSpec.unpartitioned());
    lake.append(lake.row(1L, "a"));

    IcebergTable table = lake.load(metadata, new Version.Current());

    assertThat(table.formatVersion()).isEqualTo(formatVersion);
    assertThat(table.columns()).extracting(Column::name).containsExactly("id", "name");
    assertThat(table.snapshotId()).hasValue(lake.table().currentSnapshot().snapshotId());
    assertThat(table.metadataLocation()).isEqualTo(lake.metadataLocation());
  }

  @Test
  void anEmptyTableHasNoSnapshot() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());

    assertThat(lake.load(metadata, new Version.Current()).snapshotId()).isEmpty();
    assertThatThrownBy(() -> lake.load(metadata, new Version.AsOf(Instant.now())))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("has no snapshots");
  }

  @Test
  void aSnapshotIsReadWithItsOwnSchemaAndABranchWithTheTables() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.append(lake.row(1L, "a"));
    long first = lake.table().currentSnapshot().snapshotId();
    lake.table().manageSnapshots().createBranch("audit", first).createTag("v1", first).commit();
    lake.table().updateSchema().renameColumn("name", "title").commit();
    lake.append(lake.row(2L, "b"));

    IcebergTable snapshot = lake.load(metadata, new Version.Snapshot(first));
    IcebergTable tag = lake.load(metadata, new Version.Reference("v1"));
    IcebergTable branch = lake.load(metadata, new Version.Reference("audit"));
    IcebergTable main = lake.load(metadata, new Version.Reference("main"));

    assertThat(snapshot.snapshotId()).hasValue(first);
    assertThat(snapshot.columns()).extracting(Column::name).containsExactly("id", "name");
    assertThat(tag.snapshotId()).hasValue(first);
    assertThat(tag.columns()).extracting(Column::name).containsExactly("id", "name");
    assertThat(branch.snapshotId()).hasValue(first);
    assertThat(branch.columns()).extracting(Column::name).containsExactly("id", "title");
    assertThat(main).isEqualTo(lake.load(metadata, new Version.Current()));
  }

  @Test
  void anInstantMeansTheSnapshotThatWasCurrentThen() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.append(lake.row(1L, "a"));
    long firstId = lake.table().currentSnapshot().snapshotId();
    Instant first = Instant.ofEpochMilli(lake.table().currentSnapshot().timestampMillis());
    // Commits have increasing times: Iceberg makes them so, by a millisecond at least.
    lake.append(lake.row(2L, "b"));
    Instant second = Instant.ofEpochMilli(lake.table().currentSnapshot().timestampMillis());

    assertThat(lake.load(metadata, new Version.AsOf(first)).snapshotId()).hasValue(firstId);
    assertThat(lake.load(metadata, new Version.AsOf(second.minusMillis(1))).snapshotId())
        .hasValue(firstId);
    assertThat(lake.load(metadata, new Version.AsOf(second)).snapshotId())
        .hasValue(lake.table().currentSnapshot().snapshotId());
    assertThatThrownBy(() -> lake.load(metadata, new Version.AsOf(first.minusMillis(1))))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("CATALOG_SNAPSHOT_NOT_FOUND"))
        .hasMessageContaining("its oldest is of " + first);
  }

  @Test
  void versionsThatDoNotExistAreErrorsThatNameThem() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    lake.append(lake.row(1L, "a"));

    assertThatThrownBy(() -> lake.load(metadata, new Version.Snapshot(42)))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("CATALOG_SNAPSHOT_NOT_FOUND"))
        .hasMessageContaining("lake.sales.orders")
        .hasMessageContaining("42");
    assertThatThrownBy(() -> lake.load(metadata, new Version.Reference("none")))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("CATALOG_REFERENCE_NOT_FOUND"))
        .hasMessageContaining("it has [main]");
  }

  @Test
  void metadataIsKeptByLocation() throws IOException {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    String location = lake.metadataLocation();
    IcebergTable loaded = metadata.load(LakeTable.NAME, location, new Version.Current());
    Files.delete(Path.of(LocalLocations.path(location).orElseThrow()));

    assertThat(metadata.load(LakeTable.NAME, location, new Version.Current())).isEqualTo(loaded);
  }

  @Test
  void anUnreadableMetadataFileIsAnErrorThatNamesIt() {
    assertThatThrownBy(
            () -> metadata.load(LakeTable.NAME, folder + "/none.json", new Version.Current()))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> assertThat(e.code()).isEqualTo("CATALOG_METADATA_UNREADABLE"))
        .hasMessageContaining("none.json");
  }

  @Test
  void theCacheHoldsNoMoreThanItsBound() {
    LakeTable lake = LakeTable.create(folder, 2, SCHEMA, PartitionSpec.unpartitioned());
    TableMetadata read = ((BaseTable) lake.table()).operations().current();
    int weight = MetadataCache.weight(read);
    ReadOnlyFileIO io = new ReadOnlyFileIO(Map.of(), AllowedLocations.ANYWHERE);
    AtomicInteger reads = new AtomicInteger();
    MetadataCache cache = new MetadataCache(2L * weight);
    for (int i = 0; i < 10; i++) {
      cache.table("t", "location" + i, io, counting(reads, read));
    }
    assertThat(reads).hasValue(10);

    for (int i = 0; i < 10; i++) {
      cache.table("t", "location" + i, io, counting(reads, read));
    }

    assertThat(reads).hasValueGreaterThanOrEqualTo(18);
  }

  private static Supplier<TableMetadata> counting(AtomicInteger reads, TableMetadata read) {
    return () -> {
      reads.incrementAndGet();
      return read;
    };
  }
}
