// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How Trino is reached or started.
 *
 * @param source where it comes from
 * @param limits how long it may take
 */
public record TrinoSettings(TrinoSource source, Limits limits) {
  public TrinoSettings {
    requireNonNull(source, "source");
    requireNonNull(limits, "limits");
  }

  /**
   * How long it may take.
   *
   * @param start until a Trino started here is ready, downloads not counted
   * @param idle how long a Trino started here is kept without a session
   * @param answer for one answer of its protocol; Trino answers within about a second even if a
   *     statement runs for hours
   */
  public record Limits(Duration start, Duration idle, Duration answer) {
    /** Three minutes to start, 15 idle, one for an answer. */
    public static final Limits DEFAULT =
        new Limits(Duration.ofMinutes(3), Duration.ofMinutes(15), Duration.ofMinutes(1));

    public Limits {
      for (Duration duration : new Duration[] {start, idle, answer}) {
        if (duration.isNegative() || duration.isZero()) {
          throw new IllegalArgumentException("not a positive duration: " + duration);
        }
      }
    }
  }
}
