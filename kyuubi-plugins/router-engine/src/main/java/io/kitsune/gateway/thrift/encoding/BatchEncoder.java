// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.engine.CellReader;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/** Encodes a part of an Arrow batch in the form the client speaks. */
@FunctionalInterface
interface BatchEncoder {
  /**
   * A row set of these rows.
   *
   * @param offset how many rows of the result came before
   * @param cells readers of the batch's columns
   * @param count at least 1
   */
  TRowSet encode(long offset, VectorSchemaRoot batch, List<CellReader> cells, int from, int count);

  /** For a result whose format is settled ({@link Encoding#of(List)}). */
  static BatchEncoder of(List<Column> columns, Encoding encoding) {
    if (encoding.arrow()) {
      return new ArrowVectors(columns, encoding);
    } else if (encoding.columnar()) {
      return new VectorColumns(columns, encoding);
    }
    ValueEncoder values = ValueEncoder.of(columns, encoding);
    return (offset, batch, cells, from, count) -> values.encode(offset, rows(cells, from, count));
  }

  private static List<List<Object>> rows(List<CellReader> cells, int from, int count) {
    List<List<Object>> rows = new ArrayList<>(count);
    for (int i = from; i < from + count; i++) {
      List<Object> values = new ArrayList<>(cells.size());
      for (CellReader cell : cells) {
        values.add(cell.read(i));
      }
      rows.add(values);
    }
    return rows;
  }
}
