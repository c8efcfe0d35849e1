// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.scan.HivePartition;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.DuckDbTables.ReadColumn;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A Hive table's files: columns by name, partition values as literals, a branch of a UNION ALL for
 * each partition; above {@link #MOST_BRANCHES} values are looked up by the file's index instead.
 */
final class HiveReads {
  /** Measured: up to here a branch per partition plans and prunes well. */
  static final int MOST_BRANCHES = 100;

  private final ScanPlan.HiveFiles plan;
  private final List<ReadColumn> inFiles = new ArrayList<>();
  private final List<ReadColumn> inPartitions = new ArrayList<>();
  private final List<ReadColumn> all;

  HiveReads(ScanPlan.HiveFiles plan, List<ReadColumn> columns) {
    this.plan = plan;
    this.all = columns;
    for (ReadColumn column : columns) {
      (position(column) < 0 ? inFiles : inPartitions).add(column);
    }
  }

  String relation() {
    Map<List<String>, List<ScanFile>> branches = new LinkedHashMap<>();
    for (HivePartition partition : plan.partitions()) {
      if (!partition.files().isEmpty()) {
        List<String> values = inPartitions.stream().map(c -> literal(c, partition)).toList();
        branches.computeIfAbsent(values, none -> new ArrayList<>()).addAll(partition.files());
      }
    }
    if (branches.isEmpty()) {
      return DuckDbTables.empty(all);
    }
    if (inPartitions.isEmpty()) {
      String read = read(branches.values().iterator().next());
      boolean asRead = inFiles.stream().allMatch(c -> c.form() == ReadColumn.Form.AS_TYPED);
      return asRead ? read : "(SELECT " + items(List.of()) + " FROM " + read + ")";
    }
    return branches.size() > MOST_BRANCHES ? byIndex(branches) : union(branches);
  }

  private String union(Map<List<String>, List<ScanFile>> branches) {
    return branches.entrySet().stream()
        .map(branch -> "SELECT " + items(branch.getKey()) + " FROM " + read(branch.getValue()))
        .collect(Collectors.joining(" UNION ALL ", "(", ")"));
  }

  private String byIndex(Map<List<String>, List<ScanFile>> branches) {
    List<ScanFile> files = new ArrayList<>();
    List<List<String>> valuesByColumn = new ArrayList<>();
    inPartitions.forEach(column -> valuesByColumn.add(new ArrayList<>()));
    branches.forEach(
        (values, ofBranch) -> {
          for (ScanFile file : ofBranch) {
            files.add(file);
            for (int i = 0; i < values.size(); i++) {
              valuesByColumn.get(i).add(values.get(i));
            }
          }
        });
    List<String> lookups =
        valuesByColumn.stream()
            .map(values -> "([" + String.join(", ", values) + "])[CAST(file_index AS BIGINT) + 1]")
            .toList();
    return "(SELECT " + items(lookups) + " FROM " + read(files) + ")";
  }

  private String items(List<String> partitionValues) {
    List<String> items = new ArrayList<>();
    for (ReadColumn column : all) {
      int partition = inPartitions.indexOf(column);
      items.add(
          partition < 0
              ? column.item()
              : partitionValues.get(partition) + " AS " + DuckDbText.identifier(column.name()));
    }
    return String.join(", ", items);
  }

  private String read(List<ScanFile> files) {
    List<ReadColumn> columns = inFiles.isEmpty() ? List.of(ReadColumn.IN_NO_FILE) : inFiles;
    return DuckDbTables.read(
        plan,
        files,
        columns.stream()
            .map(column -> DuckDbTables.schemaEntry(DuckDbText.string(column.stored()), column))
            .toList());
  }

  private int position(ReadColumn column) {
    List<Column> partitionColumns = plan.table().partitionColumns();
    for (int i = 0; i < partitionColumns.size(); i++) {
      if (partitionColumns.get(i).name().equals(column.stored())) {
        return i;
      }
    }
    return -1;
  }

  private String literal(ReadColumn column, HivePartition partition) {
    String value = partition.values().get(position(column));
    String text = value == null ? "NULL" : DuckDbText.string(value);
    if (value != null && !PlainValues.isExact(value, column.type())) {
      throw new Refusal(
          plan.table().name() + "." + column.stored(),
          Place.NONE,
          "The partition value " + value + " is not plainly of type " + column.type().sql() + ".");
    }
    return DuckDbText.cast(text, column.type(), Place.NONE);
  }
}
