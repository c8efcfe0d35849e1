// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Walks a query as DuckDB's parser describes it. It knows what may stand in a query and refuses
 * everything else: a kind of table reference that a later version brings is refused until it is
 * added here. Expressions need no list, for a scalar function cannot reach a file.
 */
final class QueryTree {
  private static final Set<String> NODES =
      Set.of(
          "SELECT_NODE",
          "SET_OPERATION_NODE",
          "RECURSIVE_CTE_NODE",
          "ORDER_MODIFIER",
          "LIMIT_MODIFIER",
          "DISTINCT_MODIFIER",
          "ASCENDING",
          "DESCENDING",
          "ORDER_DEFAULT",
          "JOIN",
          "SUBQUERY",
          "EMPTY",
          "EXPRESSION_LIST");

  private static final Set<String> TABLE_FUNCTIONS =
      Set.of("read_parquet", "range", "generate_series", "unnest");

  private static final Set<String> READ_OPTIONS =
      Set.of(
          "binary_as_string",
          "explicit_cardinality",
          "file_row_number",
          "filename",
          "hive_partitioning",
          "schema",
          "union_by_name");

  private final Set<String> files = new HashSet<>();

  private QueryTree() {}

  /**
   * The files that the query opens, by their real names.
   *
   * @param parsed what {@code json_serialize_sql} returned
   */
  static Set<String> files(JsonNode parsed) {
    JsonNode statements = parsed.path("statements");
    if (statements.size() != 1) {
      throw QueryCheck.refused(
          "it has %d statements where one is allowed".formatted(statements.size()));
    }
    QueryTree tree = new QueryTree();
    tree.walk(statements, Set.of());
    return Set.copyOf(tree.files);
  }

  /**
   * Checks a part of the query and what is in it.
   *
   * @param scope the names of WITH, in lower case, that it may refer to
   */
  private void walk(JsonNode node, Set<String> scope) {
    if (node.isObject()) {
      check(node, scope);
    }
    Set<String> names = new HashSet<>(scope);
    if (node.has("cte_name")) {
      names.add(lower(node.path("cte_name")));
    }
    // Each name is known to those after it, and not to itself unless the query is recursive.
    for (JsonNode entry : node.path("cte_map").path("map")) {
      walk(entry.path("value"), names);
      names.add(lower(entry.path("key")));
    }
    node.fields()
        .forEachRemaining(
            field -> {
              if (!field.getKey().equals("cte_map")) {
                walk(field.getValue(), names);
              }
            });
    if (node.isArray()) {
      node.forEach(element -> walk(element, names));
    }
  }

  private void check(JsonNode node, Set<String> scope) {
    JsonNode type = node.path("type");
    if (type.isTextual() && !node.has("class")) {
      switch (type.asText()) {
        case "TABLE_FUNCTION" -> tableFunction(node.path("function"));
        case "BASE_TABLE" -> table(node, scope);
        default -> known(type.asText());
      }
    }
  }

  private static void known(String type) {
    if (!NODES.contains(type) && !type.endsWith("_TYPE_INFO")) {
      throw QueryCheck.refused("it has a part of the kind " + type);
    }
  }

  /** A name without WITH in sight would be looked up as a file. */
  private static void table(JsonNode node, Set<String> scope) {
    boolean qualified =
        !node.path("schema_name").asText().isEmpty()
            || !node.path("catalog_name").asText().isEmpty();
    if (qualified || !scope.contains(lower(node.path("table_name")))) {
      throw QueryCheck.refused(
          "it reads the table '%s', which is none of its own WITH"
              .formatted(node.path("table_name").asText()));
    }
  }

  private void tableFunction(JsonNode function) {
    String name = lower(function.path("function_name"));
    if (!TABLE_FUNCTIONS.contains(name)
        || !function.path("schema").asText().isEmpty()
        || !function.path("catalog").asText().isEmpty()) {
      throw QueryCheck.refused("it calls the table function '%s'".formatted(name));
    }
    if (name.equals("read_parquet")) {
      JsonNode arguments = function.path("children");
      readFiles(arguments.path(0));
      for (int i = 1; i < arguments.size(); i++) {
        option(arguments.path(i));
      }
    }
  }

  private void readFiles(JsonNode argument) {
    if (argument.path("function_name").asText().equals("list_value")) {
      for (JsonNode element : argument.path("children")) {
        file(element);
      }
    } else {
      file(argument);
    }
  }

  private void file(JsonNode literal) {
    JsonNode value = literal.path("value");
    if (!literal.path("type").asText().equals("VALUE_CONSTANT")
        || !value.path("value").isTextual()
        || !value.path("type").path("id").asText().equals("VARCHAR")) {
      throw QueryCheck.refused("a file of read_parquet is not given as a literal");
    }
    files.add(FilePattern.file(value.path("value").asText()));
  }

  private static void option(JsonNode argument) {
    JsonNode name = argument.path("left").path("column_names");
    if (!argument.path("type").asText().equals("COMPARE_EQUAL")
        || name.size() != 1
        || !READ_OPTIONS.contains(lower(name.path(0)))) {
      throw QueryCheck.refused("read_parquet has the argument " + argument);
    }
  }

  private static String lower(JsonNode name) {
    return name.asText().toLowerCase(Locale.ROOT);
  }
}
