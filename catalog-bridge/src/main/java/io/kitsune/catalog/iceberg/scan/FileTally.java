// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import io.kitsune.catalog.iceberg.AllowedLocations;
import io.kitsune.catalog.scan.Confidence;
import io.kitsune.catalog.scan.ReadHazard.Kind;
import io.kitsune.catalog.scan.ScanEstimate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.util.PartitionSet;

/** Adds up the files of a scan as they are planned. Used by one thread. */
final class FileTally {
  private final ColumnBytes columnBytes;
  private final Hazards hazards;
  private final AllowedLocations allowed;
  private final PartitionSet partitions;
  private final List<PlannedFile> files = new ArrayList<>();
  private final Set<String> deleteFiles = new HashSet<>();
  private long rows;
  private long bytes;
  private int filesGuessed;

  FileTally(Table table, ColumnBytes columnBytes, Hazards hazards) {
    this.columnBytes = columnBytes;
    this.hazards = hazards;
    this.allowed = AllowedLocations.of(table.io());
    this.partitions = PartitionSet.create(table.specs());
  }

  void add(FileScanTask task) {
    DataFile file = task.file();
    // Footers and engines open them by their paths, not by the table's FileIO.
    allowed.require(file.location());
    PlannedFile planned = PlannedFile.of(file);
    files.add(planned);
    partitions.add(file.specId(), file.partition());
    rows += file.recordCount();
    OptionalLong counted = columnBytes.counted(file);
    if (counted.isEmpty()) {
      filesGuessed++;
    }
    bytes += counted.orElseGet(() -> columnBytes.guessed(file.fileSizeInBytes()));
    task.deletes().forEach(this::add);
    if (planned.encrypted()) {
      hazards.addOfFile(Kind.OTHER, "encrypted", planned.location());
    }
    if (planned.format() != FileFormat.PARQUET) {
      hazards.addOfFile(Kind.FORMAT, planned.format().name(), planned.location());
    }
    if (planned.localPath().isEmpty()) {
      hazards.addOfFile(Kind.FILE_SYSTEM, "not a file of this machine", planned.location());
    }
  }

  // One delete file may belong to many data files.
  private void add(DeleteFile delete) {
    allowed.require(delete.location());
    if (deleteFiles.add(identity(delete))) {
      boolean byValue = delete.content() == FileContent.EQUALITY_DELETES;
      Kind kind = byValue ? Kind.EQUALITY_DELETES : Kind.DELETES;
      hazards.addOfFile(kind, words(delete), delete.location());
    }
  }

  // Several deletion vectors may stand in one file.
  private static String identity(DeleteFile delete) {
    return delete.contentOffset() == null
        ? delete.location()
        : delete.location() + '#' + delete.contentOffset();
  }

  private static String words(ContentFile<?> delete) {
    if (delete.content() == FileContent.EQUALITY_DELETES) {
      return "equality deletes";
    }
    return delete.format() == FileFormat.PUFFIN ? "deletion vectors" : "position deletes";
  }

  int count() {
    return files.size();
  }

  List<PlannedFile> files() {
    return files;
  }

  long partitionCount() {
    return partitions.size();
  }

  /** What was added up. */
  ScanEstimate estimate(
      OptionalLong filesTotal,
      OptionalLong partitionsRead,
      OptionalLong partitionsTotal,
      OptionalLong snapshotId) {
    return new ScanEstimate(
        OptionalLong.of(bytes),
        OptionalLong.of(rows),
        OptionalLong.of(files.size()),
        filesTotal,
        partitionsRead,
        partitionsTotal,
        snapshotId,
        confidence(),
        reason());
  }

  private Confidence confidence() {
    if (filesGuessed > 0) {
      return Confidence.GUESSED;
    }
    return deleteFiles.isEmpty() ? Confidence.EXACT : Confidence.STATISTICS;
  }

  private String reason() {
    StringBuilder reason = new StringBuilder();
    if (columnBytes.none()) {
      reason.append("row counts of %d files, no column read".formatted(files.size()));
    } else if (filesGuessed == 0) {
      reason.append("Iceberg column sizes of %d files".formatted(files.size()));
    } else {
      reason.append(
          "file sizes scaled by column types for %d of %d files"
              .formatted(filesGuessed, files.size()));
    }
    if (!deleteFiles.isEmpty()) {
      reason.append(
          "; rows deleted by %d delete files are still counted".formatted(deleteFiles.size()));
    }
    return reason.toString();
  }
}
