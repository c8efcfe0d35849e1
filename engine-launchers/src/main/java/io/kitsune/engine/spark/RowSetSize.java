// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

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
    if (!rowSet.isSetColumns() || rowSet.getColumns().isEmpty()) {
      return ofRows(rowSet);
    }
    long bytes = 0;
    for (TColumn column : rowSet.getColumns()) {
      bytes += bytes(column);
    }
    return new RowSetSize(rows(rowSet.getColumns().get(0)), bytes);
  }

  private static RowSetSize ofRows(TRowSet rowSet) {
    long bytes = 0;
    for (int i = 0; i < rowSet.getRowsSize(); i++) {
      TRow row = rowSet.getRows().get(i);
      for (TColumnValue value : row.getColVals()) {
        boolean text = value.isSetStringVal() && value.getStringVal().isSetValue();
        bytes += text ? STRING_BYTES + value.getStringVal().getValue().length() : VALUE_BYTES;
      }
    }
    return new RowSetSize(rowSet.getRowsSize(), bytes);
  }

  private static long bytes(TColumn column) {
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
      default -> VALUE_BYTES * rows(column);
    };
  }

  private static long rows(TColumn column) {
    return switch (column.getSetField()) {
      case BOOL_VAL -> column.getBoolVal().getValuesSize();
      case BYTE_VAL -> column.getByteVal().getValuesSize();
      case I16_VAL -> column.getI16Val().getValuesSize();
      case I32_VAL -> column.getI32Val().getValuesSize();
      case I64_VAL -> column.getI64Val().getValuesSize();
      case DOUBLE_VAL -> column.getDoubleVal().getValuesSize();
      case STRING_VAL -> column.getStringVal().getValuesSize();
      case BINARY_VAL -> column.getBinaryVal().getValuesSize();
    };
  }
}
