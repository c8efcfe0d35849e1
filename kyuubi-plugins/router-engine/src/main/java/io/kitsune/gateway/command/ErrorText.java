// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.sql.SQLException;

/** An error as one line for a person. */
final class ErrorText {
  private ErrorText() {}

  /** The message and the SQLSTATE, where there is one. */
  static String of(SQLException error) {
    String state = error.getSQLState();
    String message = error.getMessage() == null ? error.getClass().getName() : error.getMessage();
    return state == null ? message : message + " (SQLSTATE " + state + ")";
  }
}
