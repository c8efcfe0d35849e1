// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import java.util.List;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The Arrow types that {@link io.kitsune.engine.CellReader} reads as Spark's. */
final class ResultSchema {
  private static final int BYTE = 8;

  private ResultSchema() {}

  static Schema of(List<Column> columns) {
    return new Schema(columns.stream().map(column -> field(column.name(), column.type())).toList());
  }

  private static Field field(String name, DataType type) {
    return new Field(name, FieldType.nullable(arrow(type)), children(type));
  }

  private static List<Field> children(DataType type) {
    if (type instanceof DataType.Array array) {
      return List.of(field("element", array.element()));
    } else if (type instanceof DataType.Struct struct) {
      return struct.fields().stream().map(member -> field(member.name(), member.type())).toList();
    } else if (type instanceof DataType.Map map) {
      // Arrow wants entries and keys that are never NULL.
      Field key =
          new Field(
              MapVector.KEY_NAME, FieldType.notNullable(arrow(map.key())), children(map.key()));
      Field value = field(MapVector.VALUE_NAME, map.value());
      return List.of(
          new Field(
              MapVector.DATA_VECTOR_NAME,
              FieldType.notNullable(ArrowType.Struct.INSTANCE),
              List.of(key, value)));
    }
    return List.of();
  }

  private static ArrowType arrow(DataType type) {
    if (type instanceof Simple simple) {
      return switch (simple) {
        case VOID -> ArrowType.Null.INSTANCE;
        case BOOLEAN -> ArrowType.Bool.INSTANCE;
        case TINYINT -> new ArrowType.Int(BYTE, true);
        case SMALLINT -> new ArrowType.Int(2 * BYTE, true);
        case INT -> new ArrowType.Int(4 * BYTE, true);
        case BIGINT -> new ArrowType.Int(8 * BYTE, true);
        case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
        case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
        case STRING -> ArrowType.Utf8.INSTANCE;
        case BINARY -> ArrowType.Binary.INSTANCE;
        case DATE -> new ArrowType.Date(DateUnit.DAY);
        case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
        case TIMESTAMP_NTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
      };
    } else if (type instanceof DataType.Decimal decimal) {
      return new ArrowType.Decimal(decimal.precision(), decimal.scale(), 16 * BYTE);
    } else if (type instanceof DataType.Array) {
      return ArrowType.List.INSTANCE;
    } else if (type instanceof DataType.Map) {
      return new ArrowType.Map(false);
    } else if (type instanceof DataType.Struct) {
      return ArrowType.Struct.INSTANCE;
    }
    return ArrowType.Utf8.INSTANCE;
  }
}
