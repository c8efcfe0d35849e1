// SPDX-License-Identifier: Apache-2.0
package io.kitsune.error;

import static java.util.Objects.requireNonNull;

/**
 * An error a user or operator can act on: what is wrong, with which value, and what to do next.
 *
 * <p>The code is stable and of the form {@code AREA_REASON} ({@code CATALOG_TABLE_NOT_FOUND}); the
 * SQLSTATE is five characters, of the SQL standard's or Spark's classes. Immutable apart from the
 * stack trace.
 */
public class KitsuneException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String sqlState;

  /**
   * An error without a cause.
   *
   * @param code the stable code, for example {@code CATALOG_TABLE_NOT_FOUND}
   * @param sqlState five characters
   * @param message one sentence that names the thing, the value and what to do
   */
  public KitsuneException(String code, String sqlState, String message) {
    this(code, sqlState, message, null);
  }

  /** As the other constructor; {@code cause} may be null. */
  public KitsuneException(String code, String sqlState, String message, Throwable cause) {
    super(requireNonNull(message, "message"), cause);
    this.code = requireNonNull(code, "code");
    this.sqlState = requireNonNull(sqlState, "sqlState");
    if (sqlState.length() != 5) {
      throw new IllegalArgumentException("an SQLSTATE has five characters: " + sqlState);
    }
  }

  /** The stable code. */
  public String code() {
    return code;
  }

  /** The SQLSTATE, five characters. */
  public String sqlState() {
    return sqlState;
  }
}
