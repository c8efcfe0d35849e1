// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowBlock;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.IpcOption;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TBinaryColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/**
 * Row sets as Kyuubi's driver wants them over Arrow: one binary column with one value, which is a
 * record batch of Arrow's IPC format without a schema and then the end of the stream; at the end no
 * columns. So Kyuubi's Spark engine (1.12) sends them.
 */
final class ArrowRowSets {
  /** What a batch's metadata may need: a fixed part, and for each column a node and its buffers. */
  private static final int METADATA = 512;

  private static final int METADATA_A_COLUMN = 64;

  private ArrowRowSets() {}

  /** The end of a result, after so many rows. */
  static TRowSet end(long offset) {
    return new TRowSet(offset, new ArrayList<>());
  }

  /**
   * These rows, copied once.
   *
   * @param offset how many rows of the result came before
   * @param vectors one for each column, of {@code rows} values each; stay the caller's
   */
  static TRowSet of(long offset, List<FieldVector> vectors, int rows) {
    // Not closed: that would close the vectors.
    VectorSchemaRoot root =
        new VectorSchemaRoot(vectors.stream().map(FieldVector::getField).toList(), vectors, rows);
    try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch()) {
      return rowSet(offset, bytes(batch, vectors));
    } catch (IOException e) {
      throw new UncheckedIOException("a record batch cannot be written to memory", e);
    }
  }

  private static ByteBuffer bytes(ArrowRecordBatch batch, List<FieldVector> vectors)
      throws IOException {
    long size = METADATA + (long) METADATA_A_COLUMN * vectors.size() + batch.computeBodyLength();
    MemoryChannel memory = new MemoryChannel(Math.toIntExact(size));
    WriteChannel out = new WriteChannel(memory);
    ArrowBlock block = MessageSerializer.serialize(out, batch);
    HiddenValues.clear(memory.bytes(), block.getMetadataLength(), batch, vectors);
    ArrowStreamWriter.writeEndOfStream(out, IpcOption.DEFAULT);
    return ByteBuffer.wrap(memory.bytes(), 0, memory.length());
  }

  private static TRowSet rowSet(long offset, ByteBuffer batch) {
    TRowSet rowSet = new TRowSet(offset, new ArrayList<>());
    rowSet.addToColumns(
        TColumn.binaryVal(new TBinaryColumn(List.of(batch), ByteBuffer.wrap(new byte[1]))));
    return rowSet;
  }
}
