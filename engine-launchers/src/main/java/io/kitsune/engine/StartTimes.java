// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How long an engine took to come up. Immutable.
 *
 * @param count starts that succeeded
 * @param total of all of them
 */
public record StartTimes(long count, Duration total) {
  /** Of an engine that was not started here, or not yet. */
  public static final StartTimes NONE = new StartTimes(0, Duration.ZERO);

  public StartTimes {
    requireNonNull(total, "total");
  }

  /** With one more. */
  public StartTimes and(Duration start) {
    return new StartTimes(count + 1, total.plus(start));
  }
}
