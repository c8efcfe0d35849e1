// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

/**
 * Bounds of a statement, checked before it is parsed.
 *
 * @param maximumLength in UTF-16 units
 * @param maximumTokens words, numbers, strings and signs
 * @param maximumNesting depth of parentheses, brackets, angle brackets of types, CASE and prefix
 *     operators
 */
public record ReadingLimits(int maximumLength, int maximumTokens, int maximumNesting) {
  /** 1 Mi characters, 200,000 tokens, 128 levels. */
  public static final ReadingLimits DEFAULT = new ReadingLimits(1 << 20, 200_000, 128);

  public ReadingLimits {
    if (maximumLength < 1 || maximumTokens < 1 || maximumNesting < 1) {
      throw new IllegalArgumentException(
          "limits are positive: %d, %d, %d"
              .formatted(maximumLength, maximumTokens, maximumNesting));
    }
  }
}
