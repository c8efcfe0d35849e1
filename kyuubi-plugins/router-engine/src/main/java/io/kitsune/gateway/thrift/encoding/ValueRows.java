// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.engine.CellText;
import java.util.ArrayList;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TBoolValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TByteValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumnValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TDoubleValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI16Value;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI32Value;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TI64Value;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRow;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStringValue;

/**
 * Rows of Java values as rows, for clients before V6, Kyuubi's REST frontend among them. A NULL is
 * a value of the column's kind that is not set.
 */
final class ValueRows {
  private final List<Column> columns;
  private final CellText text;

  ValueRows(List<Column> columns, CellText text) {
    this.columns = columns;
    this.text = text;
  }

  TRowSet encode(long offset, List<List<Object>> rows) {
    List<TRow> encoded = new ArrayList<>(rows.size());
    for (List<Object> row : rows) {
      List<TColumnValue> values = new ArrayList<>(columns.size());
      for (int i = 0; i < columns.size(); i++) {
        values.add(value(row.get(i), columns.get(i).type()));
      }
      encoded.add(new TRow(values));
    }
    return new TRowSet(offset, encoded);
  }

  private TColumnValue value(Object value, DataType type) {
    if (type instanceof DataType.Simple simple) {
      switch (simple) {
        case BOOLEAN:
          TBoolValue truth = new TBoolValue();
          if (value != null) {
            truth.setValue((Boolean) value);
          }
          return TColumnValue.boolVal(truth);
        case TINYINT:
          TByteValue tiny = new TByteValue();
          if (value != null) {
            tiny.setValue((Byte) value);
          }
          return TColumnValue.byteVal(tiny);
        case SMALLINT:
          TI16Value small = new TI16Value();
          if (value != null) {
            small.setValue((Short) value);
          }
          return TColumnValue.i16Val(small);
        case INT:
          TI32Value integer = new TI32Value();
          if (value != null) {
            integer.setValue((Integer) value);
          }
          return TColumnValue.i32Val(integer);
        case BIGINT:
          TI64Value big = new TI64Value();
          if (value != null) {
            big.setValue((Long) value);
          }
          return TColumnValue.i64Val(big);
        case FLOAT:
          TDoubleValue widened = new TDoubleValue();
          if (value != null) {
            widened.setValue(Floats.widen((Float) value));
          }
          return TColumnValue.doubleVal(widened);
        case DOUBLE:
          TDoubleValue number = new TDoubleValue();
          if (value != null) {
            number.setValue((Double) value);
          }
          return TColumnValue.doubleVal(number);
        default:
          break;
      }
    }
    TStringValue string = new TStringValue();
    if (value != null) {
      string.setValue(text.of(value, type));
    }
    return TColumnValue.stringVal(string);
  }
}
