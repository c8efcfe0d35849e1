// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CellText;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.SmallIntVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.TinyIntVector;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/**
 * Rows of Java values as Arrow, for results that come as such: the gateway's own answers, and
 * Flink's. Its memory is its own, and freed before it returns.
 */
final class ArrowValues implements ValueEncoder {
  private static final long MICROS = 1_000_000L;
  private static final int NANOS = 1_000;

  private final List<Column> columns;
  private final CellText text;
  private final WallClock clock;

  ArrowValues(List<Column> columns, Encoding encoding) {
    this.columns = columns;
    this.text = new CellText(encoding.zone());
    this.clock = new WallClock(encoding.zone());
  }

  @Override
  public TRowSet encode(long offset, List<List<Object>> rows) {
    if (rows.isEmpty()) {
      return ArrowRowSets.end(offset);
    }
    try (BufferAllocator allocator = new RootAllocator();
        OwnedVectors vectors = new OwnedVectors()) {
      for (int i = 0; i < columns.size(); i++) {
        Writer writer = writer(columns.get(i), allocator, vectors);
        for (int row = 0; row < rows.size(); row++) {
          Object value = rows.get(row).get(i);
          if (value != null) {
            writer.cell().set(row, value);
          }
        }
        writer.vector().setValueCount(rows.size());
      }
      return ArrowRowSets.of(offset, vectors.all(), rows.size());
    }
  }

  /** Sets a value that is not NULL. */
  @FunctionalInterface
  private interface Cell {
    void set(int row, Object value);
  }

  /** A column of a batch, and how its values get there; those that are not set are NULL. */
  private record Writer(FieldVector vector, Cell cell) {}

  private Writer writer(Column column, BufferAllocator allocator, OwnedVectors vectors) {
    DataType type = column.type();
    if (type instanceof DataType.Decimal decimal) {
      DecimalVector vector =
          new DecimalVector(column.name(), allocator, decimal.precision(), decimal.scale());
      vectors.add(vector).allocateNew();
      return new Writer(vector, (row, value) -> vector.setSafe(row, (BigDecimal) value));
    } else if (!(type instanceof Simple simple)) {
      return texts(column, allocator, vectors);
    } else {
      return writer(column, simple, allocator, vectors);
    }
  }

  private Writer writer(
      Column column, Simple type, BufferAllocator allocator, OwnedVectors vectors) {
    String name = column.name();
    switch (type) {
      case BOOLEAN -> {
        BitVector vector = vectors.add(new BitVector(name, allocator));
        vector.allocateNew();
        return new Writer(vector, (row, value) -> vector.setSafe(row, (Boolean) value ? 1 : 0));
      }
      case TINYINT -> {
        TinyIntVector vector = vectors.add(new TinyIntVector(name, allocator));
        vector.allocateNew();
        return new Writer(vector, (row, value) -> vector.setSafe(row, (Byte) value));
      }
      case SMALLINT -> {
        SmallIntVector vector = vectors.add(new SmallIntVector(name, allocator));
        vector.allocateNew();
        return new Writer(vector, (row, value) -> vector.setSafe(row, (Short) value));
      }
      case INT -> {
        IntVector vector = vectors.add(new IntVector(name, allocator));
        vector.allocateNew();
        return new Writer(vector, (row, value) -> vector.setSafe(row, (Integer) value));
      }
      case BIGINT -> {
        BigIntVector vector = vectors.add(new BigIntVector(name, allocator));
        vector.allocateNew();
        return new Writer(vector, (row, value) -> vector.setSafe(row, (Long) value));
      }
      case DOUBLE -> {
        Float8Vector vector = vectors.add(new Float8Vector(name, allocator));
        vector.allocateNew();
        return new Writer(vector, (row, value) -> vector.setSafe(row, (Double) value));
      }
      case BINARY -> {
        VarBinaryVector vector = vectors.add(new VarBinaryVector(name, allocator));
        vector.allocateNew();
        return new Writer(vector, (row, value) -> vector.setSafe(row, (byte[]) value));
      }
      case TIMESTAMP, TIMESTAMP_NTZ -> {
        TimeStampMicroVector vector = vectors.add(new TimeStampMicroVector(name, allocator));
        vector.allocateNew();
        return new Writer(vector, (row, value) -> vector.setSafe(row, shown(value)));
      }
      case VOID -> {
        return new Writer(vectors.add(new NullVector(name)), (row, value) -> {});
      }
      case STRING -> {
        return texts(column, allocator, vectors);
      }
      case FLOAT, DATE -> {}
    }
    throw new IllegalStateException("a result with %s does not go over Arrow".formatted(type));
  }

  private Writer texts(Column column, BufferAllocator allocator, OwnedVectors vectors) {
    VarCharVector vector = vectors.add(new VarCharVector(column.name(), allocator));
    vector.allocateNew();
    return new Writer(
        vector,
        (row, value) ->
            vector.setSafe(row, text.of(value, column.type()).getBytes(StandardCharsets.UTF_8)));
  }

  private long shown(Object value) {
    if (value instanceof Instant instant) {
      return clock.at(instant.getEpochSecond() * MICROS + instant.getNano() / NANOS);
    }
    LocalDateTime time = (LocalDateTime) value;
    return WallClock.check(time.toEpochSecond(ZoneOffset.UTC) * MICROS + time.getNano() / NANOS);
  }
}
