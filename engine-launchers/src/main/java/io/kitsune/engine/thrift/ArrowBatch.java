// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import io.kitsune.error.KitsuneException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/**
 * A row set of Kyuubi's in the format Arrow: one binary value, which is a record batch in Arrow's
 * IPC format without a schema before it.
 */
final class ArrowBatch {
  /** How Kyuubi announces it. */
  private static final String HINT = "__kyuubi_operation_result_format__=arrow";

  /** Before the length of a message's metadata, since Arrow 0.15. */
  private static final int CONTINUATION = -1;

  private ArrowBatch() {}

  /** Whether those hints of a result announce it. */
  static boolean announced(List<String> hints) {
    return hints.stream().anyMatch(hint -> hint.toLowerCase(Locale.ROOT).equals(HINT));
  }

  /**
   * How many rows are in it, which its header says; 0 for the end.
   *
   * @throws KitsuneException {@code ENGINE_PROTOCOL_ERROR} if it is not what was announced
   */
  static int rows(TRowSet rowSet) {
    if (!rowSet.isSetColumns() || rowSet.getColumnsSize() == 0) {
      return 0;
    }
    try {
      long rows = 0;
      for (ByteBuffer batch : rowSet.getColumns().get(0).getBinaryVal().getValues()) {
        rows += rows(batch);
      }
      return Math.toIntExact(rows);
    } catch (BufferUnderflowException | IndexOutOfBoundsException | ArithmeticException e) {
      throw broken(e.toString(), e);
    }
  }

  private static long rows(ByteBuffer batch) {
    ByteBuffer bytes = batch.slice().order(ByteOrder.LITTLE_ENDIAN);
    if (!bytes.hasRemaining()) {
      return 0;
    }
    int length = bytes.getInt();
    if (length == CONTINUATION) {
      length = bytes.getInt();
    }
    if (length == 0) {
      return 0;
    }
    Message message =
        Message.getRootAsMessage(
            bytes.slice(bytes.position(), length).order(ByteOrder.LITTLE_ENDIAN));
    if (message.headerType() != MessageHeader.RecordBatch) {
      throw broken("it has a message of type " + message.headerType(), new IllegalStateException());
    }
    return ((RecordBatch) message.header(new RecordBatch())).length();
  }

  private static KitsuneException broken(String why, Exception cause) {
    return new KitsuneException(
        "ENGINE_PROTOCOL_ERROR",
        "08P01",
        "A row set that was announced as Arrow has no record batch that can be read: " + why,
        cause);
  }
}
