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
 * @param queryColumns the names that the body's own columns had, in the order of {@code columns};
 *     Spark finds them in the body by these names. Empty where nothing was stored: then they are
 *     matched by position
 * @param configuration the session configuration that Spark stored with the view, by its keys
 */
public record View(
    TableName name,
    List<Column> columns,
    String text,
    Origin origin,
    String currentCatalog,
    List<String> currentNamespace,
    List<String> queryColumns,
    Map<String, String> configuration)
    implements Table {
  public View {
    requireNonNull(name, "name");
    columns = List.copyOf(columns);
    requireNonNull(text, "text");
    currentNamespace = List.copyOf(currentNamespace);
    queryColumns = List.copyOf(queryColumns);
    configuration = Map.copyOf(configuration);
  }

  /** A view whose columns are matched by position. */
  public View(
      TableName name,
      List<Column> columns,
      String text,
      Origin origin,
      String currentCatalog,
      List<String> currentNamespace,
      Map<String, String> configuration) {
    this(name, columns, text, origin, currentCatalog, currentNamespace, List.of(), configuration);
  }

  /** Who made the view, and so in which dialect its body is. */
  public enum Origin {
    SPARK,
    HIVE,
    ICEBERG
  }
}
