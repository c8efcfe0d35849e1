// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When an engine that fails is left alone.
 *
 * @param failures in a row, after which it is
 * @param firstPause until it is tried again; doubled each time that it fails again
 * @param longestPause what the pause grows to
 */
public record BreakerSettings(int failures, Duration firstPause, Duration longestPause) {
  /** Three failures; 5 seconds, then 10, at most 2 minutes. */
  public static final BreakerSettings DEFAULT =
      new BreakerSettings(3, Duration.ofSeconds(5), Duration.ofMinutes(2));

  public BreakerSettings {
    requireNonNull(firstPause, "firstPause");
    requireNonNull(longestPause, "longestPause");
    if (failures < 1) {
      throw new IllegalArgumentException("the number of failures cannot be " + failures);
    }
    if (firstPause.toMillis() < 1 || longestPause.compareTo(firstPause) < 0) {
      throw new IllegalArgumentException(
          "the pauses cannot be %s and %s".formatted(firstPause, longestPause));
    }
  }
}
