// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.math.BigDecimal;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * A value as text: binary in hexadecimal, decimals without an exponent, the rest as JDBC has it.
 */
final class CellText {
  private CellText() {}

  /** The text of the current row's column, counted from 1; null for NULL. */
  static String of(ResultSet rows, int column) throws SQLException {
    Object value = rows.getObject(column);
    if (value == null) {
      return null;
    }
    if (value instanceof byte[] bytes) {
      return HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Blob blob) {
      return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    return rows.getString(column);
  }
}
