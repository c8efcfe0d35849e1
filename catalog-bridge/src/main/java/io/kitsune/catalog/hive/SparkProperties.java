// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import io.kitsune.catalog.Column;
import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What Spark stores of a table or view in its Metastore parameters. Long values are split into
 * numbered parts, since some databases behind a Metastore cap a parameter at 4,000 characters.
 */
record SparkProperties(Map<String, String> parameters) {
  private static final String SCHEMA = "spark.sql.sources.schema";
  private static final String SQL_CONFIGURATION = "view.sqlConfig.";

  /** The data source's name in lower case; empty for tables of Hive's own kind. */
  Optional<String> dataSource() {
    return Optional.ofNullable(parameters.get("spark.sql.sources.provider"))
        .map(provider -> provider.toLowerCase(Locale.ROOT))
        .filter(provider -> !provider.equals("hive"));
  }

  /** All columns, partition columns included, if Spark stored them. */
  Optional<List<Column>> schema() {
    String whole = parameters.get(SCHEMA);
    if (whole != null) {
      return Optional.of(SparkSchema.parse(whole));
    }
    if (!parameters.containsKey(SCHEMA + ".numParts")) {
      return Optional.empty();
    }
    return Optional.of(
        SparkSchema.parse(String.join("", numbered(SCHEMA + ".numParts", SCHEMA + ".part."))));
  }

  /** The partition columns' names in order; empty also where Spark stored none. */
  List<String> partitionColumns() {
    return numbered(SCHEMA + ".numPartCols", SCHEMA + ".partCol.");
  }

  /** Whether Spark made this view. */
  boolean isSparkView() {
    return parameters.containsKey("spark.sql.create.version")
        || parameters.containsKey("view.query.out.numCols");
  }

  /** The catalog and namespace that were current when the view was made; empty in old views. */
  List<String> viewCatalogAndNamespace() {
    List<String> parts =
        numbered("view.catalogAndNamespace.numParts", "view.catalogAndNamespace.part.");
    String old = parameters.get("view.default.database");
    return parts.isEmpty() && old != null ? List.of("spark_catalog", old) : parts;
  }

  /** The names of the view's body's own columns. */
  List<String> viewQueryColumns() {
    return numbered("view.query.out.numCols", "view.query.out.col.");
  }

  /** The session configuration stored with the view. */
  Map<String, String> viewConfiguration() {
    Map<String, String> configuration = new TreeMap<>();
    parameters.forEach(
        (key, value) -> {
          if (key.startsWith(SQL_CONFIGURATION)) {
            configuration.put(key.substring(SQL_CONFIGURATION.length()), value);
          }
        });
    return configuration;
  }

  private List<String> numbered(String countKey, String prefix) {
    String count = parameters.get(countKey);
    if (count == null) {
      return List.of();
    }
    List<String> values = new ArrayList<>();
    int parts = count(countKey, count);
    for (int i = 0; i < parts; i++) {
      String value = parameters.get(prefix + i);
      if (value == null) {
        throw unreadable("the parameter " + prefix + i + " is missing");
      }
      values.add(value);
    }
    return values;
  }

  private static int count(String key, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw unreadable("the parameter %s is '%s', not a number".formatted(key, text));
    }
  }

  private static KitsuneException unreadable(String reason) {
    return new KitsuneException(
        "CATALOG_TABLE_UNREADABLE",
        "22000",
        "what Spark stored with the table cannot be read: " + reason);
  }
}
