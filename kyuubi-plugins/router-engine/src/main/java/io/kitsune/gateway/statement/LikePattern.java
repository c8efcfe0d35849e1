// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.kitsune.error.KitsuneException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The pattern of SHOW … LIKE: alternatives between {@code |}, {@code *} for anything, without
 * regard to case. Spark treats the rest as a regular expression ({@code StringUtils.filterPattern})
 * and so does this; an alternative that is none matches nothing there and here.
 *
 * <p>Java's own expressions can take a time that is exponential in a name's length; RE2's is
 * linear. What only Java's have, or what both read and mean differently, is an error.
 */
final class LikePattern {
  /** The time is linear in the pattern's length, too. */
  private static final int MAXIMUM_LENGTH = 1_000;

  private LikePattern() {}

  /**
   * True if a name matches; an absent pattern matches every name.
   *
   * @throws KitsuneException {@code PATTERN_NOT_SUPPORTED} for what RE2 cannot match as Spark does
   */
  static Predicate<String> of(Optional<String> pattern) {
    return pattern.map(LikePattern::alternatives).orElse(name -> true);
  }

  private static Predicate<String> alternatives(String pattern) {
    if (pattern.length() > MAXIMUM_LENGTH) {
      throw unsupported(pattern.substring(0, 40) + "…", "is longer than 1,000 characters", null);
    }
    return Stream.of(pattern.strip().split("\\|", -1))
        .map(LikePattern::alternative)
        .reduce(name -> false, Predicate::or);
  }

  private static Predicate<String> alternative(String text) {
    String expression = text.replace("*", ".*");
    if (!readByJava(expression)) {
      return name -> false;
    }
    if (expression.contains("&&") || nestsClasses(expression)) {
      throw unsupported(text, "has an intersection or a union of classes", null);
    }
    try {
      Pattern compiled = Pattern.compile(expression, Pattern.CASE_INSENSITIVE);
      return name -> compiled.matches(name.toLowerCase(Locale.ROOT));
    } catch (PatternSyntaxException e) {
      throw unsupported(text, "has what regular expressions of RE2 lack", e);
    }
  }

  /** Compiling takes a time linear in the length; only matching can take longer. */
  private static boolean readByJava(String expression) {
    try {
      java.util.regex.Pattern.compile(expression);
      return true;
    } catch (java.util.regex.PatternSyntaxException e) {
      return false;
    }
  }

  private static boolean nestsClasses(String expression) {
    boolean inside = false;
    for (int i = 0; i < expression.length(); i++) {
      char c = expression.charAt(i);
      if (c == '\\') {
        i++;
      } else if (c == '[' && inside) {
        return true;
      } else if (c == '[' || c == ']') {
        inside = c == '[';
      }
    }
    return false;
  }

  private static KitsuneException unsupported(String text, String why, Exception cause) {
    return new KitsuneException(
        "PATTERN_NOT_SUPPORTED",
        "2201B",
        "The pattern '%s' %s: use letters, digits, * for anything and | between alternatives."
            .formatted(text, why),
        cause);
  }
}
