// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

/** A mistake in a condition's text. */
final class ConditionError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int line;
  private final int column;

  /**
   * @param line within the text, from 1
   * @param column from 1
   * @param message what is wrong there and what could stand instead
   */
  ConditionError(int line, int column, String message) {
    super(message);
    this.line = line;
    this.column = column;
  }

  int line() {
    return line;
  }

  int column() {
    return column;
  }
}
