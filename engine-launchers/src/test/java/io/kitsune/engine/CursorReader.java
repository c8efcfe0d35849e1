// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumnDesc;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTypeId;

/**
 * Reads a result of any kind into values that can be compared between engines: booleans and numbers
 * as they are (FLOAT as {@code Float}, DECIMAL as {@code BigDecimal}), BINARY as {@code
 * ByteBuffer}, all else as the text that Spark shows.
 */
public final class CursorReader {
  private static final int ROWS_A_FETCH = 1_000;

  private final ResultCursor cursor;
  private final CellText text;

  private CursorReader(ResultCursor cursor, ZoneId zone) {
    this.cursor = cursor;
    this.text = new CellText(zone);
  }

  /** A reader that shows timestamps in {@code zone}. */
  public static CursorReader of(ResultCursor cursor, ZoneId zone) {
    return new CursorReader(cursor, zone);
  }

  /** All that is left of it. */
  public List<List<Object>> readAll() {
    List<List<Object>> all = new ArrayList<>();
    for (List<List<Object>> rows = next(); !rows.isEmpty(); rows = next()) {
      all.addAll(rows);
    }
    return all;
  }

  /** The labels of its columns. */
  public List<String> labels() {
    if (cursor instanceof ResultCursor.Relayed relayed) {
      return relayed.schema().getColumns().stream().map(TColumnDesc::getColumnName).toList();
    }
    return columns().stream().map(Column::name).toList();
  }

  /** The next rows, as many as come at once; empty at the end. */
  public List<List<Object>> next() {
    if (cursor instanceof ResultCursor.Batches batches) {
      return batches.next().map(this::rows).orElse(List.of());
    } else if (cursor instanceof ResultCursor.Rows rows) {
      return rows.next(ROWS_A_FETCH).stream().map(this::comparable).toList();
    }
    ResultCursor.Relayed relayed = (ResultCursor.Relayed) cursor;
    return rows(relayed, relayed.fetch(TFetchOrientation.FETCH_NEXT, ROWS_A_FETCH));
  }

  /** How many rows come next, without looking at them; 0 at the end. */
  public int skip() {
    if (cursor instanceof ResultCursor.Batches batches) {
      return Optional.ofNullable(batches.next().orElse(null))
          .map(VectorSchemaRoot::getRowCount)
          .orElse(0);
    }
    return next().size();
  }

  private List<Column> columns() {
    return cursor instanceof ResultCursor.Batches batches
        ? batches.columns()
        : ((ResultCursor.Rows) cursor).columns();
  }

  private List<List<Object>> rows(VectorSchemaRoot batch) {
    List<CellReader> readers = CellReader.of(batch, columns());
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < batch.getRowCount(); row++) {
      List<Object> values = new ArrayList<>();
      for (CellReader reader : readers) {
        values.add(reader.read(row));
      }
      rows.add(comparable(values));
    }
    return rows;
  }

  private List<Object> comparable(List<Object> row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      Object value = row.get(i);
      if (value == null
          || value instanceof Number
          || value instanceof Boolean
          || value instanceof String) {
        values.add(value);
      } else if (value instanceof byte[] bytes) {
        values.add(ByteBuffer.wrap(bytes));
      } else {
        DataType type = columns().get(i).type();
        values.add(text.of(value, type));
      }
    }
    return values;
  }

  private static List<List<Object>> rows(ResultCursor.Relayed cursor, TRowSet rowSet) {
    List<TColumnDesc> columns = cursor.schema().getColumns();
    List<List<Object>> byColumn = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      TTypeId type = columns.get(i).getTypeDesc().getTypes().get(0).getPrimitiveEntry().getType();
      byColumn.add(column(rowSet.getColumns().get(i), type));
    }
    List<List<Object>> rows = new ArrayList<>();
    for (int row = 0; row < byColumn.get(0).size(); row++) {
      List<Object> values = new ArrayList<>();
      for (List<Object> column : byColumn) {
        values.add(column.get(row));
      }
      rows.add(values);
    }
    return rows;
  }

  private static List<Object> column(TColumn column, TTypeId type) {
    return switch (column.getSetField()) {
      case BOOL_VAL -> nullable(column.getBoolVal().getValues(), column.getBoolVal().getNulls());
      case BYTE_VAL -> nullable(column.getByteVal().getValues(), column.getByteVal().getNulls());
      case I16_VAL -> nullable(column.getI16Val().getValues(), column.getI16Val().getNulls());
      case I32_VAL -> nullable(column.getI32Val().getValues(), column.getI32Val().getNulls());
      case I64_VAL -> nullable(column.getI64Val().getValues(), column.getI64Val().getNulls());
      case BINARY_VAL ->
          nullable(column.getBinaryVal().getValues(), column.getBinaryVal().getNulls());
      case DOUBLE_VAL -> {
        List<?> doubles = column.getDoubleVal().getValues();
        List<?> values =
            type == TTypeId.FLOAT_TYPE
                ? doubles.stream().map(value -> ((Double) value).floatValue()).toList()
                : doubles;
        yield nullable(values, column.getDoubleVal().getNulls());
      }
      case STRING_VAL -> {
        List<Object> texts =
            nullable(column.getStringVal().getValues(), column.getStringVal().getNulls());
        if (type == TTypeId.DECIMAL_TYPE) {
          texts.replaceAll(value -> value == null ? null : new BigDecimal((String) value));
        }
        yield texts;
      }
    };
  }

  private static List<Object> nullable(List<?> values, byte[] nulls) {
    BitSet missing = BitSet.valueOf(nulls);
    List<Object> result = new ArrayList<>(values);
    for (int i = missing.nextSetBit(0);
        i >= 0 && i < result.size();
        i = missing.nextSetBit(i + 1)) {
      result.set(i, null);
    }
    return result;
  }
}
