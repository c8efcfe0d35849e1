// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.error.KitsuneException;
import java.util.Map;
import java.util.Set;

/**
 * Spark fills in {@code ${name}} anywhere in a statement, strings included, before it reads it
 * ({@code spark.sql.variable.substitute}, on by default). So must Kitsune, or a name could mean
 * another table than the one that was looked at.
 */
public final class Variables {
  /** Prefixes that Spark takes for the session's configuration. */
  private static final Set<String> SESSION = Set.of("spark", "sparkconf", "hivevar", "hiveconf");

  private static final Set<String> ENVIRONMENT = Set.of("env", "system");
  private static final int MAXIMUM_SUBSTITUTIONS = 1_000;

  private Variables() {}

  /**
   * The text with the session's variables filled in.
   *
   * @throws KitsuneException {@code PARSE_VARIABLE_UNKNOWN} for a variable that the session has not
   *     set: Spark may know it, Kitsune does not
   */
  public static String substitute(String text, Map<String, String> configuration) {
    boolean off =
        "false".equalsIgnoreCase(configuration.getOrDefault("spark.sql.variable.substitute", ""));
    if (off || !text.contains("${")) {
      return text;
    }
    StringBuilder result = new StringBuilder(text);
    int at = result.indexOf("${");
    for (int count = 0; at >= 0; count++) {
      int end = end(result, at);
      if (end < 0) {
        at = result.indexOf("${", at + 2);
      } else {
        String value = value(result.substring(at + 2, end), configuration);
        result.replace(at, end + 1, value);
        at = result.indexOf("${", at);
      }
      if (count > MAXIMUM_SUBSTITUTIONS || result.length() > (1 << 24)) {
        throw new KitsuneException(
            "PARSE_VARIABLE_ENDLESS",
            "54001",
            "Variables of the statement refer to each other without end: SET them to plain values.");
      }
    }
    return result.toString();
  }

  /** The offset of the closing brace; -1 where no name stands before it. */
  private static int end(StringBuilder text, int start) {
    for (int i = start + 2; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '}' && i > start + 2) {
        return i;
      }
      if (Character.isWhitespace(c)) {
        return -1;
      }
    }
    return -1;
  }

  private static String value(String reference, Map<String, String> configuration) {
    int colon = reference.indexOf(':');
    String prefix = colon < 0 ? "" : reference.substring(0, colon);
    String key = SESSION.contains(prefix) ? reference.substring(colon + 1) : reference;
    String value = configuration.get(key);
    if (value != null && !ENVIRONMENT.contains(prefix)) {
      return value;
    }
    throw new KitsuneException(
        "PARSE_VARIABLE_UNKNOWN",
        "42703",
        "The variable ${%s} is not set in this session, so that it is not known what Spark would put in its place: SET %s=…, or SET spark.sql.variable.substitute=false to take ${ literally."
            .formatted(reference, key));
  }
}
