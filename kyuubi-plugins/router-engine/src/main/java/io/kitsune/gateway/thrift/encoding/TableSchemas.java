// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIServiceConstants;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumnDesc;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TPrimitiveTypeEntry;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeDesc;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeEntry;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeId;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeQualifierValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeQualifiers;

/** Describes a result's columns to Hive's drivers, as Spark's Thrift server does. */
public final class TableSchemas {
  private TableSchemas() {}

  /** What Kyuubi's driver calls the zone of a timestamp that comes over Arrow. */
  static final String ZONE = "session.timeZone";

  /** The schema of a result whose format is settled ({@link Encoding#of(List)}). */
  static TTableSchema of(List<Column> columns, Encoding encoding) {
    TTableSchema schema = of(columns);
    if (encoding.arrow()) {
      schema.getColumns().forEach(column -> zone(column.getTypeDesc().getTypes().get(0)));
    }
    return schema;
  }

  /** The schema of a relayed result whose values are encoded here. */
  static TTableSchema of(TTableSchema described, Encoding encoding) {
    TTableSchema schema = described.deepCopy();
    for (TColumnDesc column : schema.getColumns()) {
      TTypeEntry entry = column.getTypeDesc().getTypes().get(0);
      TPrimitiveTypeEntry type = entry.getPrimitiveEntry();
      if (type.isSetTypeQualifiers()) {
        type.getTypeQualifiers().getQualifiers().remove(ZONE);
      } else {
        type.setTypeQualifiers(new TTypeQualifiers(new HashMap<>()));
      }
      if (encoding.arrow()) {
        zone(entry);
      }
    }
    return schema;
  }

  private static void zone(TTypeEntry entry) {
    TPrimitiveTypeEntry type = entry.getPrimitiveEntry();
    if (type.getType() == TTypeId.TIMESTAMP_TYPE) {
      // What is sent is what a clock on the wall shows: WallClock.
      type.getTypeQualifiers().putToQualifiers(ZONE, TTypeQualifierValue.stringValue("UTC"));
    }
  }

  /** The schema of a result with these columns. */
  public static TTableSchema of(List<Column> columns) {
    TTableSchema schema = new TTableSchema();
    for (int i = 0; i < columns.size(); i++) {
      Column column = columns.get(i);
      TColumnDesc description = new TColumnDesc(column.name(), typeDesc(column.type()), i);
      description.setComment(column.comment());
      schema.addToColumns(description);
    }
    return schema;
  }

  /** The description of one type. Nested types are named without their members, as by Spark. */
  public static TTypeDesc typeDesc(DataType type) {
    TPrimitiveTypeEntry entry = new TPrimitiveTypeEntry(typeId(type));
    entry.setTypeQualifiers(new TTypeQualifiers(qualifiers(type)));
    return new TTypeDesc(List.of(TTypeEntry.primitiveEntry(entry)));
  }

  /** The protocol's number for a type. */
  public static TTypeId typeId(DataType type) {
    if (type instanceof DataType.Simple simple) {
      return simple(simple);
    } else if (type instanceof DataType.Decimal) {
      return TTypeId.DECIMAL_TYPE;
    } else if (type instanceof DataType.Char) {
      return TTypeId.CHAR_TYPE;
    } else if (type instanceof DataType.Varchar) {
      return TTypeId.VARCHAR_TYPE;
    } else if (type instanceof DataType.Array) {
      return TTypeId.ARRAY_TYPE;
    } else if (type instanceof DataType.Map) {
      return TTypeId.MAP_TYPE;
    } else if (type instanceof DataType.Struct) {
      return TTypeId.STRUCT_TYPE;
    }
    return unmodelled(type.sql());
  }

  private static TTypeId simple(DataType.Simple type) {
    return switch (type) {
      case BOOLEAN -> TTypeId.BOOLEAN_TYPE;
      case TINYINT -> TTypeId.TINYINT_TYPE;
      case SMALLINT -> TTypeId.SMALLINT_TYPE;
      case INT -> TTypeId.INT_TYPE;
      case BIGINT -> TTypeId.BIGINT_TYPE;
      case FLOAT -> TTypeId.FLOAT_TYPE;
      case DOUBLE -> TTypeId.DOUBLE_TYPE;
      case STRING -> TTypeId.STRING_TYPE;
      case BINARY -> TTypeId.BINARY_TYPE;
      case DATE -> TTypeId.DATE_TYPE;
      case TIMESTAMP, TIMESTAMP_NTZ -> TTypeId.TIMESTAMP_TYPE;
      case VOID -> TTypeId.NULL_TYPE;
    };
  }

  /** Spark's two ANSI intervals have numbers of their own; all else is sent as text. */
  private static TTypeId unmodelled(String sql) {
    return switch (sql) {
      case "interval year", "interval month", "interval year to month" ->
          TTypeId.INTERVAL_YEAR_MONTH_TYPE;
      case "interval day",
          "interval hour",
          "interval minute",
          "interval second",
          "interval day to hour",
          "interval day to minute",
          "interval day to second",
          "interval hour to minute",
          "interval hour to second",
          "interval minute to second" ->
          TTypeId.INTERVAL_DAY_TIME_TYPE;
      default -> TTypeId.STRING_TYPE;
    };
  }

  private static Map<String, TTypeQualifierValue> qualifiers(DataType type) {
    Map<String, TTypeQualifierValue> qualifiers = new HashMap<>();
    if (type instanceof DataType.Decimal decimal) {
      qualifiers.put(
          TCLIServiceConstants.PRECISION, TTypeQualifierValue.i32Value(decimal.precision()));
      qualifiers.put(TCLIServiceConstants.SCALE, TTypeQualifierValue.i32Value(decimal.scale()));
    } else if (type instanceof DataType.Char text) {
      qualifiers.put(
          TCLIServiceConstants.CHARACTER_MAXIMUM_LENGTH,
          TTypeQualifierValue.i32Value(text.length()));
    } else if (type instanceof DataType.Varchar text) {
      qualifiers.put(
          TCLIServiceConstants.CHARACTER_MAXIMUM_LENGTH,
          TTypeQualifierValue.i32Value(text.length()));
    }
    return qualifiers;
  }
}
