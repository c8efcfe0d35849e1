// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.engine.ResultCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/** Rows of Java values, encoded. */
final class EncodedRows implements EncodedResult {
  /** Read at a time; a result of this kind is small. */
  private static final int READ_AHEAD = 1_000;

  private final ResultCursor.Rows cursor;
  private final Encoding encoding;
  private final TTableSchema schema;
  private final ValueEncoder encoder;
  private final ForwardOnly reader = new ForwardOnly();
  private final Deque<List<Object>> pending = new ArrayDeque<>();

  EncodedRows(ResultCursor.Rows cursor, Encoding encoding) {
    this.cursor = cursor;
    this.encoding = encoding.of(cursor.columns());
    this.schema = TableSchemas.of(cursor.columns(), this.encoding);
    this.encoder = ValueEncoder.of(cursor.columns(), this.encoding);
  }

  @Override
  public TTableSchema schema() {
    return schema;
  }

  @Override
  public List<String> hints() {
    return encoding.hints();
  }

  @Override
  public EncodedRowSet fetch(TFetchOrientation orientation, long maxRows) {
    reader.check(orientation);
    if (pending.isEmpty()) {
      pending.addAll(cursor.next((int) Math.max(1, Math.min(maxRows, READ_AHEAD))));
    }
    List<List<Object>> rows = new ArrayList<>();
    long bytes = 0;
    while (!pending.isEmpty() && rows.size() < Math.max(1, maxRows)) {
      bytes += bytes(pending.peek());
      if (bytes > encoding.maxBytes() && !rows.isEmpty()) {
        break;
      }
      rows.add(pending.poll());
    }
    EncodedRowSet rowSet = new EncodedRowSet(encoder.encode(reader.position(), rows), rows.size());
    reader.advance(rows.size());
    return rowSet;
  }

  /** About the bytes of a value on the wire. */
  private static long bytes(Object value) {
    if (value instanceof String text) {
      return 4L + text.length();
    } else if (value instanceof byte[] binary) {
      return 4L + binary.length;
    } else if (value instanceof Collection<?> values) {
      return 8L + values.stream().mapToLong(EncodedRows::bytes).sum();
    } else if (value instanceof Map<?, ?> map) {
      return bytes(map.keySet()) + bytes(map.values());
    }
    return 8;
  }
}
