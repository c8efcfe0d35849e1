// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.engine.ResultCursor;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/**
 * A result in the client's protocol: its schema, and row sets until one has no rows. Not
 * thread-safe: one reader at a time. It reads its cursor and does not own it: whoever closes the
 * execution closes the cursor.
 */
public sealed interface EncodedResult permits EncodedBatches, EncodedRows, RelayedResult {
  /** The columns as the client is told of them. */
  TTableSchema schema();

  /** What the client is told of the format, beside the columns ({@link ResultHints}). */
  List<String> hints();

  /**
   * The next rows, already encoded: sending them cannot fail for a reason that lies in the data.
   * Answer {@code hasMoreRows=false} with each, as Kyuubi does: a row set without rows is the end,
   * and comes again however often one asks.
   *
   * @param maxRows at least 1; fewer rows may come, at least one before the end
   * @throws io.kitsune.error.KitsuneException if the engine fails midway, or with {@code
   *     RESULT_NOT_SCROLLABLE} if the client wants to go back in a result that is read once
   */
  EncodedRowSet fetch(TFetchOrientation orientation, long maxRows);

  /**
   * Encodes what the cursor yields, as Arrow where that is asked for and fits; what is relayed
   * passes through undecoded, in its engine's format.
   */
  static EncodedResult of(ResultCursor cursor, Encoding encoding) {
    if (cursor instanceof ResultCursor.Batches batches) {
      return new EncodedBatches(batches, encoding);
    } else if (cursor instanceof ResultCursor.Rows rows) {
      return new EncodedRows(rows, encoding);
    } else if (cursor instanceof ResultCursor.Relayed relayed) {
      return new RelayedResult(relayed);
    }
    throw new IllegalArgumentException("an unknown kind of cursor: " + cursor.getClass());
  }
}
