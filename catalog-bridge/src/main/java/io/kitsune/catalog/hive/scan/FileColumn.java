// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import java.util.List;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** Where a table's column is in a file. Spark finds it by its name, without regard to case. */
sealed interface FileColumn {
  /** The column is there once. */
  record Present(Type type) implements FileColumn {}

  /** The column is not there: it is NULL in every row. */
  record Absent() implements FileColumn {}

  /** Several columns differ only by case: Spark refuses to choose. */
  record Ambiguous(List<String> names) implements FileColumn {}

  static FileColumn find(String name, MessageType schema) {
    List<Type> found =
        schema.getFields().stream().filter(f -> f.getName().equalsIgnoreCase(name)).toList();
    return switch (found.size()) {
      case 0 -> new Absent();
      case 1 -> new Present(found.get(0));
      default -> new Ambiguous(found.stream().map(Type::getName).toList());
    };
  }
}
