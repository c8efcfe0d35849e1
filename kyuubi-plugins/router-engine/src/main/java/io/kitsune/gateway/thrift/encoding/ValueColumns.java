// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.engine.CellText;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
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

/**
 * Rows of Java values as columns, for clients from V6 on. A bit of {@code nulls} is set where a
 * value is NULL; what stands in its place has no meaning, and is what Spark puts there.
 */
final class ValueColumns {
  private final List<Column> columns;
  private final CellText text;

  ValueColumns(List<Column> columns, CellText text) {
    this.columns = columns;
    this.text = text;
  }

  TRowSet encode(long offset, List<List<Object>> rows) {
    TRowSet rowSet = new TRowSet(offset, new ArrayList<>());
    rowSet.setColumns(new ArrayList<>(columns.size()));
    for (int i = 0; i < columns.size(); i++) {
      int ordinal = i;
      List<Object> values = new ArrayList<>(rows.size());
      rows.forEach(row -> values.add(row.get(ordinal)));
      rowSet.addToColumns(column(values, columns.get(i).type()));
    }
    return rowSet;
  }

  private TColumn column(List<Object> values, DataType type) {
    ByteBuffer nulls = nulls(values);
    if (type instanceof DataType.Simple simple) {
      switch (simple) {
        case BOOLEAN:
          return TColumn.boolVal(
              new TBoolColumn(map(values, true, value -> (Boolean) value), nulls));
        case TINYINT:
          return TColumn.byteVal(
              new TByteColumn(map(values, (byte) 0, value -> (Byte) value), nulls));
        case SMALLINT:
          return TColumn.i16Val(
              new TI16Column(map(values, (short) 0, value -> (Short) value), nulls));
        case INT:
          return TColumn.i32Val(new TI32Column(map(values, 0, value -> (Integer) value), nulls));
        case BIGINT:
          return TColumn.i64Val(new TI64Column(map(values, 0L, value -> (Long) value), nulls));
        case FLOAT:
          return TColumn.doubleVal(
              new TDoubleColumn(map(values, 0.0, value -> Floats.widen((Float) value)), nulls));
        case DOUBLE:
          return TColumn.doubleVal(
              new TDoubleColumn(map(values, 0.0, value -> (Double) value), nulls));
        case BINARY:
          return TColumn.binaryVal(
              new TBinaryColumn(
                  map(values, ByteBuffer.allocate(0), value -> ByteBuffer.wrap((byte[]) value)),
                  nulls));
        default:
          break;
      }
    }
    return TColumn.stringVal(
        new TStringColumn(map(values, "", value -> text.of(value, type)), nulls));
  }

  private static <T> List<T> map(
      List<Object> values, T placeholder, Function<Object, T> conversion) {
    List<T> converted = new ArrayList<>(values.size());
    for (Object value : values) {
      converted.add(value == null ? placeholder : conversion.apply(value));
    }
    return converted;
  }

  private static ByteBuffer nulls(List<Object> values) {
    BitSet nulls = new BitSet(values.size());
    for (int i = 0; i < values.size(); i++) {
      nulls.set(i, values.get(i) == null);
    }
    return ByteBuffer.wrap(nulls.toByteArray());
  }
}
