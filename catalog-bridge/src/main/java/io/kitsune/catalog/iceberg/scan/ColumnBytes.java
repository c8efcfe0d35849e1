// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.iceberg.types.Types.NestedField;

/**
 * How many bytes of a data file some columns take: counted, from the column sizes that the writer
 * left in the manifest, or guessed, as the share of the file that such types usually have.
 * Immutable.
 */
final class ColumnBytes {
  private final Set<Integer> leafIds;
  private final boolean everySizeIsKept;
  private final double share;

  /**
   * @param columns those read, of {@code schema}
   * @param metrics says for which columns the table's writers keep no sizes
   */
  ColumnBytes(Schema schema, Collection<NestedField> columns, MetricsConfig metrics) {
    this.leafIds = leafIds(columns);
    this.everySizeIsKept =
        leafIds.stream()
            .map(schema::findColumnName)
            .noneMatch(name -> metrics.columnMode(name) == MetricsModes.None.get());
    double all = weight(schema.columns());
    this.share = all == 0 ? 0 : weight(columns) / all;
  }

  /** Whether no column is read at all, as by {@code count(*)}. */
  boolean none() {
    return leafIds.isEmpty();
  }

  /** The bytes as the writer counted them; empty if it did not. */
  OptionalLong counted(DataFile file) {
    if (none()) {
      return OptionalLong.of(0);
    }
    Map<Integer, Long> sizes = file.columnSizes();
    if (sizes == null || sizes.isEmpty() || !everySizeIsKept) {
      return OptionalLong.empty();
    }
    // A column without a size was added after the file was written: it takes nothing.
    return OptionalLong.of(leafIds.stream().mapToLong(id -> sizes.getOrDefault(id, 0L)).sum());
  }

  /** A part of some bytes of whole files, by the types of the columns. */
  long guessed(long fileBytes) {
    return Math.round(fileBytes * share);
  }

  private static Set<Integer> leafIds(Collection<NestedField> columns) {
    Set<Integer> ids = new HashSet<>();
    for (NestedField column : columns) {
      TypeUtil.indexById(Types.StructType.of(column)).values().stream()
          .filter(field -> field.type().isPrimitiveType())
          .forEach(field -> ids.add(field.fieldId()));
    }
    return ids;
  }

  private static double weight(Collection<NestedField> columns) {
    return columns.stream().mapToDouble(column -> weight(column.type())).sum();
  }

  /** Usual bytes of a value once encoded; only proportions matter. */
  private static double weight(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> 0.2;
      case INTEGER, DATE, FLOAT -> 4;
      case LONG, DOUBLE, TIME, TIMESTAMP, TIMESTAMP_NANO, DECIMAL -> 8;
      case STRING -> 16;
      case UUID -> 16;
      case FIXED -> ((Types.FixedType) type).length();
      case BINARY, GEOMETRY, GEOGRAPHY, VARIANT -> 64;
      case UNKNOWN -> 0;
      case STRUCT -> weight(type.asStructType().fields());
      case LIST -> 4 * weight(type.asListType().elementType());
      case MAP -> 4 * weight(List.copyOf(type.asMapType().fields()));
    };
  }
}
