// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.View;

/** Plans a scan of any table with the planner for its kind. Thread-safe as those are. */
public final class TableScanPlanner implements ScanPlanner {
  private final ScanPlanner hive;
  private final ScanPlanner iceberg;

  /**
   * A planner of both kinds.
   *
   * @param hive for {@link HiveTable}
   * @param iceberg for {@link IcebergTable}
   */
  public TableScanPlanner(ScanPlanner hive, ScanPlanner iceberg) {
    this.hive = requireNonNull(hive, "hive");
    this.iceberg = requireNonNull(iceberg, "iceberg");
  }

  @Override
  public ScanPlan plan(ScanRequest request) {
    if (request.table() instanceof HiveTable) {
      return hive.plan(request);
    }
    if (request.table() instanceof IcebergTable) {
      return iceberg.plan(request);
    }
    if (request.table() instanceof View view) {
      throw new IllegalArgumentException("a view is expanded before it is scanned: " + view.name());
    }
    throw new IllegalStateException("no planner for " + request.table());
  }
}
