// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import java.util.Map;

/**
 * An amount of memory or disk: {@code 512MB}, {@code 4GiB}, or a share such as {@code 25%}.
 *
 * @param amount bytes, or hundredths where it is a share
 * @param share whether it is a share
 */
public record MemorySize(long amount, boolean share) {
  private static final Map<String, Long> UNITS =
      Map.of(
          "B", 1L,
          "KB", 1_000L,
          "MB", 1_000_000L,
          "GB", 1_000_000_000L,
          "TB", 1_000_000_000_000L,
          "KiB", 1L << 10,
          "MiB", 1L << 20,
          "GiB", 1L << 30,
          "TiB", 1L << 40);

  public MemorySize {
    if (amount < 1 || (share && amount > 100)) {
      throw new IllegalArgumentException("no such size: " + amount + (share ? "%" : ""));
    }
  }

  /**
   * Reads a size.
   *
   * @throws IllegalArgumentException for anything else, and for 0
   */
  static MemorySize parse(String text) {
    int digits = 0;
    while (digits < text.length() && text.charAt(digits) >= '0' && text.charAt(digits) <= '9') {
      digits++;
    }
    if (digits == 0) {
      throw new IllegalArgumentException("no number in " + text);
    }
    long number = Long.parseLong(text.substring(0, digits));
    String unit = text.substring(digits).strip();
    if (unit.equals("%")) {
      return new MemorySize(number, true);
    }
    Long factor = UNITS.get(unit);
    if (factor == null) {
      throw new IllegalArgumentException("no unit in " + text);
    }
    try {
      return new MemorySize(Math.multiplyExact(number, factor), false);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("too large: " + text, e);
    }
  }

  /** The bytes, of a whole with so many. */
  public long bytes(long whole) {
    return share ? Math.max(1, whole / 100 * amount) : amount;
  }
}
