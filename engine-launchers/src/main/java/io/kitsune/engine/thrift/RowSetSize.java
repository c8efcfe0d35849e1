// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import io.kitsune.engine.RowSets;
import java.nio.ByteBuffer;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumnValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRow;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/**
 * How large a row set is.
 *
 * @param rows 0 also for a statement without a result, whose row set has not even columns
 * @param bytes about, on the heap
 */
record RowSetSize(long rows, long bytes) {
  private static final int VALUE_BYTES = 16;
  private static final int STRING_BYTES = 48;

  static RowSetSize of(TRowSet rowSet) {
    int rows = RowSets.count(rowSet);
    if (!rowSet.isSetColumns() || rowSet.getColumns().isEmpty()) {
      return new RowSetSize(rows, bytesOfRows(rowSet));
    }
    long bytes = 0;
    for (TColumn column : rowSet.getColumns()) {
      bytes += bytes(column, rows);
    }
    return new RowSetSize(rows, bytes);
  }

  private static long bytesOfRows(TRowSet rowSet) {
    long bytes = 0;
    for (int i = 0; i < rowSet.getRowsSize(); i++) {
      TRow row = rowSet.getRows().get(i);
      for (TColumnValue value : row.getColVals()) {
        boolean text = value.isSetStringVal() && value.getStringVal().isSetValue();
        bytes += text ? STRING_BYTES + value.getStringVal().getValue().length() : VALUE_BYTES;
      }
    }
    return bytes;
  }

  private static long bytes(TColumn column, int rows) {
    return switch (column.getSetField()) {
      case STRING_VAL -> {
        long bytes = 0;
        for (String value : column.getStringVal().getValues()) {
          bytes += STRING_BYTES + value.length();
        }
        yield bytes;
      }
      case BINARY_VAL -> {
        long bytes = 0;
        for (ByteBuffer value : column.getBinaryVal().getValues()) {
          bytes += STRING_BYTES + value.remaining();
        }
        yield bytes;
      }
      default -> (long) VALUE_BYTES * rows;
    };
  }
}
