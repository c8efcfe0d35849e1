// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.engine.CellText;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/** Encodes rows of Java values in the form the client speaks. */
@FunctionalInterface
interface ValueEncoder {
  /**
   * A row set of these rows; with none it has the client's form of an empty one.
   *
   * @param offset how many rows of the result came before
   */
  TRowSet encode(long offset, List<List<Object>> rows);

  /** For a result whose format is settled ({@link Encoding#of(List)}). */
  static ValueEncoder of(List<Column> columns, Encoding encoding) {
    if (encoding.arrow()) {
      return new ArrowValues(columns, encoding);
    }
    CellText text = new CellText(encoding.zone());
    return encoding.columnar()
        ? new ValueColumns(columns, text)::encode
        : new ValueRows(columns, text)::encode;
  }
}
