// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against what Spark's {@code StringUtils.filterPattern} keeps. */
final class LikePatternTest {
  @ParameterizedTest
  @CsvSource({
    "orders, orders, true",
    "ORDERS, orders, true",
    "orders, Orders, true",
    "ord*, orders, true",
    "*, orders, true",
    "'  ord*  ', orders, true",
    "ord, orders, false",
    "a|ord*|b, orders, true",
    "o.ders, orders, true",
    "ord[a-f]rs, orders, true",
    "ord(er)?s, ords, true",
    "'', orders, false",
    "ord[, orders, false",
    "x|ord[, x, true",
    "o{2}, oo, true",
    "[]o]rders, orders, true"
  })
  void matchesAsSparkDoes(String pattern, String name, boolean matches) {
    assertThat(LikePattern.of(Optional.of(pattern)).test(name)).isEqualTo(matches);
    assertThat(spark(pattern, name)).as("Spark's own").isEqualTo(matches);
  }

  /** Spark's rule, with Java's regular expressions. */
  private static boolean spark(String pattern, String name) {
    return Stream.of(pattern.strip().split("\\|"))
        .anyMatch(
            part -> {
              try {
                return name.matches("(?i)" + part.replace("*", ".*"));
              } catch (java.util.regex.PatternSyntaxException e) {
                return false;
              }
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(?=o)orders", "(o)\\1", "o++", "[a-z&&[^b]]", "[a[b]]", "o{1001}", "(?<=x)y"})
  void whatOnlyJavaMatchesIsAnError(String pattern) {
    assertThatThrownBy(() -> LikePattern.of(Optional.of(pattern)))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("PATTERN_NOT_SUPPORTED"))
        .hasMessageContaining(pattern);
  }

  /** Java's matcher needs longer than anyone waits for the first of these. */
  @Test
  void aPathologicalPatternIsMatchedInLinearTime() {
    String name = "a".repeat(5_000) + "b";

    assertThat(LikePattern.of(Optional.of("((a+)+)+")).test(name)).isFalse();
    assertThat(LikePattern.of(Optional.of("*a".repeat(20))).test(name)).isFalse();
  }

  @Test
  void aLongPatternIsRefused() {
    assertThatThrownBy(() -> LikePattern.of(Optional.of("x".repeat(1_001))))
        .hasMessageContaining("longer than 1,000");
  }
}
