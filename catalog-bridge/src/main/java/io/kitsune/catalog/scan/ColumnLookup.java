// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import java.util.List;
import java.util.Optional;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.NestedField;

/** Finds top-level columns as Spark does by default: without regard to case. */
public final class ColumnLookup {
  private ColumnLookup() {}

  /** The column of that name: the exact one, or else the only one that differs by case at most. */
  public static Optional<NestedField> find(Schema schema, String name) {
    NestedField exact = schema.asStruct().field(name);
    if (exact != null) {
      return Optional.of(exact);
    }
    List<NestedField> similar =
        schema.columns().stream().filter(field -> field.name().equalsIgnoreCase(name)).toList();
    return similar.size() == 1 ? Optional.of(similar.get(0)) : Optional.empty();
  }
}
