// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/** A columnar row set as lines, values separated by {@code |}. */
final class RowText {
  private RowText() {}

  static List<String> of(TRowSet rowSet) {
    if (!rowSet.isSetColumns()) {
      // What Spark answers for a statement without a result.
      return List.of();
    }
    List<List<String>> columns = rowSet.getColumns().stream().map(RowText::texts).toList();
    List<String> rows = new ArrayList<>();
    for (int row = 0; !columns.isEmpty() && row < columns.get(0).size(); row++) {
      List<String> values = new ArrayList<>();
      for (List<String> column : columns) {
        values.add(column.get(row));
      }
      rows.add(String.join("|", values));
    }
    return rows;
  }

  private static List<String> texts(TColumn column) {
    return switch (column.getSetField()) {
      case BOOL_VAL -> texts(column.getBoolVal().getValues(), column.getBoolVal().getNulls());
      case BYTE_VAL -> texts(column.getByteVal().getValues(), column.getByteVal().getNulls());
      case I16_VAL -> texts(column.getI16Val().getValues(), column.getI16Val().getNulls());
      case I32_VAL -> texts(column.getI32Val().getValues(), column.getI32Val().getNulls());
      case I64_VAL -> texts(column.getI64Val().getValues(), column.getI64Val().getNulls());
      case DOUBLE_VAL -> texts(column.getDoubleVal().getValues(), column.getDoubleVal().getNulls());
      case STRING_VAL -> texts(column.getStringVal().getValues(), column.getStringVal().getNulls());
      case BINARY_VAL -> texts(column.getBinaryVal().getValues(), column.getBinaryVal().getNulls());
    };
  }

  private static List<String> texts(List<?> values, byte[] nulls) {
    BitSet absent = BitSet.valueOf(nulls);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      texts.add(absent.get(i) ? "null" : values.get(i).toString());
    }
    return texts;
  }
}
