// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * A stored view.
 *
 * @param columns names and types as they were when it was made
 * @param text the body, in Spark's or Hive's SQL
 * @param currentCatalog the catalog that unqualified names in the body mean
 * @param currentNamespace the namespace that unqualified names in the body mean
 * @param configuration the session configuration that Spark stored with the view, by its keys
 */
public record View(
    TableName name,
    List<Column> columns,
    String text,
    Origin origin,
    String currentCatalog,
    List<String> currentNamespace,
    Map<String, String> configuration)
    implements Table {
  public View {
    requireNonNull(name, "name");
    columns = List.copyOf(columns);
    requireNonNull(text, "text");
    currentNamespace = List.copyOf(currentNamespace);
    configuration = Map.copyOf(configuration);
  }

  /** Who made the view, and so in which dialect its body is. */
  public enum Origin {
    SPARK,
    HIVE,
    ICEBERG
  }
}
