// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** Which physical types of Parquet are read as a column's type with exactly its values. */
final class PhysicalTypes {
  private PhysicalTypes() {}

  /** Whether values of the type are known to be read exactly from what Iceberg writes. */
  static boolean known(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, DATE, TIMESTAMP, STRING, BINARY, DECIMAL -> true;
      case STRUCT, LIST, MAP -> true;
      default -> false;
    };
  }

  /** Whether the stored type is the column's own, or one that widens to it exactly. */
  static boolean exact(Type.PrimitiveType column, PrimitiveType stored) {
    return own(column, stored)
        || switch (column.typeId()) {
          case LONG -> own(Types.IntegerType.get(), stored);
          case DOUBLE -> own(Types.FloatType.get(), stored);
          default -> false;
        };
  }

  /** Whether the stored type is the one that Iceberg writes for the column's, or as good as it. */
  static boolean own(Type.PrimitiveType column, PrimitiveType stored) {
    PrimitiveTypeName physical = stored.getPrimitiveTypeName();
    LogicalTypeAnnotation logical = stored.getLogicalTypeAnnotation();
    return switch (column.typeId()) {
      case BOOLEAN -> physical == PrimitiveTypeName.BOOLEAN;
      case INTEGER -> physical == PrimitiveTypeName.INT32 && signedOrPlain(logical);
      case LONG -> physical == PrimitiveTypeName.INT64 && signedOrPlain(logical);
      case FLOAT -> physical == PrimitiveTypeName.FLOAT && logical == null;
      case DOUBLE -> physical == PrimitiveTypeName.DOUBLE && logical == null;
      case DATE ->
          physical == PrimitiveTypeName.INT32 && logical instanceof DateLogicalTypeAnnotation;
      case TIMESTAMP ->
          physical == PrimitiveTypeName.INT64
              && timestamp(logical, ((Types.TimestampType) column).shouldAdjustToUTC());
      case STRING ->
          physical == PrimitiveTypeName.BINARY && logical instanceof StringLogicalTypeAnnotation;
      case BINARY -> physical == PrimitiveTypeName.BINARY && logical == null;
      case DECIMAL -> decimal(logical, (Types.DecimalType) column);
      default -> false;
    };
  }

  private static boolean signedOrPlain(LogicalTypeAnnotation logical) {
    return logical == null
        || (logical instanceof IntLogicalTypeAnnotation integer && integer.isSigned());
  }

  private static boolean timestamp(LogicalTypeAnnotation logical, boolean adjusted) {
    return logical instanceof TimestampLogicalTypeAnnotation timestamp
        && timestamp.isAdjustedToUTC() == adjusted
        && timestamp.getUnit() != TimeUnit.NANOS;
  }

  private static boolean decimal(LogicalTypeAnnotation logical, Types.DecimalType column) {
    return logical instanceof DecimalLogicalTypeAnnotation decimal
        && decimal.getScale() == column.scale()
        && decimal.getPrecision() <= column.precision();
  }

  /** Whether the type is or contains a date or a timestamp. */
  static boolean holdsDatesOrTimestamps(Type type) {
    return TypeUtil.find(
            new org.apache.iceberg.Schema(Types.NestedField.optional(1, "c", type)),
            part -> part.typeId() == Type.TypeID.DATE || part.typeId() == Type.TypeID.TIMESTAMP)
        != null;
  }

  /** The stored type in a few words. */
  static String describe(org.apache.parquet.schema.Type stored) {
    if (!stored.isPrimitive()) {
      return "a group";
    }
    String physical = stored.asPrimitiveType().getPrimitiveTypeName().name();
    LogicalTypeAnnotation logical = stored.getLogicalTypeAnnotation();
    return logical == null ? physical : physical + " " + logical;
  }
}
