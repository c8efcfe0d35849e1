// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

/**
 * DuckDB takes every path for a glob pattern. {@code [}, {@code *} and {@code ?} in a file's name
 * are written as {@code [[]}, {@code [*]} and {@code [?]}; unescaped they match other files.
 */
final class FilePattern {
  private FilePattern() {}

  /**
   * The one file that a pattern stands for.
   *
   * @throws io.kitsune.error.KitsuneException if it could match another
   */
  static String file(String pattern) {
    StringBuilder file = new StringBuilder(pattern.length());
    boolean escapes = false;
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '[' && i + 2 < pattern.length() && pattern.charAt(i + 2) == ']') {
        c = pattern.charAt(i + 1);
        escapes = true;
        i += 2;
        if (!special(c)) {
          throw ambiguous(pattern);
        }
      } else if (special(c)) {
        throw ambiguous(pattern);
      }
      file.append(c);
    }
    // In a pattern, and only there, a backslash takes the meaning off the next character.
    if (escapes && pattern.indexOf('\\') >= 0) {
      throw ambiguous(pattern);
    }
    return file.toString();
  }

  private static boolean special(char c) {
    return c == '[' || c == '*' || c == '?';
  }

  private static RuntimeException ambiguous(String pattern) {
    return QueryCheck.refused(
        "the path '%s' is a pattern that can match several files".formatted(pattern));
  }
}
