// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values in the SQL Gateway's JSON as those of {@link io.kitsune.engine.ResultCursor.Rows}. The
 * source is Flink's {@code RowDataToJsonConverters}, with times in ISO 8601; a float that is not
 * finite comes as text.
 */
final class FlinkValues {
  private FlinkValues() {}

  /**
   * One row's values.
   *
   * @param fields an array with a node for each column
   * @throws KitsuneException {@code ENGINE_RESULT_TYPE} if one is not of its column's type
   */
  static List<Object> row(JsonNode fields, List<Column> columns) {
    if (fields.size() != columns.size()) {
      throw new KitsuneException(
          "ENGINE_RESULT_TYPE",
          "XX000",
          "Flink sent %d values where the statement has %d columns."
              .formatted(fields.size(), columns.size()));
    }
    List<Object> values = new ArrayList<>(columns.size());
    for (int i = 0; i < columns.size(); i++) {
      values.add(value(fields.get(i), columns.get(i)));
    }
    return values;
  }

  private static Object value(JsonNode node, Column column) {
    try {
      return value(node, column.type());
    } catch (IOException | DateTimeException | ArithmeticException | NumberFormatException e) {
      throw new KitsuneException(
          "ENGINE_RESULT_TYPE",
          "XX000",
          "Column '%s' should hold %s, and Flink sent %s. This is a fault of Kitsune: please report the statement."
              .formatted(column.name(), column.type().sql(), node),
          e);
    }
  }

  private static Object value(JsonNode node, DataType type) throws IOException {
    if (node.isNull()) {
      return null;
    } else if (type instanceof DataType.Simple simple) {
      return simple(node, simple);
    } else if (type instanceof DataType.Decimal decimal) {
      // The JSON has no trailing zeros.
      return new BigDecimal(node.asText()).setScale(decimal.scale(), RoundingMode.UNNECESSARY);
    } else if (type instanceof DataType.Array array) {
      List<Object> values = new ArrayList<>(node.size());
      for (JsonNode element : node) {
        values.add(value(element, array.element()));
      }
      return Collections.unmodifiableList(values);
    } else if (type instanceof DataType.Map map) {
      Map<Object, Object> values = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : node.properties()) {
        values.put(entry.getKey(), value(entry.getValue(), map.value()));
      }
      return Collections.unmodifiableMap(values);
    } else if (type instanceof DataType.Struct struct) {
      List<Object> values = new ArrayList<>();
      for (DataType.Field field : struct.fields()) {
        values.add(value(node.path(field.name()), field.type()));
      }
      return Collections.unmodifiableList(values);
    }
    return text(node);
  }

  private static Object simple(JsonNode node, DataType.Simple type) throws IOException {
    return switch (type) {
      case BOOLEAN -> node.booleanValue();
      case TINYINT -> (byte) whole(node, Byte.MIN_VALUE, Byte.MAX_VALUE);
      case SMALLINT -> (short) whole(node, Short.MIN_VALUE, Short.MAX_VALUE);
      case INT -> (int) whole(node, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case BIGINT -> whole(node, Long.MIN_VALUE, Long.MAX_VALUE);
      case FLOAT -> Float.valueOf(node.asText());
      case DOUBLE -> Double.valueOf(node.asText());
      case STRING -> text(node);
      case BINARY -> node.binaryValue();
      case DATE -> LocalDate.parse(node.asText());
      case TIMESTAMP -> Instant.parse(node.asText());
      case TIMESTAMP_NTZ -> LocalDateTime.parse(node.asText());
      case VOID -> throw new IOException("NULL expected");
    };
  }

  private static long whole(JsonNode node, long least, long most) throws IOException {
    if (!node.canConvertToLong() || node.longValue() < least || node.longValue() > most) {
      throw new IOException("not between " + least + " and " + most);
    }
    return node.longValue();
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? node.textValue() : node.toString();
  }
}
