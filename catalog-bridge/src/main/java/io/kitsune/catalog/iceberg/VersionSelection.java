// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.error.KitsuneException;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.TreeSet;
import org.apache.iceberg.HistoryEntry;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;

/**
 * The snapshot and schema that a version of a table means, as Spark's Iceberg connector has it: a
 * snapshot, a tag and an instant are read with the schema the snapshot was written with, a branch
 * with the table's current schema.
 *
 * @param snapshotId empty for a table without snapshots
 */
record VersionSelection(OptionalLong snapshotId, Schema schema) {

  /**
   * Resolves a version.
   *
   * @throws KitsuneException {@code CATALOG_SNAPSHOT_NOT_FOUND} or {@code
   *     CATALOG_REFERENCE_NOT_FOUND}, naming what the table has
   */
  static VersionSelection of(TableName name, TableMetadata metadata, Version version) {
    if (version instanceof Version.Snapshot snapshot) {
      return atSnapshot(name, metadata, snapshot.id());
    }
    if (version instanceof Version.Reference reference) {
      return atReference(name, metadata, reference.name());
    }
    if (version instanceof Version.AsOf asOf) {
      return atSnapshot(name, metadata, snapshotAsOf(name, metadata, asOf.instant()));
    }
    Snapshot current = metadata.currentSnapshot();
    OptionalLong id =
        current == null ? OptionalLong.empty() : OptionalLong.of(current.snapshotId());
    return new VersionSelection(id, metadata.schema());
  }

  private static VersionSelection atSnapshot(TableName name, TableMetadata metadata, long id) {
    Snapshot snapshot = metadata.snapshot(id);
    if (snapshot == null) {
      throw new KitsuneException(
          "CATALOG_SNAPSHOT_NOT_FOUND",
          "42K0E",
          ("table %s has no snapshot %d: it was expired or never existed; "
                  + "SELECT snapshot_id FROM %s.snapshots lists those there are")
              .formatted(name, id, name));
    }
    // Version 1 tables may not record a schema with each snapshot.
    Integer schemaId = snapshot.schemaId();
    Schema schema = schemaId == null ? metadata.schema() : metadata.schemasById().get(schemaId);
    if (schema == null) {
      throw new KitsuneException(
          "CATALOG_METADATA_INVALID",
          "58030",
          "table %s: snapshot %d was written with schema %d, which its metadata lacks"
              .formatted(name, id, schemaId));
    }
    return new VersionSelection(OptionalLong.of(id), schema);
  }

  private static VersionSelection atReference(
      TableName name, TableMetadata metadata, String referenceName) {
    SnapshotRef reference = metadata.ref(referenceName);
    if (reference == null) {
      throw new KitsuneException(
          "CATALOG_REFERENCE_NOT_FOUND",
          "42K0E",
          "table %s has no branch or tag '%s'; it has %s"
              .formatted(name, referenceName, new TreeSet<>(metadata.refs().keySet())));
    }
    if (reference.isTag()) {
      return atSnapshot(name, metadata, reference.snapshotId());
    }
    return new VersionSelection(OptionalLong.of(reference.snapshotId()), metadata.schema());
  }

  private static long snapshotAsOf(TableName name, TableMetadata metadata, Instant instant) {
    long millis = instant.toEpochMilli();
    HistoryEntry found = null;
    for (HistoryEntry entry : metadata.snapshotLog()) {
      if (entry.timestampMillis() <= millis) {
        found = entry;
      }
    }
    if (found == null) {
      String oldest =
          metadata.snapshotLog().isEmpty()
              ? "it has no snapshots"
              : "its oldest is of "
                  + Instant.ofEpochMilli(metadata.snapshotLog().get(0).timestampMillis());
      throw new KitsuneException(
          "CATALOG_SNAPSHOT_NOT_FOUND",
          "42K0E",
          "table %s has no snapshot as old as %s; %s".formatted(name, instant, oldest));
    }
    return found.snapshotId();
  }
}
