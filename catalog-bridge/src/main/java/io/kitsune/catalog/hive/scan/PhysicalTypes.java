// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.DataType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/**
 * Which types in a Parquet file are the column's type to Spark 3.5 and to every other reader alike.
 * An allow-list: what is not on it is named as a mismatch. Measured against Spark 3.5.4.
 */
final class PhysicalTypes {
  /** The names that Spark and Hive give the repeated group of a list of three levels. */
  private static final Set<String> LIST_GROUPS = Set.of("list", "bag");

  private PhysicalTypes() {}

  /** What is wrong with reading {@code file} as {@code type}, or empty if nothing is. */
  static Optional<String> mismatch(DataType type, Type file) {
    if (file.isRepetition(Type.Repetition.REPEATED)) {
      return wrong(type, file);
    }
    if (file.isPrimitive()) {
      return isExact(type, file.asPrimitiveType()) ? Optional.empty() : wrong(type, file);
    }
    GroupType group = file.asGroupType();
    if (type instanceof DataType.Array array) {
      return list(array, group);
    }
    if (type instanceof DataType.Map map) {
      return map(map, group);
    }
    if (type instanceof DataType.Struct struct) {
      return struct(struct, group);
    }
    return wrong(type, file);
  }

  /** Whether it is a timestamp in the old form of 96 bits. */
  static boolean isInt96(Type file) {
    return file.isPrimitive()
        && file.asPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96;
  }

  private static boolean isExact(DataType type, PrimitiveType file) {
    PrimitiveTypeName physical = file.getPrimitiveTypeName();
    LogicalTypeAnnotation logical = file.getLogicalTypeAnnotation();
    if (type instanceof DataType.Decimal decimal) {
      return logical instanceof DecimalLogicalTypeAnnotation stored
          && stored.getPrecision() == decimal.precision()
          && stored.getScale() == decimal.scale();
    }
    if (type instanceof DataType.Char || type instanceof DataType.Varchar) {
      return isText(physical, logical);
    }
    if (!(type instanceof DataType.Simple simple)) {
      return false;
    }
    return switch (simple) {
      case BOOLEAN -> physical == PrimitiveTypeName.BOOLEAN;
      case TINYINT -> physical == PrimitiveTypeName.INT32 && isSigned(logical, 8);
      case SMALLINT ->
          physical == PrimitiveTypeName.INT32 && (isSigned(logical, 8) || isSigned(logical, 16));
      case INT ->
          physical == PrimitiveTypeName.INT32
              && (logical == null
                  || isSigned(logical, 8)
                  || isSigned(logical, 16)
                  || isSigned(logical, 32));
      case BIGINT ->
          physical == PrimitiveTypeName.INT64 && (logical == null || isSigned(logical, 64));
      case FLOAT -> physical == PrimitiveTypeName.FLOAT;
      case DOUBLE -> physical == PrimitiveTypeName.DOUBLE;
      case STRING -> isText(physical, logical);
      case BINARY -> physical == PrimitiveTypeName.BINARY && logical == null;
      case DATE ->
          physical == PrimitiveTypeName.INT32 && logical instanceof DateLogicalTypeAnnotation;
      case TIMESTAMP -> isTimestamp(physical, logical, true);
      case TIMESTAMP_NTZ -> isTimestamp(physical, logical, false);
      case VOID -> false;
    };
  }

  private static boolean isText(PrimitiveTypeName physical, LogicalTypeAnnotation logical) {
    return physical == PrimitiveTypeName.BINARY && logical instanceof StringLogicalTypeAnnotation;
  }

  private static boolean isSigned(LogicalTypeAnnotation logical, int bits) {
    return logical instanceof IntLogicalTypeAnnotation number
        && number.isSigned()
        && number.getBitWidth() == bits;
  }

  private static boolean isTimestamp(
      PrimitiveTypeName physical, LogicalTypeAnnotation logical, boolean instant) {
    return physical == PrimitiveTypeName.INT64
        && logical instanceof TimestampLogicalTypeAnnotation timestamp
        && timestamp.isAdjustedToUTC() == instant
        && timestamp.getUnit() != TimeUnit.NANOS;
  }

  private static Optional<String> list(DataType.Array array, GroupType file) {
    if (!(file.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation)
        || file.getFieldCount() != 1) {
      return wrong(array, file);
    }
    Type repeated = file.getType(0);
    // Two levels, and groups called "array" or "…_tuple", mean something else to each reader.
    if (repeated.isPrimitive()
        || !repeated.isRepetition(Type.Repetition.REPEATED)
        || !LIST_GROUPS.contains(repeated.getName())
        || repeated.asGroupType().getFieldCount() != 1) {
      return wrong(array, file);
    }
    return mismatch(array.element(), repeated.asGroupType().getType(0));
  }

  private static Optional<String> map(DataType.Map map, GroupType file) {
    boolean annotated =
        file.getLogicalTypeAnnotation() instanceof MapLogicalTypeAnnotation
            || file.getLogicalTypeAnnotation() instanceof MapKeyValueTypeAnnotation;
    if (!annotated
        || file.getFieldCount() != 1
        || file.getType(0).isPrimitive()
        || !file.getType(0).isRepetition(Type.Repetition.REPEATED)
        || file.getType(0).asGroupType().getFieldCount() != 2) {
      return wrong(map, file);
    }
    GroupType entry = file.getType(0).asGroupType();
    return mismatch(map.key(), entry.getType(0)).or(() -> mismatch(map.value(), entry.getType(1)));
  }

  /** Fields must be the same, in name, case, order and number: readers match them differently. */
  private static Optional<String> struct(DataType.Struct struct, GroupType file) {
    List<String> wanted = struct.fields().stream().map(DataType.Field::name).toList();
    List<String> found = file.getFields().stream().map(Type::getName).toList();
    if (file.getLogicalTypeAnnotation() != null || !wanted.equals(found)) {
      return wrong(struct, file);
    }
    for (int i = 0; i < wanted.size(); i++) {
      Optional<String> mismatch = mismatch(struct.fields().get(i).type(), file.getType(i));
      if (mismatch.isPresent()) {
        return mismatch;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> wrong(DataType type, Type file) {
    StringBuilder text = new StringBuilder();
    file.writeToStringBuilder(text, "");
    // A line, not Parquet's indented paragraph.
    String found = String.join(" ", text.toString().strip().split("\\s+"));
    return Optional.of("'%s' where the table has %s".formatted(found, type.sql()));
  }
}
