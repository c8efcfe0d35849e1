// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * Flink's logical types as Spark's. A text is STRING whatever its length is limited to; TIME and
 * the intervals, which Spark lacks or writes otherwise, are shown as text.
 */
final class FlinkTypes {
  private FlinkTypes() {}

  /** The columns of a result, as its {@code columns} describe them. */
  static List<Column> columns(JsonNode columns) {
    List<Column> result = new ArrayList<>();
    for (JsonNode column : columns) {
      result.add(Column.of(column.path("name").asText(), type(column.path("logicalType"))));
    }
    return result;
  }

  static DataType type(JsonNode type) {
    return switch (type.path("type").asText()) {
      case "BOOLEAN" -> DataType.Simple.BOOLEAN;
      case "TINYINT" -> DataType.Simple.TINYINT;
      case "SMALLINT" -> DataType.Simple.SMALLINT;
      case "INTEGER" -> DataType.Simple.INT;
      case "BIGINT" -> DataType.Simple.BIGINT;
      case "FLOAT" -> DataType.Simple.FLOAT;
      case "DOUBLE" -> DataType.Simple.DOUBLE;
      case "DECIMAL" ->
          new DataType.Decimal(type.path("precision").asInt(), type.path("scale").asInt());
      case "BINARY", "VARBINARY" -> DataType.Simple.BINARY;
      case "DATE" -> DataType.Simple.DATE;
      case "TIMESTAMP_WITHOUT_TIME_ZONE" -> DataType.Simple.TIMESTAMP_NTZ;
      case "TIMESTAMP_WITH_LOCAL_TIME_ZONE" -> DataType.Simple.TIMESTAMP;
      case "NULL" -> DataType.Simple.VOID;
      case "ARRAY" -> new DataType.Array(type(type.path("elementType")), true);
      case "MAP" ->
          new DataType.Map(type(type.path("keyType")), type(type.path("valueType")), true);
      case "ROW" -> struct(type.path("fields"));
      // CHAR and VARCHAR; and types that are shown as the text that Flink sends.
      default -> DataType.Simple.STRING;
    };
  }

  private static DataType struct(JsonNode fields) {
    List<DataType.Field> members = new ArrayList<>();
    for (JsonNode field : fields) {
      members.add(
          new DataType.Field(field.path("name").asText(), type(field.path("fieldType")), true));
    }
    return new DataType.Struct(members);
  }
}
