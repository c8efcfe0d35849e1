// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CellReader;
import io.kitsune.engine.CellText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.util.TransferPair;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/**
 * An engine's vectors as Arrow for the client: most pass as they are. The types of a batch's
 * vectors were checked when the batch came ({@link CellReader#of}), and that the driver reads them
 * when the format was chosen ({@link ArrowFit}).
 */
final class ArrowVectors implements BatchEncoder {
  private final List<Column> columns;
  private final CellText text;
  private final WallClock clock;

  ArrowVectors(List<Column> columns, Encoding encoding) {
    this.columns = columns;
    this.text = new CellText(encoding.zone());
    this.clock = new WallClock(encoding.zone());
  }

  @Override
  public TRowSet encode(
      long offset, VectorSchemaRoot batch, List<CellReader> cells, int from, int count) {
    try (OwnedVectors vectors = new OwnedVectors()) {
      for (int i = 0; i < columns.size(); i++) {
        column(batch.getVector(i), columns.get(i).type(), cells.get(i), from, count, vectors);
      }
      return ArrowRowSets.of(offset, vectors.all(), count);
    }
  }

  private void column(
      FieldVector vector,
      DataType type,
      CellReader cells,
      int from,
      int count,
      OwnedVectors vectors) {
    if (type instanceof Simple simple) {
      switch (simple) {
        case VOID -> vectors.add(new NullVector(vector.getName(), count));
        case TIMESTAMP -> timestamps(vector, from, count, vectors);
        case TIMESTAMP_NTZ -> {
          check(vector, from, count);
          slice(vector, from, count, vectors);
        }
        default -> slice(vector, from, count, vectors);
      }
    } else if (type instanceof DataType.Decimal) {
      slice(vector, from, count, vectors);
    } else {
      texts(vector, type, cells, from, count, vectors);
    }
  }

  /** Shares the vector's memory where Arrow can: all but bits that are not at a byte's border. */
  private static void slice(FieldVector vector, int from, int count, OwnedVectors vectors) {
    TransferPair pair = vector.getTransferPair(vector.getAllocator());
    FieldVector part = vectors.add((FieldVector) pair.getTo());
    if (vector instanceof BaseVariableWidthVector texts && hides(texts, from, count)) {
      copy(texts, from, count, (BaseVariableWidthVector) part);
    } else {
      pair.splitAndTransfer(from, count);
    }
  }

  /** Whether a NULL has a length, as no engine's has that is known; it would tell of its value. */
  private static boolean hides(BaseVariableWidthVector texts, int from, int count) {
    if (texts.getNullCount() == 0) {
      return false;
    }
    for (int i = from; i < from + count; i++) {
      if (texts.isNull(i) && texts.getEndOffset(i) > texts.getStartOffset(i)) {
        return true;
      }
    }
    return false;
  }

  private static void copy(
      BaseVariableWidthVector texts, int from, int count, BaseVariableWidthVector part) {
    part.allocateNew(count);
    for (int i = 0; i < count; i++) {
      if (!texts.isNull(from + i)) {
        part.copyFromSafe(from + i, i, texts);
      }
    }
    part.setValueCount(count);
  }

  private void timestamps(FieldVector vector, int from, int count, OwnedVectors vectors) {
    if (clock.utc()) {
      check(vector, from, count);
      slice(vector, from, count, vectors);
      return;
    }
    TimeStampMicroVector shown =
        vectors.add(new TimeStampMicroVector(vector.getName(), vector.getAllocator()));
    shown.allocateNew(count);
    ArrowBuf instants = vector.getDataBuffer();
    for (int i = 0; i < count; i++) {
      if (!vector.isNull(from + i)) {
        shown.set(i, clock.at(instants.getLong((long) (from + i) * Long.BYTES)));
      }
    }
    shown.setValueCount(count);
  }

  private static void check(FieldVector vector, int from, int count) {
    ArrowBuf micros = vector.getDataBuffer();
    for (int i = from; i < from + count; i++) {
      if (!vector.isNull(i)) {
        WallClock.check(micros.getLong((long) i * Long.BYTES));
      }
    }
  }

  private void texts(
      FieldVector vector,
      DataType type,
      CellReader cells,
      int from,
      int count,
      OwnedVectors vectors) {
    VarCharVector texts = vectors.add(new VarCharVector(vector.getName(), vector.getAllocator()));
    texts.allocateNew(count);
    for (int i = 0; i < count; i++) {
      Object value = cells.read(from + i);
      if (value != null) {
        texts.setSafe(i, text.of(value, type).getBytes(StandardCharsets.UTF_8));
      }
    }
    texts.setValueCount(count);
  }
}
