// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The full name of a table or view: catalog, namespace, table. Names keep the case in which they
 * were given; catalogs decide how they compare (the Hive Metastore lower-cases).
 *
 * @param catalog the catalog's name in {@code kitsune.catalog.<name>}; {@code spark_catalog} is the
 *     Hive Metastore
 * @param namespace at least one level; the Metastore has exactly one, a REST catalog may have more
 * @param table the table's own name
 */
public record TableName(String catalog, List<String> namespace, String table) {
  public TableName {
    if (catalog.isEmpty() || namespace.isEmpty() || table.isEmpty()) {
      throw new IllegalArgumentException(
          "a table's name has a catalog, a namespace and a table: %s.%s.%s"
              .formatted(catalog, namespace, table));
    }
    namespace = List.copyOf(namespace);
  }

  /** A name with a namespace of one level. */
  public static TableName of(String catalog, String namespace, String table) {
    return new TableName(catalog, List.of(namespace), table);
  }

  /** The name as Spark SQL would have it, each part in backquotes where it needs them. */
  @Override
  public String toString() {
    return Stream.concat(Stream.concat(Stream.of(catalog), namespace.stream()), Stream.of(table))
        .map(TableName::quoteIfNeeded)
        .collect(Collectors.joining("."));
  }

  private static String quoteIfNeeded(String part) {
    boolean plain =
        part.chars().allMatch(c -> c == '_' || (c < 128 && Character.isLetterOrDigit(c)))
            && !part.chars().allMatch(Character::isDigit);
    return plain ? part : "`" + part.replace("`", "``") + "`";
  }
}
