// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/**
 * The pattern of SHOW … LIKE: alternatives between {@code |}, {@code *} for anything, without
 * regard to case. Spark treats the rest as a regular expression ({@code StringUtils.filterPattern})
 * and so does this; an alternative that is none matches nothing there and here.
 */
final class LikePattern {
  private LikePattern() {}

  /** True if a name matches; an absent pattern matches every name. */
  static Predicate<String> of(Optional<String> pattern) {
    return pattern.map(LikePattern::alternatives).orElse(name -> true);
  }

  private static Predicate<String> alternatives(String pattern) {
    return Stream.of(pattern.strip().split("\\|", -1))
        .map(LikePattern::alternative)
        .reduce(name -> false, Predicate::or);
  }

  private static Predicate<String> alternative(String text) {
    try {
      Pattern compiled = Pattern.compile(text.replace("*", ".*"), Pattern.CASE_INSENSITIVE);
      return name -> compiled.matcher(name.toLowerCase(Locale.ROOT)).matches();
    } catch (PatternSyntaxException e) {
      return name -> false;
    }
  }
}
