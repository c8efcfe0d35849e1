// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import java.util.List;

/** What the router has to know of Flink: its own tables, and its own texts. Thread-safe. */
@FunctionalInterface
public interface FlinkTables {
  /** There are none, and no texts are read. */
  FlinkTables NONE = parts -> false;

  /**
   * Whether Flink has a table of that name in a catalog that only it has; answers at once.
   *
   * @param parts of the name as written, unquoted; the first of three is a catalog
   */
  boolean has(List<String> parts);

  /**
   * The tables that a statement names which only Flink's grammar has. Without that grammar none are
   * known, and the text goes to Flink as it is.
   *
   * @throws io.kitsune.error.KitsuneException {@code FLINK_SYNTAX_ERROR}, SQLSTATE 42601, for what
   *     Flink's grammar does not have either
   */
  default List<Statement.TableReference> named(String text) {
    return List.of();
  }
}
