// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import java.util.List;

/** Which names are those of tables in Flink's own catalogs. Thread-safe; answers at once. */
@FunctionalInterface
public interface FlinkTables {
  /** There are none. */
  FlinkTables NONE = parts -> false;

  /**
   * Whether Flink has a table of that name in a catalog that only it has.
   *
   * @param parts of the name as written, unquoted; the first of three is a catalog
   */
  boolean has(List<String> parts);
}
