// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.error.KitsuneException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
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
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;

/**
 * Reads the cells of an Arrow vector as the Java values of {@link ResultCursor.Rows}. It is made
 * for one vector and one type: whether they fit is checked once, when it is made, and never
 * guessed. Valid as long as the vector's content; not thread-safe.
 */
public abstract class CellReader {
  private static final long MICROS = 1_000_000L;

  private final FieldVector vector;

  private CellReader(FieldVector vector) {
    this.vector = vector;
  }

  /** The value in that row; null for NULL. */
  public final Object read(int row) {
    return vector.isNull(row) ? null : value(row);
  }

  abstract Object value(int row);

  /**
   * A reader of each column of a batch, in order.
   *
   * @throws KitsuneException {@code ENGINE_RESULT_TYPE} if a vector is not of its column's type
   */
  public static List<CellReader> of(VectorSchemaRoot batch, List<Column> columns) {
    if (batch.getFieldVectors().size() != columns.size()) {
      throw new KitsuneException(
          "ENGINE_RESULT_TYPE",
          "XX000",
          "The engine sent %d columns where the statement has %d. This is a fault of Kitsune: please report the statement."
              .formatted(batch.getFieldVectors().size(), columns.size()));
    }
    List<CellReader> readers = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      readers.add(of(batch.getVector(i), columns.get(i)));
    }
    return readers;
  }

  /**
   * Returns if a batch is of these columns.
   *
   * @throws KitsuneException {@code ENGINE_RESULT_TYPE} if not
   */
  public static void check(VectorSchemaRoot batch, List<Column> columns) {
    of(batch, columns);
  }

  /**
   * A reader of one column.
   *
   * @throws KitsuneException {@code ENGINE_RESULT_TYPE} if the vector is not of the column's type
   */
  public static CellReader of(FieldVector vector, Column column) {
    return of(vector, column.type(), column);
  }

  private static CellReader of(FieldVector vector, DataType type, Column column) {
    if (type instanceof DataType.Simple simple) {
      return simple(vector, simple, column);
    } else if (type instanceof DataType.Decimal decimal) {
      if (vector instanceof DecimalVector decimals && decimals.getScale() == decimal.scale()) {
        return reader(vector, decimals::getObject);
      }
    } else if (type instanceof DataType.Char || type instanceof DataType.Varchar) {
      return simple(vector, DataType.Simple.STRING, column);
    } else if (type instanceof DataType.Map map) {
      if (vector instanceof MapVector maps) {
        return map(maps, map, column);
      }
    } else if (type instanceof DataType.Array array) {
      if (vector instanceof ListVector lists && !(vector instanceof MapVector)) {
        return list(lists, array, column);
      }
    } else if (type instanceof DataType.Struct struct) {
      if (vector instanceof StructVector structs && structs.size() == struct.fields().size()) {
        return struct(structs, struct, column);
      }
    }
    throw mismatch(vector, type, column);
  }

  private static CellReader simple(FieldVector vector, DataType.Simple type, Column column) {
    return switch (type) {
      case VOID -> reader(vector, row -> notVoid(column));
      case BOOLEAN -> {
        BitVector bits = cast(BitVector.class, vector, type, column);
        yield reader(vector, row -> bits.get(row) != 0);
      }
      case TINYINT -> reader(vector, cast(TinyIntVector.class, vector, type, column)::get);
      case SMALLINT -> reader(vector, cast(SmallIntVector.class, vector, type, column)::get);
      case INT -> reader(vector, cast(IntVector.class, vector, type, column)::get);
      case BIGINT -> reader(vector, cast(BigIntVector.class, vector, type, column)::get);
      case FLOAT -> reader(vector, cast(Float4Vector.class, vector, type, column)::get);
      case DOUBLE -> reader(vector, cast(Float8Vector.class, vector, type, column)::get);
      case STRING -> {
        VarCharVector texts = cast(VarCharVector.class, vector, type, column);
        yield reader(vector, row -> new String(texts.get(row), StandardCharsets.UTF_8));
      }
      case BINARY -> reader(vector, cast(VarBinaryVector.class, vector, type, column)::get);
      case DATE -> {
        DateDayVector days = cast(DateDayVector.class, vector, type, column);
        yield reader(vector, row -> LocalDate.ofEpochDay(days.get(row)));
      }
      case TIMESTAMP -> {
        TimeStampMicroTZVector micros = cast(TimeStampMicroTZVector.class, vector, type, column);
        yield reader(vector, row -> instant(micros.get(row)));
      }
      case TIMESTAMP_NTZ -> {
        TimeStampMicroVector micros = cast(TimeStampMicroVector.class, vector, type, column);
        yield reader(
            vector, row -> LocalDateTime.ofInstant(instant(micros.get(row)), ZoneOffset.UTC));
      }
    };
  }

  private static CellReader list(ListVector lists, DataType.Array type, Column column) {
    CellReader elements = of(lists.getDataVector(), type.element(), column);
    return reader(
        lists,
        row -> {
          int from = lists.getElementStartIndex(row);
          int to = lists.getElementEndIndex(row);
          List<Object> values = new ArrayList<>(to - from);
          for (int i = from; i < to; i++) {
            values.add(elements.read(i));
          }
          return Collections.unmodifiableList(values);
        });
  }

  private static CellReader map(MapVector maps, DataType.Map type, Column column) {
    StructVector entries = (StructVector) maps.getDataVector();
    CellReader keys = of((FieldVector) entries.getChildByOrdinal(0), type.key(), column);
    CellReader values = of((FieldVector) entries.getChildByOrdinal(1), type.value(), column);
    return reader(
        maps,
        row -> {
          Map<Object, Object> map = new LinkedHashMap<>();
          for (int i = maps.getElementStartIndex(row); i < maps.getElementEndIndex(row); i++) {
            map.put(keys.read(i), values.read(i));
          }
          return Collections.unmodifiableMap(map);
        });
  }

  private static CellReader struct(StructVector structs, DataType.Struct type, Column column) {
    List<CellReader> members = new ArrayList<>();
    for (int i = 0; i < type.fields().size(); i++) {
      FieldVector member = (FieldVector) structs.getChildByOrdinal(i);
      members.add(of(member, type.fields().get(i).type(), column));
    }
    return reader(
        structs,
        row -> {
          List<Object> values = new ArrayList<>(members.size());
          members.forEach(member -> values.add(member.read(row)));
          return Collections.unmodifiableList(values);
        });
  }

  private static Instant instant(long micros) {
    return Instant.ofEpochSecond(
        Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000L);
  }

  private static Object notVoid(Column column) {
    throw new KitsuneException(
        "ENGINE_RESULT_TYPE",
        "XX000",
        "Column '%s' is of type void, which has no value but NULL, and the engine sent a value. This is a fault of Kitsune: please report the statement."
            .formatted(column.name()));
  }

  private static <V extends FieldVector> V cast(
      Class<V> wanted, FieldVector vector, DataType type, Column column) {
    if (!wanted.isInstance(vector)) {
      throw mismatch(vector, type, column);
    }
    return wanted.cast(vector);
  }

  private static KitsuneException mismatch(FieldVector vector, DataType type, Column column) {
    return new KitsuneException(
        "ENGINE_RESULT_TYPE",
        "XX000",
        "Column '%s' should hold %s, and the engine sent %s. This is a fault of Kitsune: please report the statement."
            .formatted(column.name(), type.sql(), vector.getField().getType()));
  }

  /** Reads a value that is not NULL. */
  @FunctionalInterface
  private interface NonNull {
    Object at(int row);
  }

  private static CellReader reader(FieldVector vector, NonNull values) {
    return new CellReader(vector) {
      @Override
      Object value(int row) {
        return values.at(row);
      }
    };
  }
}
