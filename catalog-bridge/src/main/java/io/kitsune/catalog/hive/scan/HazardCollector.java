// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.files.ParquetFooter;
import io.kitsune.catalog.hive.StoredPartition;
import io.kitsune.catalog.scan.ReadHazard;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Gathers what a generic reader would get wrong about a scan: of the table once, and of each file
 * and each column that is read. A hazard is named once, with the first file that has it. Used by
 * one thread.
 */
final class HazardCollector {
  /** Names that DuckDB's reader adds by itself. */
  private static final Set<String> RESERVED_NAMES =
      Set.of("filename", "file_index", "file_row_number");

  private final Map<Key, Finding> findings = new LinkedHashMap<>();
  private final List<Column> columnsRead;
  private final List<Column> partitionColumns;
  private final Set<String> namesRead = new HashSet<>();

  /** For each timestamp column, how many files have it as INT96 and how many as INT64. */
  private final Map<String, int[]> int96Files = new LinkedHashMap<>();

  HazardCollector(HiveTable table, Set<String> columnsRead) {
    columnsRead.forEach(name -> namesRead.add(lowerCase(name)));
    this.columnsRead = table.dataColumns().stream().filter(this::isRead).toList();
    this.partitionColumns = table.partitionColumns();
    addTableHazards(table);
  }

  private record Key(ReadHazard.Kind kind, String column) {}

  private record Finding(String detail, int more) {}

  void add(ReadHazard.Kind kind, String column, String detail) {
    findings.merge(
        new Key(kind, column),
        new Finding(detail, 0),
        (first, next) -> new Finding(first.detail(), first.more() + 1));
  }

  private boolean isRead(Column column) {
    return namesRead.contains(lowerCase(column.name()));
  }

  /**
   * A partition's values that are read, and of which it is not certain what Spark makes; and
   * columns of another type than the table's.
   */
  void addPartition(StoredPartition partition) {
    List<String> values = partition.values();
    for (String column : partition.retyped()) {
      if (namesRead.contains(lowerCase(column))) {
        add(
            ReadHazard.Kind.PARTITION_TYPE,
            column,
            "%s has another type in the partition %s".formatted(column, values));
      }
    }
    for (int i = 0; i < values.size() && i < partitionColumns.size(); i++) {
      Column column = partitionColumns.get(i);
      String text = values.get(i);
      if (text != null && isRead(column) && PartitionValue.parse(text, column.type()).isEmpty()) {
        add(
            ReadHazard.Kind.OTHER,
            column.name(),
            "the partition value '%s' as %s".formatted(text, column.type().sql()));
      }
    }
  }

  void addFile(String path, ParquetFooter footer) {
    footer.oddities().stream()
        .sorted()
        .forEach(oddity -> add(ReadHazard.Kind.FORMAT, "", path + ": " + oddity));
    for (Column column : columnsRead) {
      FileColumn found = FileColumn.find(column.name(), footer.schema());
      if (found instanceof FileColumn.Ambiguous ambiguous) {
        add(
            ReadHazard.Kind.COLUMN_NAMES,
            column.name(),
            "%s has the columns %s".formatted(path, ambiguous.names()));
      } else if (found instanceof FileColumn.Present present) {
        addColumn(path, column, present, footer);
      }
    }
  }

  private void addColumn(
      String path, Column column, FileColumn.Present present, ParquetFooter footer) {
    boolean timestamp = column.type() == DataType.Simple.TIMESTAMP;
    if (timestamp && PhysicalTypes.isInt96(present.type())) {
      int96Files.computeIfAbsent(column.name(), name -> new int[2])[0]++;
    } else {
      Optional<String> mismatch = PhysicalTypes.mismatch(column.type(), present.type());
      mismatch.ifPresent(
          wrong -> add(ReadHazard.Kind.PHYSICAL_TYPE, column.name(), path + ": " + wrong));
      if (timestamp) {
        int96Files.computeIfAbsent(column.name(), name -> new int[2])[1]++;
      }
    }
    List<String> leaf = List.of(present.type().getName());
    Calendars.oldValues(present.type(), leaf, footer)
        .ifPresent(why -> add(ReadHazard.Kind.LEGACY_CALENDAR, column.name(), path + ": " + why));
  }

  private void addTableHazards(HiveTable table) {
    Map<String, String> seen = new HashMap<>();
    for (Column column : table.columns()) {
      String lower = lowerCase(column.name());
      if (RESERVED_NAMES.contains(lower)) {
        add(
            ReadHazard.Kind.COLUMN_NAMES,
            column.name(),
            "the reader has a column of the name %s itself".formatted(lower));
      }
      String other = seen.put(lower, column.name());
      if (other != null) {
        add(
            ReadHazard.Kind.COLUMN_NAMES,
            column.name(),
            "%s and %s differ only by case".formatted(other, column.name()));
      }
      if (isRead(column) && hasChar(column.type())) {
        add(
            ReadHazard.Kind.CHAR_PADDING,
            column.name(),
            "%s is %s".formatted(column.name(), column.type().sql()));
      }
    }
    if ("true".equalsIgnoreCase(table.parameters().get("transactional"))) {
      add(
          ReadHazard.Kind.FORMAT,
          "",
          "a transactional table of Hive's, with its own kinds of file");
    }
  }

  private static boolean hasChar(DataType type) {
    if (type instanceof DataType.Array array) {
      return hasChar(array.element());
    }
    if (type instanceof DataType.Map map) {
      return hasChar(map.key()) || hasChar(map.value());
    }
    if (type instanceof DataType.Struct struct) {
      return struct.fields().stream().anyMatch(field -> hasChar(field.type()));
    }
    return type instanceof DataType.Char;
  }

  /** Everything found, in the order in which it was first found; INT96 columns last. */
  List<ReadHazard> hazards() {
    List<ReadHazard> hazards = new ArrayList<>();
    findings.forEach(
        (key, finding) ->
            hazards.add(
                new ReadHazard(
                    key.kind(),
                    key.column(),
                    finding.more() == 0
                        ? finding.detail()
                        : "%s, and %d more".formatted(finding.detail(), finding.more()))));
    int96Files.forEach(
        (column, files) -> {
          if (files[0] > 0 && files[1] == 0) {
            hazards.add(
                new ReadHazard(
                    ReadHazard.Kind.INT96_TIMESTAMP,
                    column,
                    "%s is INT96 in all files that have it".formatted(column)));
          } else if (files[0] > 0) {
            hazards.add(
                new ReadHazard(
                    ReadHazard.Kind.PHYSICAL_TYPE,
                    column,
                    "%s is INT96 in %d files and not in %d".formatted(column, files[0], files[1])));
          }
        });
    return hazards;
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
