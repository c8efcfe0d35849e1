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
 * @param total how many the table has; empty for a table without partitions
 */
record PartitionSelection(List<StoredPartition> partitions, OptionalLong total) {
  PartitionSelection {
    partitions = List.copyOf(partitions);
  }

  /**
   * Chooses by the names alone, and fetches what is chosen. The whole list of names is fetched
   * rather than a filter sent to the Metastore: it compares as its database does, without trailing
   * blanks in one and without case in another, and only for texts.
   */
  static PartitionSelection of(ScanRequest request, HiveTable table, HiveStorage storage) {
    if (table.partitionColumns().isEmpty()) {
      StoredPartition whole =
          new StoredPartition(List.of(), table.location(), table.format(), table.parameters());
      return new PartitionSelection(List.of(whole), OptionalLong.empty());
    }
    List<String> names = storage.partitionNames(table);
    PartitionPruning pruning = new PartitionPruning(table.partitionColumns(), request.predicate());
    List<String> chosen =
        names.stream()
            .filter(name -> pruning.mayMatch(PartitionNames.values(name)))
            .sorted()
            .toList();
    return new PartitionSelection(storage.partitions(table, chosen), OptionalLong.of(names.size()));
  }

  /** How many are read; empty for a table without partitions. */
  OptionalLong count() {
    return total.isPresent() ? OptionalLong.of(partitions.size()) : OptionalLong.empty();
  }

  /** Whether partitions were left out, so that the table's own figures are not the scan's. */
  boolean isPruned() {
    return total.isPresent() && partitions.size() < total.getAsLong();
  }
}
