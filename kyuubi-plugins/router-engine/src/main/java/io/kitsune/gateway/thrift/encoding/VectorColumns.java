// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CellReader;
import io.kitsune.engine.CellText;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.thrift.protocol.TType;

/**
 * Arrow vectors as columns, straight into the bytes that are sent. The types of a batch's vectors
 * were checked when the batch came ({@link CellReader#of}).
 */
final class VectorColumns implements BatchEncoder {
  private static final int DATE_LENGTH = 14;
  private static final int TIMESTAMP_LENGTH = 30;

  private final List<Column> columns;
  private final CellText text;
  private final TimeText times;

  VectorColumns(List<Column> columns, Encoding encoding) {
    this.columns = columns;
    this.text = new CellText(encoding.zone());
    this.times = new TimeText(encoding.zone(), text);
  }

  @Override
  public TRowSet encode(
      long offset, VectorSchemaRoot batch, List<CellReader> cells, int from, int count) {
    TRowSet rowSet = new TRowSet(offset, new ArrayList<>());
    rowSet.setColumns(new ArrayList<>(columns.size()));
    for (int i = 0; i < columns.size(); i++) {
      Slice slice = new Slice(batch.getVector(i), from, count);
      rowSet.addToColumns(column(slice, columns.get(i).type(), cells.get(i)));
    }
    return rowSet;
  }

  /** A part of a vector, with its NULLs in the protocol's form. */
  private record Slice(FieldVector vector, int from, int count, BitSet nulls) {
    Slice(FieldVector vector, int from, int count) {
      this(vector, from, count, missing(vector, from, count));
    }

    RawValues values(byte type, byte[] content, int length) {
      return new RawValues(type, content, length, count, nulls.toByteArray());
    }

    RawValues values(byte type, ColumnBytes content) {
      return values(type, content.array(), content.length());
    }

    /** The vector's data for these rows, each {@code width} bytes. */
    ByteBuffer data(int width) {
      return vector
          .getDataBuffer()
          .nioBuffer((long) from * width, count * width)
          .order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  private TColumn column(Slice slice, DataType type, CellReader cells) {
    if (type instanceof Simple simple) {
      return switch (simple) {
        case BOOLEAN -> RawColumns.boolVal(booleans(slice));
        case TINYINT -> RawColumns.byteVal(bytes(slice));
        case SMALLINT -> RawColumns.i16Val(shorts(slice));
        case INT -> RawColumns.i32Val(ints(slice));
        case BIGINT -> RawColumns.i64Val(longs(slice, TType.I64));
        case FLOAT -> RawColumns.doubleVal(floats(slice));
        case DOUBLE -> RawColumns.doubleVal(longs(slice, TType.DOUBLE));
        case STRING -> RawColumns.stringVal(texts(slice));
        case BINARY -> RawColumns.binaryVal(texts(slice));
        case VOID -> RawColumns.stringVal(voids(slice));
        case DATE -> {
          ByteBuffer days = slice.data(Integer.BYTES);
          yield written(
              slice, DATE_LENGTH, (out, i) -> times.date(out, days.getInt(i * Integer.BYTES)));
        }
        case TIMESTAMP -> {
          ByteBuffer micros = slice.data(Long.BYTES);
          yield written(
              slice,
              TIMESTAMP_LENGTH,
              (out, i) -> times.instant(out, micros.getLong(i * Long.BYTES)));
        }
        case TIMESTAMP_NTZ -> {
          ByteBuffer micros = slice.data(Long.BYTES);
          yield written(
              slice,
              TIMESTAMP_LENGTH,
              (out, i) -> times.wallClock(out, micros.getLong(i * Long.BYTES)));
        }
      };
    } else if (type instanceof DataType.Decimal decimal) {
      DecimalText decimals = new DecimalText((DecimalVector) slice.vector());
      return written(
          slice, decimal.precision() + 7, (out, i) -> decimals.write(out, slice.from() + i));
    } else if (type instanceof DataType.Char || type instanceof DataType.Varchar) {
      return RawColumns.stringVal(texts(slice));
    }
    return written(slice, 64, (out, i) -> out.text(text.of(cells.read(slice.from() + i), type)));
  }

  /** Writes the text of one value, its length before it. */
  @FunctionalInterface
  private interface TextWriter {
    /**
     * The value in a row that is not NULL.
     *
     * @param row from 0 in the slice
     */
    void write(ColumnBytes out, int row);
  }

  private static TColumn written(Slice slice, int expectedLength, TextWriter writer) {
    ColumnBytes out = new ColumnBytes(slice.count() * expectedLength);
    for (int i = 0; i < slice.count(); i++) {
      if (slice.nulls().get(i)) {
        out.beginText();
        out.endText();
      } else {
        writer.write(out, i);
      }
    }
    return RawColumns.stringVal(slice.values(TType.STRING, out));
  }

  private static RawValues booleans(Slice slice) {
    BitVector vector = (BitVector) slice.vector();
    byte[] content = new byte[slice.count()];
    for (int i = 0; i < content.length; i++) {
      // What stands for NULL is true, as in Spark's answers.
      content[i] = (byte) (slice.nulls().get(i) ? 1 : vector.get(slice.from() + i));
    }
    return slice.values(TType.BOOL, content, content.length);
  }

  private static RawValues bytes(Slice slice) {
    byte[] content = new byte[slice.count()];
    slice.data(1).get(content);
    slice.nulls().stream().forEach(i -> content[i] = 0);
    return slice.values(TType.BYTE, content, content.length);
  }

  // Copying between buffers of opposite byte order is one pass of the JVM's own.

  private static RawValues shorts(Slice slice) {
    ByteBuffer content = ByteBuffer.allocate(slice.count() * Short.BYTES);
    content.asShortBuffer().put(slice.data(Short.BYTES).asShortBuffer());
    slice.nulls().stream().forEach(i -> content.putShort(i * Short.BYTES, (short) 0));
    return slice.values(TType.I16, content.array(), content.capacity());
  }

  private static RawValues ints(Slice slice) {
    ByteBuffer content = ByteBuffer.allocate(slice.count() * Integer.BYTES);
    content.asIntBuffer().put(slice.data(Integer.BYTES).asIntBuffer());
    slice.nulls().stream().forEach(i -> content.putInt(i * Integer.BYTES, 0));
    return slice.values(TType.I32, content.array(), content.capacity());
  }

  private static RawValues longs(Slice slice, byte type) {
    ByteBuffer content = ByteBuffer.allocate(slice.count() * Long.BYTES);
    content.asLongBuffer().put(slice.data(Long.BYTES).asLongBuffer());
    slice.nulls().stream().forEach(i -> content.putLong(i * Long.BYTES, 0));
    return slice.values(type, content.array(), content.capacity());
  }

  private static RawValues floats(Slice slice) {
    Float4Vector vector = (Float4Vector) slice.vector();
    ByteBuffer content = ByteBuffer.allocate(slice.count() * Double.BYTES);
    for (int i = 0; i < slice.count(); i++) {
      content.putDouble(slice.nulls().get(i) ? 0 : Floats.widen(vector.get(slice.from() + i)));
    }
    return slice.values(TType.DOUBLE, content.array(), content.capacity());
  }

  private static RawValues texts(Slice slice) {
    BaseVariableWidthVector vector = (BaseVariableWidthVector) slice.vector();
    ArrowBuf data = vector.getDataBuffer();
    int end = vector.getEndOffset(slice.from() + slice.count() - 1);
    int bytes = end - vector.getStartOffset(slice.from());
    ByteBuffer content = ByteBuffer.allocate(slice.count() * Integer.BYTES + bytes);
    for (int i = 0; i < slice.count(); i++) {
      if (slice.nulls().get(i)) {
        content.putInt(0);
      } else {
        int start = vector.getStartOffset(slice.from() + i);
        int length = vector.getEndOffset(slice.from() + i) - start;
        content.putInt(length);
        data.getBytes(start, content.array(), content.position(), length);
        content.position(content.position() + length);
      }
    }
    return slice.values(TType.STRING, content.array(), content.position());
  }

  private static RawValues voids(Slice slice) {
    byte[] content = new byte[slice.count() * Integer.BYTES];
    return slice.values(TType.STRING, content, content.length);
  }

  private static BitSet missing(FieldVector vector, int from, int count) {
    BitSet nulls = new BitSet(count);
    if (vector.getNullCount() > 0) {
      for (int i = 0; i < count; i++) {
        if (vector.isNull(from + i)) {
          nulls.set(i);
        }
      }
    }
    return nulls;
  }
}
