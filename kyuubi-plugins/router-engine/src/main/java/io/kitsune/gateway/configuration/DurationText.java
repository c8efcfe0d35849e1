// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/** Lengths of time as operators write them. */
final class DurationText {
  /** Whatever takes an {@code int} of milliseconds can hold it. */
  private static final Duration LONGEST = Duration.ofDays(24);

  private DurationText() {}

  /**
   * Reads {@code 300us}, {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 7d} or ISO
   * 8601.
   *
   * @throws IllegalArgumentException for anything else, and for more than 24 days
   */
  static Duration parse(String text) {
    Duration duration = read(text);
    if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("negative or too long: " + text);
    }
    return duration;
  }

  private static Duration read(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    try {
      if (digits == 0) {
        return Duration.parse(text);
      }
      long number = Long.parseLong(text.substring(0, digits));
      return switch (text.substring(digits).strip()) {
        case "us" -> Duration.of(number, ChronoUnit.MICROS);
        case "ms" -> Duration.ofMillis(number);
        case "s" -> Duration.ofSeconds(number);
        case "m" -> Duration.ofMinutes(number);
        case "h" -> Duration.ofHours(number);
        case "d" -> Duration.ofDays(number);
        default -> throw new IllegalArgumentException("no unit in " + text);
      };
    } catch (DateTimeParseException | ArithmeticException e) {
      throw new IllegalArgumentException("not a length of time: " + text, e);
    }
  }
}
