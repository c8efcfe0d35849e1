// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import java.util.OptionalLong;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.io.FileIO;

/**
 * What a snapshot holds in all, before pruning.
 *
 * @param files data files, counted in the manifest list, or from the summary
 * @param rows from the summary; deleted ones among them
 * @param fileBytes from the summary
 */
record SnapshotTotals(OptionalLong files, OptionalLong rows, OptionalLong fileBytes) {

  /** Reads the manifest list, which the snapshot keeps. */
  static SnapshotTotals of(Snapshot snapshot, FileIO io) {
    OptionalLong counted = countFiles(snapshot, io);
    return new SnapshotTotals(
        counted.isPresent() ? counted : summary(snapshot, SnapshotSummary.TOTAL_DATA_FILES_PROP),
        summary(snapshot, SnapshotSummary.TOTAL_RECORDS_PROP),
        summary(snapshot, SnapshotSummary.TOTAL_FILE_SIZE_PROP));
  }

  private static OptionalLong countFiles(Snapshot snapshot, FileIO io) {
    long files = 0;
    for (ManifestFile manifest : snapshot.dataManifests(io)) {
      // Version 1 may leave the counts out.
      if (manifest.addedFilesCount() == null || manifest.existingFilesCount() == null) {
        return OptionalLong.empty();
      }
      files += manifest.addedFilesCount() + manifest.existingFilesCount();
    }
    return OptionalLong.of(files);
  }

  private static OptionalLong summary(Snapshot snapshot, String key) {
    String text = snapshot.summary() == null ? null : snapshot.summary().get(key);
    if (text == null) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      // A writer's own idea of a summary says nothing.
      return OptionalLong.empty();
    }
  }
}
