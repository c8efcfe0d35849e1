// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the JSON in which Spark stores a table's schema. It keeps what the Metastore's own columns
 * lose: the case of names, and types that Hive has not.
 */
final class SparkSchema {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Where Spark keeps CHAR and VARCHAR, whose JSON type is just a string. */
  private static final String CHAR_VARCHAR = "__CHAR_VARCHAR_TYPE_STRING";

  private SparkSchema() {}

  static List<Column> parse(String json) {
    try {
      List<Column> columns = new ArrayList<>();
      for (JsonNode field : fields(JSON.readTree(json))) {
        String name = text(field, "name");
        String comment = field.path("metadata").path("comment").asText("");
        columns.add(new Column(name, fieldType(field), nullable(field, "nullable"), comment));
      }
      return columns;
    } catch (JsonProcessingException e) {
      throw unreadable(e.getOriginalMessage(), e);
    }
  }

  private static DataType fieldType(JsonNode field) {
    JsonNode raw = field.path("metadata").path(CHAR_VARCHAR);
    return raw.isTextual() ? DataType.parse(raw.asText()) : type(field.path("type"));
  }

  private static DataType type(JsonNode type) {
    if (type.isTextual()) {
      return DataType.parse(type.asText());
    }
    return switch (text(type, "type")) {
      case "array" ->
          new DataType.Array(type(type.path("elementType")), nullable(type, "containsNull"));
      case "map" ->
          new DataType.Map(
              type(type.path("keyType")),
              type(type.path("valueType")),
              nullable(type, "valueContainsNull"));
      case "struct" -> new DataType.Struct(structFields(type));
      case "udt" -> new DataType.Unmodelled("udt");
      default -> throw unreadable("no type has the name " + type.path("type"), null);
    };
  }

  private static List<DataType.Field> structFields(JsonNode struct) {
    List<DataType.Field> fields = new ArrayList<>();
    for (JsonNode field : fields(struct)) {
      fields.add(
          new DataType.Field(text(field, "name"), fieldType(field), nullable(field, "nullable")));
    }
    return fields;
  }

  private static JsonNode fields(JsonNode struct) {
    JsonNode fields = struct.path("fields");
    if (!fields.isArray()) {
      throw unreadable("a struct without fields", null);
    }
    return fields;
  }

  private static String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    if (!value.isTextual()) {
      throw unreadable("'" + key + "' is missing", null);
    }
    return value.asText();
  }

  private static boolean nullable(JsonNode node, String key) {
    return node.path(key).asBoolean(true);
  }

  private static KitsuneException unreadable(String reason, Exception cause) {
    return new KitsuneException(
        "CATALOG_TABLE_UNREADABLE",
        "22000",
        "the schema that Spark stored with the table cannot be read: " + reason,
        cause);
  }
}
