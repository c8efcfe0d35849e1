// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metadata;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A search pattern of JDBC's metadata calls: {@code %} is any text, {@code _} any character, {@code
 * \} takes the meaning from the character behind it. Compared without regard to case, since the
 * names of Hive and Spark are. An absent or empty pattern is every name: the Hive and Kyuubi
 * drivers send the empty one where their caller gave none. So are {@code *} and {@code .*}, which
 * HiveServer2 takes and impyla sends.
 */
final class SearchPattern implements Predicate<String> {
  private static final Set<String> EVERYTHING = Set.of("", "*", ".*");
  private static final char ESCAPE = '\\';

  private final String pattern;

  private SearchPattern(String pattern) {
    this.pattern = pattern;
  }

  static Predicate<String> of(Optional<String> pattern) {
    return pattern
        .filter(text -> !EVERYTHING.contains(text))
        .<Predicate<String>>map(text -> new SearchPattern(text.toLowerCase(Locale.ROOT)))
        .orElse(name -> true);
  }

  /**
   * Goes on greedily and comes back to the last {@code %} alone, so that it takes at most the
   * product of the lengths.
   */
  @Override
  public boolean test(String candidate) {
    String name = candidate.toLowerCase(Locale.ROOT);
    int at = 0;
    int in = 0;
    int afterAny = -1;
    int anyEnds = 0;
    while (in < name.length()) {
      if (at < pattern.length() && pattern.charAt(at) == '%') {
        afterAny = ++at;
        anyEnds = in;
      } else if (at < pattern.length() && matches(at, name.charAt(in))) {
        at += width(at);
        in++;
      } else if (afterAny >= 0) {
        at = afterAny;
        in = ++anyEnds;
      } else {
        return false;
      }
    }
    while (at < pattern.length() && pattern.charAt(at) == '%') {
      at++;
    }
    return at == pattern.length();
  }

  private boolean matches(int at, char character) {
    if (width(at) == 2) {
      return pattern.charAt(at + 1) == character;
    }
    return pattern.charAt(at) == '_' || pattern.charAt(at) == character;
  }

  private int width(int at) {
    return pattern.charAt(at) == ESCAPE && at + 1 < pattern.length() ? 2 : 1;
  }
}
