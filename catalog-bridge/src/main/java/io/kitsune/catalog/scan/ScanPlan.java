// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.Table;
import java.util.List;

/**
 * The files one scan reads, pinned: nothing that is written later changes it. Immutable.
 *
 * <p>{@link #hazards} says why a generic Parquet reader would not read these files exactly as Spark
 * does; an engine that reads files by itself is eligible only if it knows every hazard named.
 */
public sealed interface ScanPlan {
  /** The table scanned. */
  Table table();

  /** What the scan would cost. */
  ScanEstimate estimate();

  /** What stands in the way of reading the files exactly; empty if nothing does. */
  List<ReadHazard> hazards();

  /** Files of a Hive table, by partition; an unpartitioned table has one entry without values. */
  record HiveFiles(
      HiveTable table,
      List<HivePartition> partitions,
      ScanEstimate estimate,
      List<ReadHazard> hazards)
      implements ScanPlan {
    public HiveFiles {
      partitions = List.copyOf(partitions);
      hazards = List.copyOf(hazards);
    }
  }

  /** Data files of one Iceberg snapshot. */
  record IcebergFiles(
      IcebergTable table, List<ScanFile> files, ScanEstimate estimate, List<ReadHazard> hazards)
      implements ScanPlan {
    public IcebergFiles {
      files = List.copyOf(files);
      hazards = List.copyOf(hazards);
    }
  }
}
