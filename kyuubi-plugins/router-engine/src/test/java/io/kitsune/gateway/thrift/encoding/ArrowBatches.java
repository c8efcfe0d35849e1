// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.ResultCursor;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
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
import org.apache.arrow.vector.complex.StructVector;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A cursor over Arrow vectors made of Java values, in batches of a given size, as DuckDB would send
 * them. Slots of NULLs hold other values, which must not be seen.
 */
final class ArrowBatches implements ResultCursor.Batches {
  private final BufferAllocator allocator = new RootAllocator();
  private final List<Column> columns;
  private final Iterator<List<List<Object>>> batches;
  private VectorSchemaRoot current;

  ArrowBatches(List<Column> columns, List<List<Object>> rows, int rowsABatch) {
    this.columns = columns;
    List<List<List<Object>>> all = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += rowsABatch) {
      all.add(rows.subList(from, Math.min(rows.size(), from + rowsABatch)));
    }
    this.batches = all.iterator();
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Optional<VectorSchemaRoot> next() {
    release();
    if (!batches.hasNext()) {
      return Optional.empty();
    }
    List<List<Object>> rows = batches.next();
    Schema schema = new Schema(columns.stream().map(c -> field(c.name(), c.type(), true)).toList());
    current = VectorSchemaRoot.create(schema, allocator);
    for (int i = 0; i < columns.size(); i++) {
      FieldVector vector = current.getVector(i);
      vector.allocateNew();
      for (int row = 0; row < rows.size(); row++) {
        set(vector, row, rows.get(row).get(i), columns.get(i).type());
      }
      vector.setValueCount(rows.size());
    }
    current.setRowCount(rows.size());
    return Optional.of(current);
  }

  @Override
  public void close() {
    release();
    allocator.close();
  }

  private void release() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  private static Field field(String name, DataType type, boolean nullable) {
    List<Field> children = List.of();
    if (type instanceof DataType.Array array) {
      children = List.of(field("l", array.element(), true));
    } else if (type instanceof DataType.Struct struct) {
      children = struct.fields().stream().map(f -> field(f.name(), f.type(), true)).toList();
    } else if (type instanceof DataType.Map map) {
      Field key = field("key", map.key(), false);
      Field value = field("value", map.value(), true);
      children =
          List.of(
              new Field(
                  "entries",
                  new FieldType(false, new ArrowType.Struct(), null),
                  List.of(key, value)));
    }
    return new Field(name, new FieldType(nullable, arrowType(type), null), children);
  }

  private static ArrowType arrowType(DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return new ArrowType.Decimal(decimal.precision(), decimal.scale(), 128);
    } else if (type instanceof DataType.Array) {
      return new ArrowType.List();
    } else if (type instanceof DataType.Map) {
      return new ArrowType.Map(false);
    } else if (type instanceof DataType.Struct) {
      return new ArrowType.Struct();
    }
    return switch ((Simple) type) {
      case BOOLEAN -> new ArrowType.Bool();
      case TINYINT -> new ArrowType.Int(8, true);
      case SMALLINT -> new ArrowType.Int(16, true);
      case INT, VOID -> new ArrowType.Int(32, true);
      case BIGINT -> new ArrowType.Int(64, true);
      case FLOAT -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
      case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
      case STRING -> new ArrowType.Utf8();
      case BINARY -> new ArrowType.Binary();
      case DATE -> new ArrowType.Date(DateUnit.DAY);
      case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
      case TIMESTAMP_NTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
    };
  }

  private static void set(FieldVector vector, int row, Object value, DataType type) {
    if (vector instanceof StructVector struct) {
      setStruct(struct, row, (List<?>) value, (DataType.Struct) type);
    } else if (vector instanceof ListVector list) {
      setList(list, row, value, type);
    } else {
      setScalar(vector, row, value);
    }
  }

  private static void setStruct(StructVector vector, int row, List<?> value, DataType.Struct type) {
    for (int i = 0; i < type.fields().size(); i++) {
      FieldVector member = (FieldVector) vector.getChildByOrdinal(i);
      set(member, row, value == null ? null : value.get(i), type.fields().get(i).type());
    }
    if (value == null) {
      vector.setNull(row);
    } else {
      vector.setIndexDefined(row);
    }
  }

  private static void setList(ListVector vector, int row, Object value, DataType type) {
    if (value == null) {
      vector.setNull(row);
      return;
    }
    List<?> elements = value instanceof Map<?, ?> map ? entries(map) : (List<?>) value;
    DataType elementType =
        type instanceof DataType.Map map
            ? new DataType.Struct(
                List.of(
                    new DataType.Field("key", map.key(), false),
                    new DataType.Field("value", map.value(), true)))
            : ((DataType.Array) type).element();
    int start = vector.startNewValue(row);
    for (int i = 0; i < elements.size(); i++) {
      set(vector.getDataVector(), start + i, elements.get(i), elementType);
    }
    vector.endValue(row, elements.size());
  }

  private static List<Object> entries(Map<?, ?> map) {
    List<Object> entries = new ArrayList<>();
    map.forEach((key, value) -> entries.add(java.util.Arrays.asList(key, value)));
    return entries;
  }

  private static void setScalar(FieldVector vector, int row, Object value) {
    if (vector instanceof BitVector v) {
      v.setSafe(row, value == null || (Boolean) value ? 1 : 0);
    } else if (vector instanceof TinyIntVector v) {
      v.setSafe(row, value == null ? 77 : (Byte) value);
    } else if (vector instanceof SmallIntVector v) {
      v.setSafe(row, value == null ? 77 : (Short) value);
    } else if (vector instanceof IntVector v) {
      v.setSafe(row, value == null ? 77 : (Integer) value);
    } else if (vector instanceof BigIntVector v) {
      v.setSafe(row, value == null ? 77 : (Long) value);
    } else if (vector instanceof Float4Vector v) {
      v.setSafe(row, value == null ? 77 : (Float) value);
    } else if (vector instanceof Float8Vector v) {
      v.setSafe(row, value == null ? 77 : (Double) value);
    } else if (vector instanceof DecimalVector v) {
      v.setSafe(row, value == null ? BigDecimal.valueOf(1, v.getScale()) : (BigDecimal) value);
    } else if (vector instanceof VarCharVector v) {
      v.setSafe(row, (value == null ? "hidden" : (String) value).getBytes(StandardCharsets.UTF_8));
    } else if (vector instanceof VarBinaryVector v) {
      v.setSafe(row, value == null ? new byte[] {7} : (byte[]) value);
    } else if (vector instanceof DateDayVector v) {
      v.setSafe(row, value == null ? 77 : (int) ((LocalDate) value).toEpochDay());
    } else if (vector instanceof TimeStampMicroTZVector v) {
      v.setSafe(row, value == null ? 77 : micros((Instant) value));
    } else if (vector instanceof TimeStampMicroVector v) {
      v.setSafe(
          row, value == null ? 77 : micros(((LocalDateTime) value).toInstant(ZoneOffset.UTC)));
    } else {
      throw new IllegalArgumentException(vector.getField().toString());
    }
    if (value == null) {
      vector.setNull(row);
    }
  }

  private static long micros(Instant instant) {
    return instant.getEpochSecond() * 1_000_000L + instant.getNano() / 1_000;
  }
}
