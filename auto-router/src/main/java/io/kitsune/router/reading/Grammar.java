// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.Map;
import java.util.function.Predicate;

/**
 * The settings of a session that change how Spark 3.5 reads a text. The keys and their defaults are
 * those of Spark's {@code SQLConf}.
 *
 * @param reservedKeywords ANSI's reserved words cannot be names
 * @param doubleQuotedIdentifiers {@code "x"} is a name, not a string
 * @param legacySetOperations INTERSECT binds no closer than UNION and EXCEPT
 * @param exponentAsDecimal {@code 1e3} is a decimal
 * @param rawStrings backslashes in strings stand for themselves
 */
public record Grammar(
    boolean reservedKeywords,
    boolean doubleQuotedIdentifiers,
    boolean legacySetOperations,
    boolean exponentAsDecimal,
    boolean rawStrings) {
  /** Spark's defaults. */
  public static final Grammar DEFAULT = new Grammar(false, false, false, false, false);

  /** As a session's configuration says. */
  public static Grammar of(Map<String, String> configuration) {
    if (configuration.isEmpty()) {
      return DEFAULT;
    }
    Predicate<String> on = key -> "true".equalsIgnoreCase(configuration.getOrDefault(key, ""));
    boolean ansi = on.test("spark.sql.ansi.enabled");
    return new Grammar(
        ansi && on.test("spark.sql.ansi.enforceReservedKeywords"),
        ansi && on.test("spark.sql.ansi.doubleQuotedIdentifiers"),
        on.test("spark.sql.legacy.setopsPrecedence.enabled"),
        on.test("spark.sql.legacy.exponentLiteralAsDecimal.enabled"),
        on.test("spark.sql.parser.escapedStringLiterals"));
  }
}
