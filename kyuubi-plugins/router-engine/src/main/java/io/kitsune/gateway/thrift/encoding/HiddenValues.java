// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import java.util.Arrays;
import java.util.List;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.NullVector;
import org.apache.arrow.vector.ipc.message.ArrowBuffer;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;

/**
 * What an engine leaves in the place of a NULL: a value that a CASE kept from the client, perhaps,
 * or memory of another query. No reader looks at it, and it does not leave the gateway.
 */
final class HiddenValues {
  private HiddenValues() {}

  /**
   * Overwrites it with zeros.
   *
   * @param message the serialized batch
   * @param body where its buffers begin
   */
  static void clear(byte[] message, int body, ArrowRecordBatch batch, List<FieldVector> vectors) {
    List<ArrowBuffer> buffers = batch.getBuffersLayout();
    int next = 0;
    for (FieldVector vector : vectors) {
      if (vector instanceof NullVector) {
        continue;
      }
      boolean texts = vector instanceof BaseVariableWidthVector;
      next += texts ? 3 : 2;
      if (vector.getNullCount() > 0) {
        // The values are the last of a vector's buffers.
        int values = Math.toIntExact(body + buffers.get(next - 1).getOffset());
        clear(message, values, vector);
      }
    }
  }

  private static void clear(byte[] message, int values, FieldVector vector) {
    for (int row = 0; row < vector.getValueCount(); row++) {
      if (!vector.isNull(row)) {
        continue;
      }
      if (vector instanceof BitVector) {
        message[values + row / Byte.SIZE] &= (byte) ~(1 << row % Byte.SIZE);
      } else if (vector instanceof BaseVariableWidthVector texts) {
        int from = values + texts.getStartOffset(row);
        Arrays.fill(message, from, values + texts.getEndOffset(row), (byte) 0);
      } else if (vector instanceof BaseFixedWidthVector numbers) {
        int from = values + row * numbers.getTypeWidth();
        Arrays.fill(message, from, from + numbers.getTypeWidth(), (byte) 0);
      }
    }
  }
}
