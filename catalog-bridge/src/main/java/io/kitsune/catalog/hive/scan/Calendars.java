// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.files.ParquetFooter;
import io.kitsune.catalog.files.ParquetFooter.Leaf;
import io.kitsune.catalog.files.ParquetFooter.SparkWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Finds dates and timestamps that Spark would not take as they stand in a file. In a file of
 * Spark's before 3.0 (INT96: 3.1), or of its legacy mode, they are in the hybrid calendar, and
 * Spark converts them. In a file that Spark did not write, it refuses those before the switch.
 * Either way only values before the switch matter, so bounds that show none clear the column.
 *
 * <p>Source: {@code DataSourceUtils.datetimeRebaseSpec} of Spark 3.5, with its default modes.
 */
final class Calendars {
  /** 1582-10-15, in days since the epoch. */
  private static final long SWITCH_DAY = -141_427;

  /** 1900-01-01T00:00:00Z, in microseconds; zones' offsets changed oddly before it. */
  private static final long SWITCH_MICROSECONDS = -2_208_988_800_000_000L;

  private static final int[] VERSION_OF_DATES = {3, 0};
  private static final int[] VERSION_OF_INT96 = {3, 1};

  private Calendars() {}

  /** Why a column of a file may hold old values that Spark reads otherwise; empty if it doesn't. */
  static Optional<String> oldValues(Type column, List<String> path, ParquetFooter footer) {
    if (!column.isPrimitive()) {
      for (Type field : column.asGroupType().getFields()) {
        Optional<String> found = oldValues(field, child(path, field), footer);
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    PrimitiveType primitive = column.asPrimitiveType();
    boolean int96 = primitive.getPrimitiveTypeName() == PrimitiveTypeName.INT96;
    if (!int96 && !isDateOrInstant(primitive)) {
      return Optional.empty();
    }
    Optional<String> reason = reason(footer.writer(), int96);
    Leaf leaf = footer.leaves().get(path);
    if (reason.isEmpty() || leaf == null || leaf.allNull()) {
      return Optional.empty();
    }
    return int96 || !onlyModern(primitive, leaf) ? reason : Optional.empty();
  }

  private static List<String> child(List<String> path, Type field) {
    List<String> longer = new ArrayList<>(path);
    longer.add(field.getName());
    return longer;
  }

  private static boolean isDateOrInstant(PrimitiveType type) {
    return type.getLogicalTypeAnnotation() instanceof DateLogicalTypeAnnotation
        || (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
            && timestamp.isAdjustedToUTC());
  }

  private static Optional<String> reason(SparkWriter writer, boolean int96) {
    if (writer.version().isEmpty()) {
      return Optional.of("not written by Spark, and it may hold values that Spark refuses");
    }
    boolean legacy = int96 ? writer.legacyInt96() : writer.legacyDateTime();
    if (legacy || isBefore(writer.version(), int96 ? VERSION_OF_INT96 : VERSION_OF_DATES)) {
      return Optional.of("in the hybrid calendar of Spark " + writer.version());
    }
    return Optional.empty();
  }

  private static boolean onlyModern(PrimitiveType type, Leaf leaf) {
    Optional<Object> least = leaf.least();
    if (least.isEmpty() || !(least.get() instanceof Number number)) {
      return false;
    }
    long value = number.longValue();
    if (type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp) {
      long limit =
          timestamp.getUnit() == TimeUnit.MILLIS ? SWITCH_MICROSECONDS / 1000 : SWITCH_MICROSECONDS;
      return timestamp.getUnit() != TimeUnit.NANOS && value >= limit;
    }
    return value >= SWITCH_DAY;
  }

  /** A version that cannot be read counts as old. */
  private static boolean isBefore(String version, int[] wanted) {
    String[] parts = version.split("\\.", -1);
    try {
      int major = Integer.parseInt(parts[0]);
      int minor = parts.length > 1 ? Integer.parseInt(parts[1]) : 0;
      return major < wanted[0] || (major == wanted[0] && minor < wanted[1]);
    } catch (NumberFormatException e) {
      return true;
    }
  }
}
