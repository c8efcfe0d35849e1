// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TBinaryColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TBoolColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TByteColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TDoubleColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI16Column;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI32Column;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI64Column;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStringColumn;

/** What can be done with encoded rows without decoding them. */
public final class RowSets {
  private RowSets() {}

  /** How many rows there are, in columns or in rows; 0 where there are not even columns. */
  public static int count(TRowSet rowSet) {
    if (rowSet.isSetColumns() && rowSet.getColumnsSize() > 0) {
      return count(rowSet.getColumns().get(0));
    }
    return rowSet.isSetRows() ? rowSet.getRowsSize() : 0;
  }

  /**
   * Some of the rows, in a row set of the same kind.
   *
   * @param from of the first, counted from 0
   * @param to behind the last; not beyond the end
   */
  public static TRowSet between(TRowSet rowSet, int from, int to) {
    TRowSet part = new TRowSet(rowSet.getStartRowOffset() + from, List.of());
    if (rowSet.isSetColumns()) {
      List<TColumn> columns = new ArrayList<>(rowSet.getColumnsSize());
      rowSet.getColumns().forEach(column -> columns.add(between(column, from, to)));
      part.setColumns(columns);
    } else {
      part.setRows(rowSet.getRows().subList(from, to));
    }
    return part;
  }

  private static TColumn between(TColumn column, int from, int to) {
    return switch (column.getSetField()) {
      case BOOL_VAL -> {
        TBoolColumn all = column.getBoolVal();
        yield TColumn.boolVal(
            new TBoolColumn(all.getValues().subList(from, to), nulls(all.getNulls(), from, to)));
      }
      case BYTE_VAL -> {
        TByteColumn all = column.getByteVal();
        yield TColumn.byteVal(
            new TByteColumn(all.getValues().subList(from, to), nulls(all.getNulls(), from, to)));
      }
      case I16_VAL -> {
        TI16Column all = column.getI16Val();
        yield TColumn.i16Val(
            new TI16Column(all.getValues().subList(from, to), nulls(all.getNulls(), from, to)));
      }
      case I32_VAL -> {
        TI32Column all = column.getI32Val();
        yield TColumn.i32Val(
            new TI32Column(all.getValues().subList(from, to), nulls(all.getNulls(), from, to)));
      }
      case I64_VAL -> {
        TI64Column all = column.getI64Val();
        yield TColumn.i64Val(
            new TI64Column(all.getValues().subList(from, to), nulls(all.getNulls(), from, to)));
      }
      case DOUBLE_VAL -> {
        TDoubleColumn all = column.getDoubleVal();
        yield TColumn.doubleVal(
            new TDoubleColumn(all.getValues().subList(from, to), nulls(all.getNulls(), from, to)));
      }
      case STRING_VAL -> {
        TStringColumn all = column.getStringVal();
        yield TColumn.stringVal(
            new TStringColumn(all.getValues().subList(from, to), nulls(all.getNulls(), from, to)));
      }
      case BINARY_VAL -> {
        TBinaryColumn all = column.getBinaryVal();
        yield TColumn.binaryVal(
            new TBinaryColumn(all.getValues().subList(from, to), nulls(all.getNulls(), from, to)));
      }
    };
  }

  /** A bit for each row, the lowest bit of a byte first; trailing zeros may be left out. */
  private static ByteBuffer nulls(byte[] all, int from, int to) {
    return ByteBuffer.wrap(BitSet.valueOf(all).get(from, to).toByteArray());
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
