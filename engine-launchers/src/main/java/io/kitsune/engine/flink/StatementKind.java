// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import java.util.Locale;

/** How a statement has to be run; learnt from its first word, since only Flink reads the rest. */
enum StatementKind {
  /** Yields rows, and has no effect. */
  QUERY,
  /** May start one job that writes; many definitions look the same. */
  WRITE,
  /** Ends a job. */
  STOP,
  /** All else: SHOW, CALL. */
  OTHER;

  static StatementKind of(String text) {
    int start = start(text);
    int end = start;
    while (end < text.length() && Character.isLetter(text.charAt(end))) {
      end++;
    }
    return switch (text.substring(start, end).toUpperCase(Locale.ROOT)) {
      case "SELECT", "WITH", "VALUES", "TABLE" -> QUERY;
      case "INSERT", "UPDATE", "DELETE", "CREATE", "REPLACE", "EXECUTE", "COMPILE" -> WRITE;
      case "STOP" -> STOP;
      // A parenthesis begins a query; an empty text is Flink's to refuse.
      case "" -> start < text.length() && text.charAt(start) == '(' ? QUERY : OTHER;
      default -> OTHER;
    };
  }

  /** Where blanks and comments end. */
  private static int start(String text) {
    int i = 0;
    while (i < text.length()) {
      if (Character.isWhitespace(text.charAt(i))) {
        i++;
      } else if (text.startsWith("--", i)) {
        int end = text.indexOf('\n', i);
        i = end < 0 ? text.length() : end + 1;
      } else if (text.startsWith("/*", i)) {
        int end = text.indexOf("*/", i + 2);
        i = end < 0 ? text.length() : end + 2;
      } else {
        return i;
      }
    }
    return text.length();
  }
}
