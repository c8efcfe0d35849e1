// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Prints results. Memory is bounded whatever the number of rows. */
interface ResultPrinter {
  /** Prints every row that is left and returns how many there were. */
  long print(ResultSet rows) throws SQLException;
}
