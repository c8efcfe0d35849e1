// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.engine.ResultCursor;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.thrift.encoding.RelayedColumn.Shown;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DurationVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntervalYearVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/**
 * A relayed result over Arrow whose batches are read here, for the client's driver would show some
 * of its columns otherwise than over rows: the same statement must not look different for the
 * engine that it ran on.
 */
public final class RelayedBatches implements ResultCursor.Batches {
  /** As many as the engine puts into a batch. */
  private static final long ROWS = 10_000;

  private static final byte[] NULL = "null".getBytes(StandardCharsets.UTF_8);

  private final ResultCursor.Relayed relayed;
  private final List<RelayedColumn> relayedColumns;
  private final List<Column> columns;
  private final Deque<ByteBuffer> pending = new ArrayDeque<>();
  private final BufferAllocator allocator = new RootAllocator();
  private final VectorSchemaRoot sent;
  private OwnedVectors texts = new OwnedVectors();

  private RelayedBatches(ResultCursor.Relayed relayed, List<RelayedColumn> columns) {
    this.relayed = relayed;
    this.relayedColumns = columns;
    this.columns = columns.stream().map(RelayedColumn::column).toList();
    this.sent =
        VectorSchemaRoot.create(
            new Schema(columns.stream().map(RelayedColumn::vector).toList()), allocator);
  }

  /**
   * The cursor itself if its rows can go on undecoded, or one of its rows' values. Whoever closes
   * it closes the relayed one.
   */
  public static ResultCursor orUndecoded(ResultCursor.Relayed relayed) {
    if (!ResultHints.arrow(relayed.hints())) {
      return relayed;
    }
    List<Optional<RelayedColumn>> columns =
        relayed.schema().getColumns().stream().map(RelayedColumn::of).toList();
    // With a type that is not known, the driver fails by itself.
    boolean undecoded =
        columns.stream().anyMatch(Optional::isEmpty)
            || columns.stream().allMatch(column -> column.get().shown() == Shown.ALIKE);
    return undecoded
        ? relayed
        : new RelayedBatches(relayed, columns.stream().map(Optional::get).toList());
  }

  /** What a client gets: rows if there are intervals, which are texts in rows alone. */
  Encoding settled(Encoding asked) {
    boolean intervals =
        sent.getFieldVectors().stream()
            .anyMatch(
                vector -> vector instanceof DurationVector || vector instanceof IntervalYearVector);
    return intervals ? asked.in(ResultFormat.THRIFT) : asked.of(columns);
  }

  /** The columns as the engine describes them. */
  TTableSchema described() {
    return relayed.schema();
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public Optional<VectorSchemaRoot> next() {
    texts.close();
    texts = new OwnedVectors();
    while (true) {
      if (pending.isEmpty()) {
        TRowSet rowSet = relayed.fetch(TFetchOrientation.FETCH_NEXT, ROWS);
        if (rowSet.getColumnsSize() == 0) {
          sent.clear();
          return Optional.empty();
        }
        pending.addAll(rowSet.getColumns().get(0).getBinaryVal().getValues());
        continue;
      }
      load(pending.removeFirst());
      if (sent.getRowCount() > 0) {
        return Optional.of(readable());
      }
    }
  }

  private void load(ByteBuffer message) {
    byte[] bytes = new byte[message.remaining()];
    message.duplicate().get(bytes);
    try (ArrowRecordBatch batch =
        MessageSerializer.deserializeRecordBatch(
            new ReadChannel(Channels.newChannel(new ByteArrayInputStream(bytes))), allocator)) {
      new VectorLoader(sent).load(batch);
    } catch (IOException | RuntimeException e) {
      throw new KitsuneException(
          "ENGINE_PROTOCOL_ERROR",
          "08P01",
          "A batch that the engine announced as Arrow cannot be read: %s. SET %s=thrift and run the statement again."
              .formatted(e.getMessage(), ResultFormat.KEY),
          e);
    }
  }

  /** With intervals as texts, and NULL for what is the text of one. */
  private VectorSchemaRoot readable() {
    List<FieldVector> vectors = new ArrayList<>();
    for (int i = 0; i < relayedColumns.size(); i++) {
      FieldVector vector = sent.getVector(i);
      if (relayedColumns.get(i).shown() == Shown.NULL_AS_TEXT) {
        vectors.add(nested((VarCharVector) vector));
      } else if (vector instanceof DurationVector durations) {
        vectors.add(
            texts(
                vector,
                row -> IntervalText.dayTime(DurationVector.get(durations.getDataBuffer(), row))));
      } else if (vector instanceof IntervalYearVector months) {
        vectors.add(texts(vector, row -> IntervalText.yearMonth(months.get(row))));
      } else {
        vectors.add(vector);
      }
    }
    return new VectorSchemaRoot(
        vectors.stream().map(FieldVector::getField).toList(), vectors, sent.getRowCount());
  }

  private VarCharVector nested(VarCharVector vector) {
    VarCharVector written = texts.add(new VarCharVector(vector.getName(), allocator));
    written.allocateNew();
    for (int row = 0; row < vector.getValueCount(); row++) {
      byte[] text = vector.get(row);
      if (text != null && !Arrays.equals(text, NULL)) {
        written.setSafe(row, text);
      }
    }
    written.setValueCount(vector.getValueCount());
    return written;
  }

  /** The text of a value that is not NULL. */
  @FunctionalInterface
  private interface Text {
    String at(int row);
  }

  private VarCharVector texts(FieldVector vector, Text text) {
    VarCharVector written = texts.add(new VarCharVector(vector.getName(), allocator));
    written.allocateNew();
    for (int row = 0; row < vector.getValueCount(); row++) {
      if (!vector.isNull(row)) {
        written.setSafe(row, text.at(row).getBytes(StandardCharsets.UTF_8));
      }
    }
    written.setValueCount(vector.getValueCount());
    return written;
  }

  /** Idempotent. */
  @Override
  public void close() {
    texts.close();
    sent.close();
    allocator.close();
    relayed.close();
  }
}
