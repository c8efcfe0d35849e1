// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import static java.util.Objects.requireNonNull;

/**
 * A column of a table, a view or a result.
 *
 * @param name as the catalog has it
 * @param comment empty where there is none
 */
public record Column(String name, DataType type, boolean nullable, String comment) {
  public Column {
    requireNonNull(name, "name");
    requireNonNull(type, "type");
    requireNonNull(comment, "comment");
  }

  /** A nullable column without a comment. */
  public static Column of(String name, DataType type) {
    return new Column(name, type, true, "");
  }
}
