// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.files.FileLocation;
import io.kitsune.catalog.files.FolderContent;
import io.kitsune.catalog.files.FolderContent.ListedFile;
import io.kitsune.catalog.files.Footer;
import io.kitsune.catalog.files.ParquetFooter;
import io.kitsune.catalog.files.ParquetFooters;
import io.kitsune.catalog.hive.HiveStorage;
import io.kitsune.catalog.hive.StoredPartition;
import io.kitsune.catalog.scan.Confidence;
import io.kitsune.catalog.scan.HivePartition;
import io.kitsune.catalog.scan.ReadHazard;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One scan being planned. Used by one thread, once. */
final class HiveScan {
  private static final Logger log = LoggerFactory.getLogger(HiveScan.class);

  /** Remote folders listed for an estimate, where the Metastore has no statistics. */
  private static final int MAXIMUM_REMOTE_FOLDERS = 100;

  /** Footers read for an estimate alone, where there are too many files to read all. */
  private static final int SAMPLED_FOOTERS = 32;

  private final ScanRequest request;
  private final HiveTable table;
  private final PartitionSelection selection;
  private final HiveStorage storage;
  private final ParquetFooters footers;
  private final int maximumFooters;
  private final HazardCollector hazards;

  HiveScan(
      ScanRequest request,
      HiveTable table,
      PartitionSelection selection,
      HiveStorage storage,
      ParquetFooters footers,
      int maximumFooters) {
    this.request = request;
    this.table = table;
    this.selection = selection;
    this.storage = storage;
    this.footers = footers;
    this.maximumFooters = maximumFooters;
    this.hazards = new HazardCollector(table, request.columns());
  }

  /** The files of a partition, as listed. */
  private record Folder(List<String> values, List<ListedFile> files) {}

  ScanPlan.HiveFiles plan() {
    if (selection.isCountedOnly()) {
      return uncheckedScan();
    }
    boolean parquet = true;
    boolean local = true;
    for (StoredPartition partition : selection.partitions()) {
      hazards.addPartition(partition);
      if (partition.format() != HiveTable.FileFormat.PARQUET) {
        parquet = false;
        hazards.add(
            ReadHazard.Kind.FORMAT, "", partition.location() + " holds " + partition.format());
      }
      if (FileLocation.parse(partition.location()) instanceof FileLocation.Remote remote) {
        local = false;
        hazards.add(
            ReadHazard.Kind.FILE_SYSTEM,
            "",
            "%s is not in this machine's file system".formatted(remote.location()));
      }
    }
    if (!local) {
      return remoteScan();
    }
    List<Folder> folders = list(selection.partitions());
    long files = folders.stream().mapToLong(folder -> folder.files().size()).sum();
    if (!parquet && files > 0) {
      return finished(folders, sizes(folders, files));
    }
    if (files > maximumFooters) {
      hazards.add(
          ReadHazard.Kind.OTHER,
          "",
          "%d files, more than the %d whose footers are compared with the table"
              .formatted(files, maximumFooters));
      return finished(folders, sampled(folders, files));
    }
    return footerScan(folders, files);
  }

  /** Reads every footer: leaves out files, finds hazards, counts. */
  private ScanPlan.HiveFiles footerScan(List<Folder> folders, long total) {
    FilePruning pruning = new FilePruning(table, request.predicate());
    FooterTotals totals = new FooterTotals(request.columns());
    List<Folder> kept = new ArrayList<>();
    boolean complete = true;
    for (Folder folder : folders) {
      List<ListedFile> files = new ArrayList<>();
      for (ListedFile file : folder.files()) {
        Footer footer = footers.read(file);
        if (footer instanceof Footer.Unreadable unreadable) {
          complete = false;
          hazards.add(ReadHazard.Kind.FORMAT, "", file.path() + ": " + unreadable.reason());
          files.add(file);
        } else if (footer instanceof ParquetFooter readable && pruning.mayMatch(readable)) {
          hazards.addFile(file.path(), readable);
          totals.add(file.bytes(), readable);
          files.add(file);
        }
      }
      kept.add(new Folder(folder.values(), files));
    }
    if (!complete) {
      return finished(kept, sizes(kept, total));
    }
    return finished(
        kept,
        estimate(
            OptionalLong.of(totals.columnBytes()),
            OptionalLong.of(totals.rows()),
            OptionalLong.of(totals.files()),
            total,
            Confidence.EXACT,
            "Parquet footers of %d files".formatted(total)));
  }

  /** Footers of some files, spread over all, scaled by the files' sizes. */
  private ScanEstimate sampled(List<Folder> folders, long total) {
    List<ListedFile> files = folders.stream().flatMap(f -> f.files().stream()).toList();
    FooterTotals totals = new FooterTotals(request.columns());
    for (int i = 0; i < SAMPLED_FOOTERS; i++) {
      ListedFile file = files.get((int) ((long) i * files.size() / SAMPLED_FOOTERS));
      if (footers.read(file) instanceof ParquetFooter footer) {
        totals.add(file.bytes(), footer);
      }
    }
    if (totals.files() == 0) {
      return sizes(folders, total);
    }
    double scale = bytes(folders) / (double) totals.fileBytes();
    return estimate(
        OptionalLong.of(Math.round(totals.columnBytes() * scale)),
        OptionalLong.of(Math.round(totals.rows() * scale)),
        OptionalLong.of(total),
        total,
        Confidence.GUESSED,
        "Parquet footers of %d of %d files, scaled by size".formatted(totals.files(), total));
  }

  private ScanEstimate sizes(List<Folder> folders, long total) {
    long files = folders.stream().mapToLong(folder -> folder.files().size()).sum();
    OptionalLong rows = StoredStatistics.of(table, selection).rows();
    return estimate(
        OptionalLong.of(Math.round(bytes(folders) * ColumnShare.of(table, request.columns()))),
        rows,
        OptionalLong.of(files),
        total,
        Confidence.GUESSED,
        "sizes of %d files, scaled by column types%s"
            .formatted(files, rows.isPresent() ? "; rows from the Metastore's statistics" : ""));
  }

  /** A scan of so many partitions that none was looked at. */
  private ScanPlan.HiveFiles uncheckedScan() {
    long chosen = selection.count().getAsLong();
    hazards.add(
        ReadHazard.Kind.OTHER,
        "",
        "%d partitions, more than the %d that are looked at".formatted(chosen, maximumFooters));
    StoredStatistics statistics = StoredStatistics.scaled(table, selection);
    boolean known = statistics.bytes().isPresent() || statistics.rows().isPresent();
    ScanEstimate estimate =
        new ScanEstimate(
            columnBytes(statistics),
            statistics.rows(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            selection.count(),
            selection.total(),
            OptionalLong.empty(),
            known ? Confidence.GUESSED : Confidence.UNKNOWN,
            known
                ? "the Metastore's statistics of the table, scaled by partitions and column types"
                : "no statistics, and more than %d partitions".formatted(maximumFooters));
    return new ScanPlan.HiveFiles(table, List.of(), estimate, hazards.hazards());
  }

  private OptionalLong columnBytes(StoredStatistics statistics) {
    return statistics.bytes().isPresent()
        ? OptionalLong.of(
            Math.round(statistics.bytes().getAsLong() * ColumnShare.of(table, request.columns())))
        : OptionalLong.empty();
  }

  private ScanPlan.HiveFiles remoteScan() {
    StoredStatistics statistics = StoredStatistics.of(table, selection);
    if (statistics.bytes().isPresent()) {
      ScanEstimate estimate =
          new ScanEstimate(
              columnBytes(statistics),
              statistics.rows(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              selection.count(),
              selection.total(),
              OptionalLong.empty(),
              Confidence.STATISTICS,
              "the Metastore's statistics, scaled by column types");
      return new ScanPlan.HiveFiles(table, List.of(), estimate, hazards.hazards());
    }
    if (selection.partitions().size() > MAXIMUM_REMOTE_FOLDERS) {
      String reason =
          "no statistics, and more than %d remote folders".formatted(MAXIMUM_REMOTE_FOLDERS);
      return new ScanPlan.HiveFiles(
          table, List.of(), ScanEstimate.unknown(reason), hazards.hazards());
    }
    try {
      List<Folder> folders = list(selection.partitions());
      long files = folders.stream().mapToLong(folder -> folder.files().size()).sum();
      return finished(folders, sizes(folders, files));
    } catch (KitsuneException e) {
      // Only an engine reads this scan, and it may well reach what the gateway cannot.
      log.debug("no listing for the estimate of {}", table.name(), e);
      ScanEstimate unknown = ScanEstimate.unknown("no statistics, and " + e.getMessage());
      return new ScanPlan.HiveFiles(table, List.of(), unknown, hazards.hazards());
    }
  }

  private List<Folder> list(List<StoredPartition> partitions) {
    List<Folder> folders = new ArrayList<>();
    for (StoredPartition partition : partitions) {
      FileLocation location = FileLocation.parse(partition.location());
      FolderContent content = storage.list(table, location);
      if (content.subfolders()) {
        hazards.add(
            ReadHazard.Kind.OTHER,
            "",
            "%s has folders in it, which engines treat differently"
                .formatted(partition.location()));
      }
      folders.add(new Folder(partition.values(), content.files()));
    }
    return folders;
  }

  private static long bytes(List<Folder> folders) {
    return folders.stream().flatMap(f -> f.files().stream()).mapToLong(ListedFile::bytes).sum();
  }

  private ScanEstimate estimate(
      OptionalLong bytes,
      OptionalLong rows,
      OptionalLong files,
      long listed,
      Confidence confidence,
      String reason) {
    return new ScanEstimate(
        bytes,
        rows,
        files,
        // Folders of partitions that were left out are not listed.
        selection.isPruned() ? OptionalLong.empty() : OptionalLong.of(listed),
        selection.count(),
        selection.total(),
        OptionalLong.empty(),
        confidence,
        reason);
  }

  private ScanPlan.HiveFiles finished(List<Folder> folders, ScanEstimate estimate) {
    List<HivePartition> partitions = new ArrayList<>();
    for (Folder folder : folders) {
      if (!folder.files().isEmpty() || selection.total().isEmpty()) {
        partitions.add(
            new HivePartition(
                folder.values(),
                folder.files().stream().map(f -> new ScanFile(f.path(), f.bytes())).toList()));
      }
    }
    return new ScanPlan.HiveFiles(table, partitions, estimate, hazards.hazards());
  }
}
