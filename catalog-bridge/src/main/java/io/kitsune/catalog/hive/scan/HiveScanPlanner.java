// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.files.ParquetFooters;
import io.kitsune.catalog.hive.HiveStorage;
import io.kitsune.catalog.scan.ReadHazard;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.error.KitsuneException;
import java.util.List;

/**
 * Plans scans of Hive tables. Partitions are pruned by their values, Parquet files by the bounds in
 * their footers; each file's footer is compared with the table, up to a number of files, and above
 * it the scan has a hazard that says so. Thread-safe.
 */
public final class HiveScanPlanner implements ScanPlanner {
  /** Reading a footer takes about half a millisecond the first time. */
  private static final int DEFAULT_MAXIMUM_FOOTERS = 2_000;

  private final Catalogs catalogs;
  private final ParquetFooters footers;
  private final int maximumFooters;

  /** Plans scans of the tables of these catalogs' Metastores. */
  public HiveScanPlanner(Catalogs catalogs) {
    this(catalogs, new ParquetFooters(), DEFAULT_MAXIMUM_FOOTERS);
  }

  /**
   * As the other constructor.
   *
   * @param maximumFooters how many files' footers are read for one scan
   */
  HiveScanPlanner(Catalogs catalogs, ParquetFooters footers, int maximumFooters) {
    this.catalogs = requireNonNull(catalogs, "catalogs");
    this.footers = requireNonNull(footers, "footers");
    this.maximumFooters = maximumFooters;
  }

  @Override
  public ScanPlan.HiveFiles plan(ScanRequest request) {
    if (!(request.table() instanceof HiveTable table)) {
      throw new IllegalArgumentException("not a Hive table: " + request.table().name());
    }
    if (hasUnlistedPartitions(table)) {
      String why = "its partitions are not in the Metastore (run MSCK REPAIR TABLE on Spark)";
      return new ScanPlan.HiveFiles(
          table,
          List.of(),
          ScanEstimate.unknown(why),
          List.of(new ReadHazard(ReadHazard.Kind.OTHER, why)));
    }
    HiveStorage storage = storage(table);
    // Each partition has a file at least, or is of no account.
    PartitionSelection selection = PartitionSelection.of(request, table, storage, maximumFooters);
    return new HiveScan(request, table, selection, storage, footers, maximumFooters).plan();
  }

  /** Spark finds the partitions of such a table by looking at its folders. */
  private static boolean hasUnlistedPartitions(HiveTable table) {
    return !table.partitionColumns().isEmpty()
        && !"hive"
            .equalsIgnoreCase(table.parameters().getOrDefault("spark.sql.sources.provider", "hive"))
        && !"catalog".equalsIgnoreCase(table.parameters().get("spark.sql.partitionProvider"));
  }

  private HiveStorage storage(HiveTable table) {
    if (catalogs.find(table.name().catalog()).orElse(null) instanceof HiveStorage storage) {
      return storage;
    }
    throw new KitsuneException(
        "CATALOG_NOT_FOUND",
        "42704",
        "%s: no Hive Metastore is configured as catalog %s; set kitsune.catalog.%s.type and .uri"
            .formatted(table.name(), table.name().catalog(), table.name().catalog()));
  }
}
