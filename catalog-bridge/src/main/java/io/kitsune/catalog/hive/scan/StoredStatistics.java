// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.hive.StoredPartition;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Figures that Hive or Spark left in the Metastore, for what a scan reads; empty where nobody did.
 * A figure of 0 or below is none: Hive writes them for tables that it has not looked at.
 */
record StoredStatistics(OptionalLong rows, OptionalLong bytes) {

  static StoredStatistics of(HiveTable table, PartitionSelection selection) {
    if (selection.total().isPresent()) {
      StoredStatistics ofPartitions =
          new StoredStatistics(
              sum(selection, "numRows", "spark.sql.statistics.numRows"),
              sum(selection, "totalSize", "spark.sql.statistics.totalSize"));
      if (selection.isPruned() || ofPartitions.rows().isPresent()) {
        return ofPartitions;
      }
    }
    return ofTable(table);
  }

  /** Of the whole table, scaled by how many of its partitions are read. */
  static StoredStatistics scaled(HiveTable table, PartitionSelection selection) {
    double share =
        selection.count().getAsLong() / (double) Math.max(1, selection.total().getAsLong());
    StoredStatistics whole = ofTable(table);
    return new StoredStatistics(scaled(whole.rows(), share), scaled(whole.bytes(), share));
  }

  private static OptionalLong scaled(OptionalLong figure, double share) {
    return figure.isPresent()
        ? OptionalLong.of(Math.round(figure.getAsLong() * share))
        : OptionalLong.empty();
  }

  private static StoredStatistics ofTable(HiveTable table) {
    return new StoredStatistics(
        figure(table.parameters(), "spark.sql.statistics.numRows", "numRows"),
        figure(table.parameters(), "spark.sql.statistics.totalSize", "totalSize"));
  }

  private static OptionalLong sum(PartitionSelection selection, String... keys) {
    long sum = 0;
    for (StoredPartition partition : selection.partitions()) {
      OptionalLong figure = figure(partition.parameters(), keys);
      if (figure.isEmpty()) {
        return OptionalLong.empty();
      }
      sum += figure.getAsLong();
    }
    return OptionalLong.of(sum);
  }

  /** The first of the keys that has a figure. */
  private static OptionalLong figure(Map<String, String> parameters, String... keys) {
    for (String key : keys) {
      String text = parameters.getOrDefault(key, "");
      if (!text.isEmpty() && text.length() < 19 && text.chars().allMatch(Character::isDigit)) {
        long figure = Long.parseLong(text);
        if (figure > 0) {
          return OptionalLong.of(figure);
        }
      }
    }
    return OptionalLong.empty();
  }
}
