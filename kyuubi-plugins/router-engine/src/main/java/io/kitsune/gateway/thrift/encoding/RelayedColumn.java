// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIServiceConstants;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumnDesc;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TPrimitiveTypeEntry;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeQualifierValue;

/**
 * A column of a result that Kyuubi's Spark engine (1.12) sends over Arrow.
 *
 * @param column as its vector is to be read; nested values and intervals as texts
 * @param vector what the engine sends, which the column's description tells
 * @param shown how the driver shows it, beside rows
 */
record RelayedColumn(Column column, Field vector, Shown shown) {
  /** How a column looks over Arrow. */
  enum Shown {
    /** As over rows. */
    ALIKE,
    /** In another way, or not at all. */
    OTHERWISE,
    /**
     * As over rows, but for NULL: the engine makes a text of each nested value, and {@code null} of
     * a NULL, which no nested value has for a text.
     */
    NULL_AS_TEXT
  }

  /** The time zones that all clients know alike. */
  private static final Set<String> UTC = Set.of("UTC", "GMT", "Etc/UTC");

  /** What is known of a column; empty for a type that is not. */
  static Optional<RelayedColumn> of(TColumnDesc described) {
    TPrimitiveTypeEntry entry = described.getTypeDesc().getTypes().get(0).getPrimitiveEntry();
    Map<String, TTypeQualifierValue> qualifiers =
        entry.isSetTypeQualifiers() ? entry.getTypeQualifiers().getQualifiers() : Map.of();
    String name = described.getColumnName();
    return switch (entry.getType()) {
      case NULL_TYPE -> same(name, Simple.VOID, ArrowType.Null.INSTANCE);
      case BOOLEAN_TYPE -> same(name, Simple.BOOLEAN, ArrowType.Bool.INSTANCE);
      case TINYINT_TYPE -> same(name, Simple.TINYINT, new ArrowType.Int(8, true));
      case SMALLINT_TYPE -> same(name, Simple.SMALLINT, new ArrowType.Int(16, true));
      case INT_TYPE -> same(name, Simple.INT, new ArrowType.Int(32, true));
      case BIGINT_TYPE -> same(name, Simple.BIGINT, new ArrowType.Int(64, true));
      case DOUBLE_TYPE ->
          same(name, Simple.DOUBLE, new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
      case STRING_TYPE -> same(name, Simple.STRING, ArrowType.Utf8.INSTANCE);
      case ARRAY_TYPE, MAP_TYPE, STRUCT_TYPE ->
          Optional.of(
              new RelayedColumn(
                  Column.of(name, Simple.STRING),
                  field(name, ArrowType.Utf8.INSTANCE),
                  Shown.NULL_AS_TEXT));
      case BINARY_TYPE -> same(name, Simple.BINARY, ArrowType.Binary.INSTANCE);
      case DECIMAL_TYPE -> decimal(name, qualifiers);
      case TIMESTAMP_TYPE -> timestamp(name, qualifiers);
      case FLOAT_TYPE ->
          other(name, Simple.FLOAT, new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
      case DATE_TYPE -> other(name, Simple.DATE, new ArrowType.Date(DateUnit.DAY));
      case INTERVAL_DAY_TIME_TYPE ->
          other(name, Simple.STRING, new ArrowType.Duration(TimeUnit.MICROSECOND));
      case INTERVAL_YEAR_MONTH_TYPE ->
          other(name, Simple.STRING, new ArrowType.Interval(IntervalUnit.YEAR_MONTH));
      default -> Optional.empty();
    };
  }

  private static Optional<RelayedColumn> decimal(
      String name, Map<String, TTypeQualifierValue> qualifiers) {
    TTypeQualifierValue precision = qualifiers.get(TCLIServiceConstants.PRECISION);
    TTypeQualifierValue scale = qualifiers.get(TCLIServiceConstants.SCALE);
    if (precision == null || scale == null) {
      return Optional.empty();
    }
    DataType.Decimal type = new DataType.Decimal(precision.getI32Value(), scale.getI32Value());
    return same(name, type, new ArrowType.Decimal(type.precision(), type.scale(), 128));
  }

  /** A TIMESTAMP_NTZ has no zone. */
  private static Optional<RelayedColumn> timestamp(
      String name, Map<String, TTypeQualifierValue> qualifiers) {
    TTypeQualifierValue zone = qualifiers.get(TableSchemas.ZONE);
    if (zone == null) {
      return same(name, Simple.TIMESTAMP_NTZ, new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
    }
    String id = zone.getStringValue();
    ArrowType vector = new ArrowType.Timestamp(TimeUnit.MICROSECOND, id);
    return UTC.contains(id)
        ? same(name, Simple.TIMESTAMP, vector)
        : other(name, Simple.TIMESTAMP, vector);
  }

  private static Optional<RelayedColumn> same(String name, DataType type, ArrowType vector) {
    return Optional.of(new RelayedColumn(Column.of(name, type), field(name, vector), Shown.ALIKE));
  }

  private static Optional<RelayedColumn> other(String name, DataType type, ArrowType vector) {
    return Optional.of(
        new RelayedColumn(Column.of(name, type), field(name, vector), Shown.OTHERWISE));
  }

  private static Field field(String name, ArrowType type) {
    return new Field(name, FieldType.nullable(type), List.of());
  }
}
