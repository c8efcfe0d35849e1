// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import java.time.Duration;
import java.util.Arrays;

/**
 * The newest runs of one statement on one engine: how the time taken stood to the time modelled, as
 * logarithms, so that half and double are as far from one. Immutable.
 */
final class Ratios {
  private static final int MOST = 15;

  private final Duration halfLife;

  /** Oldest first. */
  private final double[] logs;

  private final long[] times;
  private final long count;
  private final double typical;
  private final double weight;

  private Ratios(Duration halfLife, double[] logs, long[] times, long count) {
    this.halfLife = halfLife;
    this.logs = logs;
    this.times = times;
    this.count = count;
    double[] weights = new double[logs.length];
    for (int i = 0; i < logs.length; i++) {
      weights[i] = Fading.weight(newest() - times[i], halfLife);
    }
    this.typical = Fading.median(logs, weights);
    this.weight = Arrays.stream(weights).sum();
  }

  /**
   * Of one run.
   *
   * @param at milliseconds since the epoch
   */
  static Ratios of(double log, long at, Duration halfLife) {
    return new Ratios(halfLife, new double[] {log}, new long[] {at}, 1);
  }

  /** These and one more, without the oldest where they are too many. */
  Ratios with(double log, long at) {
    int kept = Math.min(logs.length, MOST - 1);
    double[] newLogs = Arrays.copyOfRange(logs, logs.length - kept, logs.length + 1);
    long[] newTimes = Arrays.copyOfRange(times, times.length - kept, times.length + 1);
    newLogs[kept] = log;
    newTimes[kept] = at;
    return new Ratios(halfLife, newLogs, newTimes, count + 1);
  }

  /** How many runs there were, those that are not kept included. */
  long count() {
    return count;
  }

  /** When the last one was. */
  long newest() {
    return Arrays.stream(times).max().orElseThrow();
  }

  /** The weighted median. All weights fade alike, so that it does not change with time. */
  double typical() {
    return typical;
  }

  /** How much they count: one for each, halved with every half-life. */
  double weight(long now) {
    return weight * Fading.weight(now - newest(), halfLife);
  }
}
