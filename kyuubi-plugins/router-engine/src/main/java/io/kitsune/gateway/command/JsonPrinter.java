// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/**
 * Prints one JSON object a line. Numbers are numbers, decimals with every digit; what JSON has no
 * form for (NaN, dates, binary, nested values) is text.
 */
final class JsonPrinter implements ResultPrinter {
  private final PrintWriter out;

  JsonPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public long print(ResultSet rows) throws SQLException {
    ResultSetMetaData shape = rows.getMetaData();
    long count = 0;
    JsonFactory factory =
        new JsonFactoryBuilder()
            .rootValueSeparator("\n")
            .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .build();
    try (JsonGenerator json = factory.createGenerator(out)) {
      while (rows.next()) {
        json.writeStartObject();
        for (int i = 1; i <= shape.getColumnCount(); i++) {
          json.writeFieldName(shape.getColumnLabel(i));
          write(json, rows, i);
        }
        json.writeEndObject();
        count++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (count > 0) {
      out.println();
    }
    out.flush();
    return count;
  }

  private static void write(JsonGenerator json, ResultSet rows, int column)
      throws SQLException, IOException {
    Object value = rows.getObject(column);
    if (value == null) {
      json.writeNull();
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      if (Double.isFinite(number)) {
        json.writeNumber(value.toString());
      } else {
        json.writeString(value.toString());
      }
    } else if (value instanceof Number number) {
      json.writeNumber(number.longValue());
    } else {
      json.writeString(CellText.of(rows, column));
    }
  }
}
