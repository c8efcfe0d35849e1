// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;

/**
 * What Spark's Thrift server sends for a statement without a result, since its protocol has no form
 * for none: no rows, in one text column called Result. A query can look the same; then an empty
 * result loses its heading.
 */
final class Placeholder {
  private static final String LABEL = "Result";

  private Placeholder() {}

  /** True if a result of that shape, should it have no rows, stands for none. */
  static boolean has(ResultSetMetaData shape) throws SQLException {
    return shape.getColumnCount() == 1
        && shape.getColumnLabel(1).equals(LABEL)
        && shape.getColumnType(1) == Types.VARCHAR;
  }
}
