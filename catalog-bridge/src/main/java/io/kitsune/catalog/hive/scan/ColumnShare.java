// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.HiveTable;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The part of a table's bytes that some of its columns take up, by a rule of thumb: the usual width
 * of each type. Files in rows are read whole.
 */
final class ColumnShare {
  private ColumnShare() {}

  /** From 0 to 1. */
  static double of(HiveTable table, Set<String> columnsRead) {
    boolean inColumns =
        table.format() == HiveTable.FileFormat.PARQUET
            || table.format() == HiveTable.FileFormat.ORC;
    if (!inColumns) {
      return 1;
    }
    Set<String> names =
        columnsRead.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    double all = 0;
    double read = 0;
    for (Column column : table.dataColumns()) {
      double width = width(column.type());
      all += width;
      if (names.contains(column.name().toLowerCase(Locale.ROOT))) {
        read += width;
      }
    }
    return all == 0 ? 0 : read / all;
  }

  private static double width(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return decimal.precision() > 18 ? 16 : 8;
    }
    if (type instanceof DataType.Array array) {
      return 4 * width(array.element());
    }
    if (type instanceof DataType.Map map) {
      return 4 * (width(map.key()) + width(map.value()));
    }
    if (type instanceof DataType.Struct struct) {
      return struct.fields().stream().mapToDouble(field -> width(field.type())).sum();
    }
    if (!(type instanceof DataType.Simple simple)) {
      return 20;
    }
    return switch (simple) {
      case BOOLEAN, TINYINT -> 1;
      case SMALLINT -> 2;
      case INT, FLOAT, DATE -> 4;
      case BIGINT, DOUBLE, TIMESTAMP, TIMESTAMP_NTZ -> 8;
      case STRING, BINARY -> 20;
      case VOID -> 0;
    };
  }
}
