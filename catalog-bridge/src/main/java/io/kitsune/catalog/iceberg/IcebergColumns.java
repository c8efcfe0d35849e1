// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Iceberg's schemas as Spark shows them. Types that Spark's Iceberg connector changes ({@code uuid}
 * to text, {@code fixed} to binary) or refuses ({@code time}) are {@link DataType.Unmodelled} under
 * Iceberg's own name, so that statements over them stay on Spark.
 */
final class IcebergColumns {
  private IcebergColumns() {}

  /** The columns of a schema, in its order. */
  static List<Column> of(Schema schema) {
    return schema.columns().stream().map(IcebergColumns::column).toList();
  }

  private static Column column(Types.NestedField field) {
    String comment = field.doc() == null ? "" : field.doc();
    return new Column(field.name(), type(field.type()), field.isOptional(), comment);
  }

  /** The type as Spark's Iceberg connector maps it. */
  static DataType type(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN -> Simple.BOOLEAN;
      case INTEGER -> Simple.INT;
      case LONG -> Simple.BIGINT;
      case FLOAT -> Simple.FLOAT;
      case DOUBLE -> Simple.DOUBLE;
      case DATE -> Simple.DATE;
      case STRING -> Simple.STRING;
      case BINARY -> Simple.BINARY;
      case TIMESTAMP ->
          ((Types.TimestampType) type).shouldAdjustToUTC()
              ? Simple.TIMESTAMP
              : Simple.TIMESTAMP_NTZ;
      case DECIMAL -> decimal((Types.DecimalType) type);
      case STRUCT -> struct(type.asStructType());
      case LIST ->
          new DataType.Array(
              type(type.asListType().elementType()), type.asListType().isElementOptional());
      case MAP ->
          new DataType.Map(
              type(type.asMapType().keyType()),
              type(type.asMapType().valueType()),
              type.asMapType().isValueOptional());
      case UUID, FIXED, TIME, TIMESTAMP_NANO, GEOMETRY, GEOGRAPHY, VARIANT, UNKNOWN ->
          new DataType.Unmodelled(type.toString());
    };
  }

  private static DataType decimal(Types.DecimalType type) {
    return new DataType.Decimal(type.precision(), type.scale());
  }

  private static DataType struct(Types.StructType type) {
    return new DataType.Struct(
        type.fields().stream()
            .map(field -> new DataType.Field(field.name(), type(field.type()), field.isOptional()))
            .toList());
  }
}
