// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.router.analysis.Field;
import io.kitsune.router.analysis.Source;
import java.util.Collection;

/** Writes what stands in FROM for a table. */
public interface TableWriter {
  /**
   * The table as a relation without an alias.
   *
   * @param fields the columns that must be there under the names of {@link #columnName}; may be
   *     empty
   */
  String relation(Source.TableScan scan, Collection<Field> fields);

  /** The name that the column has in the relation, unquoted. */
  String columnName(Source.TableScan scan, Field field);
}
