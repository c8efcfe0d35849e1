// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a real Spark 3.5.4 answered, recorded by {@code src/test/spark/record}.
 *
 * @param columns label, type and nullability of each
 * @param rows values as text, null for NULL
 * @param error the first line of Spark's error, if it is one
 */
public record SparkAnswer(
    String sql, List<Column> columns, List<List<String>> rows, Optional<String> error) {
  /** The files of statements that some engine other than Spark may take. */
  public static final List<String> PROBES =
      List.of(
          "arithmetic",
          "casts",
          "conditions",
          "dates",
          "strings",
          "aggregates",
          "grouping-sets",
          "queries",
          "subqueries",
          "windows",
          "timestamps",
          "labels",
          "random-expressions",
          "random-queries");

  /** The file of statements that only Spark may take. */
  public static final String SPARK_ONLY = "spark-only";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A column of the result. */
  public record Column(String label, String type, boolean nullable) {}

  /** The answers to a file of statements, in order. */
  public static List<SparkAnswer> of(String name) {
    List<SparkAnswer> answers = new ArrayList<>();
    try {
      for (JsonNode node :
          JSON.readTree(Resources.text("/equivalence/answers/" + name + ".json"))) {
        answers.add(of(node));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return answers;
  }

  private static SparkAnswer of(JsonNode node) {
    List<Column> columns = new ArrayList<>();
    for (JsonNode column : node.path("columns")) {
      columns.add(
          new Column(column.get(0).asText(), column.get(1).asText(), column.get(2).asBoolean()));
    }
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : node.path("rows")) {
      List<String> cells = new ArrayList<>();
      row.forEach(cell -> cells.add(cell.isNull() ? null : cell.asText()));
      rows.add(cells);
    }
    return new SparkAnswer(
        node.get("sql").asText(),
        columns,
        rows,
        Optional.ofNullable(node.get("error")).map(JsonNode::asText));
  }
}
