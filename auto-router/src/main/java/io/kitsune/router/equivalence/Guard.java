// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

/**
 * Ends a query whose data leaves the range in which a form is exact, rather than give another
 * answer than Spark's. Only for ranges that real data does not leave.
 */
final class Guard {
  private Guard() {}

  /** In DuckDB: the text where the condition holds, otherwise an error that names the matter. */
  static String unless(String condition, String text, String what) {
    return "CASE WHEN "
        + condition
        + " THEN "
        + text
        + " ELSE error('"
        + message("DuckDB", what)
        + "') END";
  }

  /** In Trino: the text, of that type, where the condition holds, otherwise an error. */
  static String unless(String condition, String text, String type, String what) {
    return "CASE WHEN "
        + condition
        + " THEN "
        + text
        + " ELSE CAST(fail('"
        + message("Trino", what)
        + "') AS "
        + type
        + ") END";
  }

  /** What the user reads where the statement may not run on Spark instead. */
  private static String message(String engine, String what) {
    return "Kitsune: beyond what " + engine + " computes as Spark does: " + what;
  }
}
