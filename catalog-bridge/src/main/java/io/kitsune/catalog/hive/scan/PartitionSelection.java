// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.hive.HiveStorage;
import io.kitsune.catalog.hive.StoredPartition;
import io.kitsune.catalog.scan.ScanRequest;
import java.util.List;
import java.util.OptionalLong;

/**
 * The partitions that a scan reads; a table without partitions is one, without values.
 *
 * @param partitions empty where so many were chosen that they were not fetched
 * @param count how many were chosen; empty for a table without partitions
 * @param total how many the table has; empty for a table without partitions
 */
record PartitionSelection(
    List<StoredPartition> partitions, OptionalLong count, OptionalLong total) {
  PartitionSelection {
    partitions = List.copyOf(partitions);
  }

  /**
   * Chooses by the names alone, and fetches what is chosen. The whole list of names is fetched
   * rather than a filter sent to the Metastore: it compares as its database does, without trailing
   * blanks in one and without case in another, and only for texts.
   *
   * @param maximum how many partitions are fetched; more are only counted
   */
  static PartitionSelection of(
      ScanRequest request, HiveTable table, HiveStorage storage, int maximum) {
    if (table.partitionColumns().isEmpty()) {
      StoredPartition whole =
          new StoredPartition(
              List.of(), table.location(), table.format(), List.of(), table.parameters());
      return new PartitionSelection(List.of(whole), OptionalLong.empty(), OptionalLong.empty());
    }
    List<String> names = storage.partitionNames(table);
    PartitionPruning pruning = new PartitionPruning(table.partitionColumns(), request.predicate());
    List<String> chosen =
        names.stream()
            .filter(name -> pruning.mayMatch(PartitionNames.values(name)))
            .sorted()
            .toList();
    OptionalLong total = OptionalLong.of(names.size());
    if (chosen.size() > maximum) {
      return new PartitionSelection(List.of(), OptionalLong.of(chosen.size()), total);
    }
    List<StoredPartition> partitions = storage.partitions(table, chosen);
    return new PartitionSelection(partitions, OptionalLong.of(partitions.size()), total);
  }

  /** Whether the partitions were only counted. */
  boolean isCountedOnly() {
    return count.isPresent() && count.getAsLong() > partitions.size();
  }

  /** Whether partitions were left out, so that the table's own figures are not the scan's. */
  boolean isPruned() {
    return total.isPresent() && count.getAsLong() < total.getAsLong();
  }
}
