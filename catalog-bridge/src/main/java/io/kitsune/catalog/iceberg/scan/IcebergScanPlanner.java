// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.files.ParquetFooters;
import io.kitsune.catalog.scan.Confidence;
import io.kitsune.catalog.scan.PruningPredicate;
import io.kitsune.catalog.scan.ReadHazard.Kind;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableScan;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.CloseableIterable;

/**
 * Plans scans of Iceberg tables: prunes files by the partitions and column bounds in the manifests
 * of the pinned snapshot, adds up what is left, and looks for hazards. Manifests and footers never
 * change and are kept, within bounds. Thread-safe; closing it ends its threads.
 */
public final class IcebergScanPlanner implements ScanPlanner, AutoCloseable {
  private final ScanLimits limits;
  private final ExecutorService executor;
  private final FooterChecks footers;
  private final SnapshotFiles snapshotFiles;
  private final PartitionTotals partitionTotals = new PartitionTotals();

  /** A planner with the usual limits. */
  public IcebergScanPlanner() {
    this(ScanLimits.USUAL);
  }

  /** A planner with limits of one's own. */
  public IcebergScanPlanner(ScanLimits limits) {
    this(limits, new ParquetFooters());
  }

  /** A planner that shares what is known of footers with others. */
  public IcebergScanPlanner(ScanLimits limits, ParquetFooters parquetFooters) {
    this.limits = requireNonNull(limits, "limits");
    this.snapshotFiles = new SnapshotFiles(limits.keptBounds());
    AtomicInteger number = new AtomicInteger();
    this.executor =
        Executors.newFixedThreadPool(
            limits.footerThreads(),
            task -> {
              Thread thread = new Thread(task, "iceberg-footers-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    this.footers = new FooterChecks(parquetFooters, executor, limits.footerTime());
  }

  /**
   * As {@link ScanPlanner#plan}, for a request over an {@link IcebergTable}.
   *
   * @throws KitsuneException {@code CATALOG_SCAN_FAILED} if a manifest cannot be read
   */
  @Override
  public ScanPlan.IcebergFiles plan(ScanRequest request) {
    if (!(request.table() instanceof IcebergTable table)) {
      throw new IllegalArgumentException("not an Iceberg table: " + request.table().name());
    }
    Hazards hazards = new Hazards();
    ReadColumns columns = ReadColumns.of(request, table.schema(), hazards);
    if (table.snapshotId().isEmpty()) {
      return new ScanPlan.IcebergFiles(table, List.of(), nothing(), hazards.list());
    }
    try {
      return plan(request, table, columns, hazards);
    } catch (KitsuneException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // Manifests are read by several threads, whose errors arrive in others.
      if (e.getCause() instanceof KitsuneException known) {
        throw known;
      }
      throw new KitsuneException(
          "CATALOG_SCAN_FAILED",
          "58030",
          "the files of table %s, snapshot %d, cannot be listed: %s"
              .formatted(table.name(), table.snapshotId().getAsLong(), e.getMessage()),
          e);
    }
  }

  private ScanPlan.IcebergFiles plan(
      ScanRequest request, IcebergTable table, ReadColumns columns, Hazards hazards)
      throws IOException {
    Table handle = table.handle();
    long snapshotId = table.snapshotId().getAsLong();
    Snapshot snapshot = handle.snapshot(snapshotId);
    ColumnBytes columnBytes =
        new ColumnBytes(table.schema(), columns.read(), MetricsConfig.forTable(handle));
    FileTally tally = new FileTally(handle, columnBytes, hazards);
    SnapshotTotals totals = SnapshotTotals.of(snapshot, handle.io());

    try (CloseableIterable<FileScanTask> tasks = tasks(request, table, totals)) {
      for (FileScanTask task : tasks) {
        if (tally.count() == limits.maximumFiles()) {
          return tooMany(table, columnBytes, totals, hazards);
        }
        tally.add(task);
      }
    }
    List<PlannedFile> checkable =
        tally.files().stream()
            .filter(file -> file.format() == FileFormat.PARQUET && !file.encrypted())
            .filter(file -> file.localPath().isPresent())
            .toList();
    footers.check(checkable, columns.touched(), handle.specs(), hazards);
    return new ScanPlan.IcebergFiles(
        table,
        tally.files().stream().map(PlannedFile::scanFile).toList(),
        estimate(table, tally, totals),
        hazards.list());
  }

  private CloseableIterable<FileScanTask> tasks(
      ScanRequest request, IcebergTable table, SnapshotTotals totals) {
    Table handle = table.handle();
    // By field id over the table's current schema, which its partition specs are bound to whatever
    // the snapshot. A column that was dropped since prunes nothing.
    Expression predicate =
        PruningPredicate.of(request.predicate(), table.schema(), handle.schema());
    Optional<List<FileScanTask>> remembered = snapshotFiles.of(table, totals.files());
    if (remembered.isPresent()) {
      return filtered(CloseableIterable.withNoopClose(remembered.get()), handle, predicate);
    }
    TableScan scan = newScan(table).ignoreResiduals().includeColumnStats();
    // Iceberg binds a filter to the scan's schema and then to the specs': the names must agree.
    return scan.schema().sameSchema(handle.schema())
        ? scan.filter(predicate).planFiles()
        : filtered(scan.planFiles(), handle, predicate);
  }

  private static TableScan newScan(IcebergTable table) {
    Snapshot current = table.handle().currentSnapshot();
    long wanted = table.snapshotId().orElseThrow();
    TableScan scan = table.handle().newScan();
    // Iceberg reads the current snapshot with the table's schema, a chosen one with its own.
    return current != null && current.snapshotId() == wanted ? scan : scan.useSnapshot(wanted);
  }

  private static CloseableIterable<FileScanTask> filtered(
      CloseableIterable<FileScanTask> files, Table handle, Expression predicate) {
    FileFilter filter = new FileFilter(handle.specs(), handle.schema(), predicate);
    return CloseableIterable.filter(files, task -> filter.keeps(task.file()));
  }

  private ScanEstimate estimate(IcebergTable table, FileTally tally, SnapshotTotals totals) {
    Table handle = table.handle();
    boolean partitioned = handle.specs().values().stream().anyMatch(spec -> spec.isPartitioned());
    if (!partitioned) {
      OptionalLong none = OptionalLong.empty();
      return tally.estimate(totals.files(), none, none, table.snapshotId());
    }
    return tally.estimate(
        totals.files(),
        OptionalLong.of(tally.partitionCount()),
        partitionsTotal(table, tally, totals),
        table.snapshotId());
  }

  private OptionalLong partitionsTotal(IcebergTable table, FileTally tally, SnapshotTotals totals) {
    if (totals.files().isEmpty()) {
      return OptionalLong.empty();
    }
    if (totals.files().getAsLong() == tally.count()) {
      return OptionalLong.of(tally.partitionCount());
    }
    // Counting the others reads every manifest.
    return totals.files().getAsLong() <= limits.maximumFiles()
        ? OptionalLong.of(partitionTotals.of(table))
        : OptionalLong.empty();
  }

  private ScanPlan.IcebergFiles tooMany(
      IcebergTable table, ColumnBytes columnBytes, SnapshotTotals totals, Hazards hazards) {
    hazards.add(
        Kind.OTHER, "too many files: more than %d after pruning".formatted(limits.maximumFiles()));
    OptionalLong none = OptionalLong.empty();
    OptionalLong bytes =
        totals.fileBytes().isPresent()
            ? OptionalLong.of(columnBytes.guessed(totals.fileBytes().getAsLong()))
            : none;
    boolean known = bytes.isPresent() || totals.rows().isPresent();
    ScanEstimate estimate =
        new ScanEstimate(
            bytes,
            totals.rows(),
            none,
            totals.files(),
            none,
            none,
            table.snapshotId(),
            known ? Confidence.GUESSED : Confidence.UNKNOWN,
            "more than %d files left after pruning: the whole snapshot's totals"
                .formatted(limits.maximumFiles()));
    return new ScanPlan.IcebergFiles(table, List.of(), estimate, hazards.list());
  }

  private static ScanEstimate nothing() {
    OptionalLong zero = OptionalLong.of(0);
    OptionalLong none = OptionalLong.empty();
    return new ScanEstimate(
        zero, zero, zero, zero, none, none, none, Confidence.EXACT, "no snapshot yet");
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
