// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/** What can be learnt of encoded rows without decoding them. */
public final class RowSets {
  private RowSets() {}

  /** How many rows there are, in columns or in rows; 0 where there are not even columns. */
  public static int count(TRowSet rowSet) {
    if (rowSet.isSetColumns() && rowSet.getColumnsSize() > 0) {
      return count(rowSet.getColumns().get(0));
    }
    return rowSet.isSetRows() ? rowSet.getRowsSize() : 0;
  }

  private static int count(TColumn column) {
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
