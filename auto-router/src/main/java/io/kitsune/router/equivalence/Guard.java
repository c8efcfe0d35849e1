// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

/**
 * Ends a DuckDB query whose data leaves the range in which a form is exact, rather than give
 * another answer than Spark's. Only for ranges that real data does not leave.
 */
public final class Guard {
  /** What every message begins with, so that the gateway can run the statement on Spark. */
  public static final String PREFIX = "Kitsune: beyond what DuckDB computes as Spark does: ";

  private Guard() {}

  /** The text where the condition holds, otherwise an error that names what it was about. */
  static String unless(String condition, String text, String what) {
    return "CASE WHEN " + condition + " THEN " + text + " ELSE error('" + PREFIX + what + "') END";
  }
}
