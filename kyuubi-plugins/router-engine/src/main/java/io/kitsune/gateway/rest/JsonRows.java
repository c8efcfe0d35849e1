// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/**
 * Rows of the protocol's columns as JSON, one array for each row. Numbers are numbers, of BIGINT
 * too, with every digit; a DECIMAL, a time and a nested value are the text that Spark shows, a
 * BINARY is Base64, and what JSON has no number for is {@code "NaN"}, {@code "Infinity"} or {@code
 * "-Infinity"}.
 */
final class JsonRows {
  private final List<Cells> columns;

  private JsonRows(List<Cells> columns) {
    this.columns = columns;
  }

  /** A column's values that are not NULL. */
  private interface Cell {
    void write(JsonGenerator out, int row) throws IOException;
  }

  private record Cells(BitSet nulls, Cell cell) {
    void write(JsonGenerator out, int row) throws IOException {
      if (nulls.get(row)) {
        out.writeNull();
      } else {
        cell.write(out, row);
      }
    }
  }

  static JsonRows of(TRowSet rows) {
    List<Cells> columns = new ArrayList<>(rows.getColumnsSize());
    rows.getColumns().forEach(column -> columns.add(cells(column)));
    return new JsonRows(columns);
  }

  void write(JsonGenerator out, int row) throws IOException {
    out.writeStartArray();
    for (Cells column : columns) {
      column.write(out, row);
    }
    out.writeEndArray();
  }

  private static Cells cells(TColumn column) {
    return switch (column.getSetField()) {
      case BOOL_VAL -> {
        List<Boolean> values = column.getBoolVal().getValues();
        yield cells(
            column.getBoolVal().getNulls(), (out, row) -> out.writeBoolean(values.get(row)));
      }
      case BYTE_VAL -> {
        List<Byte> values = column.getByteVal().getValues();
        yield cells(column.getByteVal().getNulls(), (out, row) -> out.writeNumber(values.get(row)));
      }
      case I16_VAL -> {
        List<Short> values = column.getI16Val().getValues();
        yield cells(column.getI16Val().getNulls(), (out, row) -> out.writeNumber(values.get(row)));
      }
      case I32_VAL -> {
        List<Integer> values = column.getI32Val().getValues();
        yield cells(column.getI32Val().getNulls(), (out, row) -> out.writeNumber(values.get(row)));
      }
      case I64_VAL -> {
        List<Long> values = column.getI64Val().getValues();
        yield cells(column.getI64Val().getNulls(), (out, row) -> out.writeNumber(values.get(row)));
      }
      case DOUBLE_VAL -> {
        List<Double> values = column.getDoubleVal().getValues();
        yield cells(column.getDoubleVal().getNulls(), (out, row) -> number(out, values.get(row)));
      }
      case STRING_VAL -> {
        List<String> values = column.getStringVal().getValues();
        yield cells(
            column.getStringVal().getNulls(), (out, row) -> out.writeString(values.get(row)));
      }
      case BINARY_VAL -> {
        List<java.nio.ByteBuffer> values = column.getBinaryVal().getValues();
        yield cells(column.getBinaryVal().getNulls(), (out, row) -> binary(out, values.get(row)));
      }
    };
  }

  /** A bit for each row, the lowest bit of a byte first. */
  private static Cells cells(byte[] nulls, Cell cell) {
    return new Cells(BitSet.valueOf(nulls), cell);
  }

  private static void number(JsonGenerator out, double value) throws IOException {
    if (Double.isFinite(value)) {
      out.writeNumber(value);
    } else {
      out.writeString(Double.toString(value));
    }
  }

  private static void binary(JsonGenerator out, java.nio.ByteBuffer value) throws IOException {
    byte[] bytes = new byte[value.remaining()];
    value.duplicate().get(bytes);
    out.writeBinary(bytes);
  }
}
