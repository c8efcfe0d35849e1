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
 * What an engine's vectors hold beside their values: in the place of a NULL a value that a CASE
 * kept from the client, perhaps, or memory of another query; behind the last row, bits of the next
 * ones. No reader looks at it, and it does not leave the gateway.
 */
final class HiddenValues {
  private final byte[] message;
  private final int rows;

  private HiddenValues(byte[] message, int rows) {
    this.message = message;
    this.rows = rows;
  }

  /**
   * Overwrites it with zeros.
   *
   * @param message the serialized batch
   * @param body where its buffers begin
   * @param vectors what it was made of; a NULL among texts has no length
   */
  static void clear(byte[] message, int body, ArrowRecordBatch batch, List<FieldVector> vectors) {
    HiddenValues hidden = new HiddenValues(message, batch.getLength());
    List<ArrowBuffer> buffers = batch.getBuffersLayout();
    int next = 0;
    for (FieldVector vector : vectors) {
      if (vector instanceof NullVector) {
        continue;
      }
      int validity = Math.toIntExact(body + buffers.get(next).getOffset());
      int values = Math.toIntExact(body + buffers.get(next + 1).getOffset());
      hidden.endBits(validity);
      if (vector instanceof BitVector bits) {
        hidden.endBits(values);
        hidden.clear(values, bits);
      } else if (vector instanceof BaseFixedWidthVector numbers) {
        hidden.clear(values, numbers);
      }
      // Validity and values, and of texts their offsets between.
      next += vector instanceof BaseVariableWidthVector ? 3 : 2;
    }
  }

  private void endBits(int bits) {
    if (rows % Byte.SIZE != 0) {
      message[bits + rows / Byte.SIZE] &= (byte) ((1 << rows % Byte.SIZE) - 1);
    }
  }

  private void clear(int values, BitVector vector) {
    if (vector.getNullCount() > 0) {
      for (int row = 0; row < rows; row++) {
        if (vector.isNull(row)) {
          message[values + row / Byte.SIZE] &= (byte) ~(1 << row % Byte.SIZE);
        }
      }
    }
  }

  private void clear(int values, BaseFixedWidthVector vector) {
    if (vector.getNullCount() > 0) {
      int width = vector.getTypeWidth();
      for (int row = 0; row < rows; row++) {
        if (vector.isNull(row)) {
          Arrays.fill(message, values + row * width, values + (row + 1) * width, (byte) 0);
        }
      }
    }
  }
}
