// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

/**
 * Ends a query whose data leaves the range in which a form is exact, rather than give another
 * answer than Spark's. Only for ranges that real data does not leave.
 */
public final class Guard {
  /** What the message of every DuckDB query begins with that left its range. */
  public static final String PREFIX = prefix("DuckDB");

  private Guard() {}

  /** In DuckDB: the text where the condition holds, otherwise an error that names the matter. */
  static String unless(String condition, String text, String what) {
    return "CASE WHEN " + condition + " THEN " + text + " ELSE error('" + PREFIX + what + "') END";
  }

  /** In Trino: the text, of that type, where the condition holds, otherwise an error. */
  static String unless(String condition, String text, String type, String what) {
    return "CASE WHEN "
        + condition
        + " THEN "
        + text
        + " ELSE CAST(fail('"
        + prefix("Trino")
        + what
        + "') AS "
        + type
        + ") END";
  }

  /** What the user reads where the statement may not run on Spark instead. */
  private static String prefix(String engine) {
    return "Kitsune: beyond what " + engine + " computes as Spark does: ";
  }
}
