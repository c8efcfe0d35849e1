// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.engine.CellReader;
import io.kitsune.engine.ResultCursor;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/**
 * Arrow batches, encoded. A fetch never waits for a second batch: it answers with what is left of
 * the one at hand, so that rows reach the client as soon as the engine has them.
 */
final class EncodedBatches implements EncodedResult {
  private final ResultCursor.Batches cursor;
  private final Encoding encoding;
  private final TTableSchema schema;
  private final ValueEncoder end;
  private final BatchEncoder encoder;
  private final ForwardOnly reader = new ForwardOnly();
  private Optional<VectorSchemaRoot> batch = Optional.empty();
  private List<CellReader> cells = List.of();
  private int row;

  EncodedBatches(ResultCursor.Batches cursor, Encoding encoding) {
    this.cursor = cursor;
    if (cursor instanceof RelayedBatches relayed) {
      this.encoding = relayed.settled(encoding);
      this.schema = TableSchemas.of(relayed.described(), this.encoding);
    } else {
      this.encoding = encoding.of(cursor.columns());
      this.schema = TableSchemas.of(cursor.columns(), this.encoding);
    }
    this.end = ValueEncoder.of(cursor.columns(), this.encoding);
    this.encoder = BatchEncoder.of(cursor.columns(), this.encoding);
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
    if (batch.isEmpty() || row == batch.get().getRowCount()) {
      batch = cursor.next();
      row = 0;
      cells = batch.map(root -> CellReader.of(root, cursor.columns())).orElse(List.of());
    }
    if (batch.isEmpty()) {
      return new EncodedRowSet(end.encode(reader.position(), List.of()), 0);
    }
    VectorSchemaRoot root = batch.get();
    int limit = (int) Math.max(1, Math.min(maxRows, root.getRowCount() - row));
    int count = RowBytes.rowsWithin(root, row, limit, encoding.maxBytes());
    TRowSet rowSet = encoder.encode(reader.position(), root, cells, row, count);
    row += count;
    reader.advance(count);
    return new EncodedRowSet(rowSet, count);
  }
}
