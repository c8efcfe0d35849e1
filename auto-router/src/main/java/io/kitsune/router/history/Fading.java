// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import java.time.Duration;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Weights that halve with every half-life. */
final class Fading {
  private Fading() {}

  /** Of what is so many milliseconds old; 1 for what is of now, or of a clock that runs ahead. */
  static double weight(long age, Duration halfLife) {
    return Math.pow(0.5, Math.max(0, age) / (double) halfLife.toMillis());
  }

  /** The value with as much weight below it as above; the lower of two. */
  static double median(double[] values, double[] weights) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    double half = IntStream.of(order).mapToDouble(i -> weights[i]).sum() / 2;
    double below = 0;
    for (int i : order) {
      below += weights[i];
      if (below >= half) {
        return values[i];
      }
    }
    return values[order[order.length - 1]];
  }
}
