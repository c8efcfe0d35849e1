// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.error.KitsuneException;
import io.trino.client.ClientTypeSignature;
import io.trino.client.ClientTypeSignatureParameter;
import io.trino.client.Row;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Writes values as Trino's client decodes them into an Arrow vector of Spark's type. It is made for
 * one vector and one pair of types: whether they fit is checked once, when it is made. Not
 * thread-safe.
 */
abstract class ColumnWriter {
  private final FieldVector vector;

  private ColumnWriter(FieldVector vector) {
    this.vector = vector;
  }

  /**
   * Writes a value.
   *
   * @param value null for NULL
   */
  final void write(int row, Object value) {
    if (value == null) {
      vector.setNull(row);
    } else {
      put(row, value);
    }
  }

  abstract void put(int row, Object value);

  /**
   * A writer into a vector that {@link ResultSchema} made for the column.
   *
   * @param type what Trino sends
   * @throws KitsuneException {@code ENGINE_RESULT_TYPE} if Trino sends another type
   */
  static ColumnWriter of(FieldVector vector, Column column, ClientTypeSignature type) {
    return of(vector, column.type(), type, column);
  }

  private static ColumnWriter of(
      FieldVector vector, DataType wanted, ClientTypeSignature type, Column column) {
    if (!fits(wanted, type)) {
      throw new KitsuneException(
          "ENGINE_RESULT_TYPE",
          "XX000",
          "Column '%s' should hold %s, and Trino sends %s. This is a fault of Kitsune: please report the statement."
              .formatted(column.name(), wanted.sql(), type));
    }
    if (wanted instanceof Simple simple) {
      return simple(vector, simple, column);
    } else if (wanted instanceof DataType.Decimal) {
      DecimalVector decimals = (DecimalVector) vector;
      return writer(vector, (row, value) -> decimals.setSafe(row, new BigDecimal((String) value)));
    } else if (wanted instanceof DataType.Array array) {
      ListVector lists = (ListVector) vector;
      return list(lists, of(lists.getDataVector(), array.element(), argument(type, 0), column));
    } else if (wanted instanceof DataType.Map map) {
      MapVector maps = (MapVector) vector;
      StructVector entries = (StructVector) maps.getDataVector();
      return map(
          maps,
          of(child(entries, 0), map.key(), argument(type, 0), column),
          of(child(entries, 1), map.value(), argument(type, 1), column));
    } else if (wanted instanceof DataType.Struct struct) {
      StructVector structs = (StructVector) vector;
      List<ColumnWriter> members = new ArrayList<>();
      for (int i = 0; i < struct.fields().size(); i++) {
        DataType member = struct.fields().get(i).type();
        members.add(of(child(structs, i), member, field(type, i), column));
      }
      return struct(structs, members);
    }
    return simple(vector, Simple.STRING, column);
  }

  /** The text of a column's value is of the wanted type, and nothing is lost. */
  private static boolean fits(DataType wanted, ClientTypeSignature type) {
    String name = type.getRawType();
    if (wanted instanceof Simple simple) {
      return switch (simple) {
        case BOOLEAN -> name.equals("boolean");
        case TINYINT -> name.equals("tinyint");
        case SMALLINT -> name.equals("smallint");
        case INT -> name.equals("integer");
        case BIGINT -> name.equals("bigint");
        case FLOAT -> name.equals("real");
        case DOUBLE -> name.equals("double");
        case STRING -> name.equals("varchar");
        case BINARY -> name.equals("varbinary");
        case DATE -> name.equals("date");
        case TIMESTAMP -> name.equals("timestamp with time zone") && precision(type) <= 6;
        case TIMESTAMP_NTZ -> name.equals("timestamp") && precision(type) <= 6;
        case VOID -> true;
      };
    } else if (wanted instanceof DataType.Decimal decimal) {
      return name.equals("decimal")
          && number(type, 0) == decimal.precision()
          && number(type, 1) == decimal.scale();
    } else if (wanted instanceof DataType.Array) {
      return name.equals("array");
    } else if (wanted instanceof DataType.Map) {
      return name.equals("map");
    } else if (wanted instanceof DataType.Struct struct) {
      return name.equals("row") && type.getArguments().size() == struct.fields().size();
    }
    return name.equals("varchar") || name.equals("char");
  }

  private static long precision(ClientTypeSignature type) {
    return type.getArguments().isEmpty() ? 3 : number(type, 0);
  }

  private static long number(ClientTypeSignature type, int index) {
    List<ClientTypeSignatureParameter> arguments = type.getArguments();
    return index < arguments.size() ? arguments.get(index).getLongLiteral() : -1;
  }

  private static ClientTypeSignature argument(ClientTypeSignature type, int index) {
    return type.getArguments().get(index).getTypeSignature();
  }

  private static ClientTypeSignature field(ClientTypeSignature type, int index) {
    return type.getArguments().get(index).getNamedTypeSignature().getTypeSignature();
  }

  private static FieldVector child(StructVector structs, int ordinal) {
    return (FieldVector) structs.getChildByOrdinal(ordinal);
  }

  private static ColumnWriter simple(FieldVector vector, Simple type, Column column) {
    return switch (type) {
      case VOID -> writer(vector, (row, value) -> notVoid(column));
      case BOOLEAN -> {
        BitVector bits = (BitVector) vector;
        yield writer(vector, (row, value) -> bits.setSafe(row, (Boolean) value ? 1 : 0));
      }
      case TINYINT -> {
        TinyIntVector bytes = (TinyIntVector) vector;
        yield writer(vector, (row, value) -> bytes.setSafe(row, ((Number) value).byteValue()));
      }
      case SMALLINT -> {
        SmallIntVector shorts = (SmallIntVector) vector;
        yield writer(vector, (row, value) -> shorts.setSafe(row, ((Number) value).shortValue()));
      }
      case INT -> {
        IntVector ints = (IntVector) vector;
        yield writer(vector, (row, value) -> ints.setSafe(row, ((Number) value).intValue()));
      }
      case BIGINT -> {
        BigIntVector longs = (BigIntVector) vector;
        yield writer(vector, (row, value) -> longs.setSafe(row, ((Number) value).longValue()));
      }
      case FLOAT -> {
        Float4Vector floats = (Float4Vector) vector;
        yield writer(vector, (row, value) -> floats.setSafe(row, ((Number) value).floatValue()));
      }
      case DOUBLE -> {
        Float8Vector doubles = (Float8Vector) vector;
        yield writer(vector, (row, value) -> doubles.setSafe(row, ((Number) value).doubleValue()));
      }
      case STRING -> {
        VarCharVector texts = (VarCharVector) vector;
        yield writer(
            vector,
            (row, value) -> texts.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8)));
      }
      case BINARY -> {
        VarBinaryVector binaries = (VarBinaryVector) vector;
        yield writer(vector, (row, value) -> binaries.setSafe(row, (byte[]) value));
      }
      case DATE -> {
        DateDayVector days = (DateDayVector) vector;
        yield writer(
            vector,
            (row, value) ->
                days.setSafe(row, Math.toIntExact(TimeText.of((String) value).epochDay())));
      }
      case TIMESTAMP -> {
        TimeStampMicroTZVector micros = (TimeStampMicroTZVector) vector;
        yield writer(
            vector, (row, value) -> micros.setSafe(row, TimeText.of((String) value).instant()));
      }
      case TIMESTAMP_NTZ -> {
        TimeStampMicroVector micros = (TimeStampMicroVector) vector;
        yield writer(
            vector, (row, value) -> micros.setSafe(row, TimeText.of((String) value).wallClock()));
      }
    };
  }

  private static ColumnWriter list(ListVector lists, ColumnWriter elements) {
    return writer(
        lists,
        (row, value) -> {
          List<?> values = (List<?>) value;
          int from = lists.startNewValue(row);
          for (int i = 0; i < values.size(); i++) {
            elements.write(from + i, values.get(i));
          }
          lists.endValue(row, values.size());
        });
  }

  private static ColumnWriter map(MapVector maps, ColumnWriter keys, ColumnWriter values) {
    StructVector entries = (StructVector) maps.getDataVector();
    return writer(
        maps,
        (row, value) -> {
          Map<?, ?> map = (Map<?, ?>) value;
          int at = maps.startNewValue(row);
          for (Map.Entry<?, ?> entry : map.entrySet()) {
            entries.setIndexDefined(at);
            keys.write(at, entry.getKey());
            values.write(at, entry.getValue());
            at++;
          }
          maps.endValue(row, map.size());
        });
  }

  private static ColumnWriter struct(StructVector structs, List<ColumnWriter> members) {
    return writer(
        structs,
        (row, value) -> {
          structs.setIndexDefined(row);
          Row fields = (Row) value;
          for (int i = 0; i < members.size(); i++) {
            members.get(i).write(row, fields.getFields().get(i).getValue());
          }
        });
  }

  private static void notVoid(Column column) {
    throw new KitsuneException(
        "ENGINE_RESULT_TYPE",
        "XX000",
        "Column '%s' is of type void, which has no value but NULL, and Trino sent a value. This is a fault of Kitsune: please report the statement."
            .formatted(column.name()));
  }

  /** Writes a value that is not NULL. */
  @FunctionalInterface
  private interface NotNull {
    void put(int row, Object value);
  }

  private static ColumnWriter writer(FieldVector vector, NotNull values) {
    return new ColumnWriter(vector) {
      @Override
      void put(int row, Object value) {
        values.put(row, value);
      }
    };
  }
}
