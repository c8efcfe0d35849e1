// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.WriteChannel;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TBinaryColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.junit.jupiter.api.Test;

class ArrowBatchTest {
  @Test
  void theHeaderSaysHowManyRowsThereAre() throws IOException {
    assertThat(ArrowBatch.rows(rowSet(batch(7)))).isEqualTo(7);
    assertThat(ArrowBatch.rows(rowSet(batch(0)))).isZero();
    assertThat(ArrowBatch.rows(new TRowSet(0, List.of()))).isZero();
  }

  @Test
  void whatIsNoBatchIsRefused() {
    assertThatThrownBy(() -> ArrowBatch.rows(rowSet(new byte[] {1, 2})))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("ENGINE_PROTOCOL_ERROR"));
  }

  @Test
  void theHintsAnnounceIt() {
    assertThat(ArrowBatch.announced(List.of("__kyuubi_operation_result_format__=arrow"))).isTrue();
    assertThat(ArrowBatch.announced(List.of("__kyuubi_operation_result_format__=thrift")))
        .isFalse();
    assertThat(ArrowBatch.announced(List.of())).isFalse();
  }

  private static TRowSet rowSet(byte[] batch) {
    TRowSet rowSet = new TRowSet(0, List.of());
    rowSet.setColumns(
        List.of(
            TColumn.binaryVal(
                new TBinaryColumn(
                    List.of(ByteBuffer.wrap(batch)), ByteBuffer.wrap(new byte[] {0})))));
    return rowSet;
  }

  private static byte[] batch(int rows) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BufferAllocator allocator = new RootAllocator();
        BigIntVector ids = new BigIntVector("id", allocator)) {
      ids.allocateNew(Math.max(1, rows));
      for (int i = 0; i < rows; i++) {
        ids.set(i, i);
      }
      ids.setValueCount(rows);
      VectorSchemaRoot root = new VectorSchemaRoot(List.of(ids.getField()), List.of(ids), rows);
      try (ArrowRecordBatch batch = new VectorUnloader(root).getRecordBatch()) {
        MessageSerializer.serialize(new WriteChannel(Channels.newChannel(bytes)), batch);
      }
    }
    return bytes.toByteArray();
  }
}
