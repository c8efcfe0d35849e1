// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much of the past is kept.
 *
 * @param rows the newest so many
 * @param age none older than this
 */
public record HistoryRetention(long rows, Duration age) {
  public HistoryRetention {
    requireNonNull(age, "age");
    if (rows < 1 || age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("a history keeps at least one row for some time");
    }
  }
}
