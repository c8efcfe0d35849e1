// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How the statements of one engine and size stand to the model. Each statement counts once, however
 * often it runs: a dashboard must not speak for all. Thread-safe.
 */
final class GeneralRatio {
  private static final int MOST = 200;

  /** So many different statements at least, before they say something of others. */
  private static final int LEAST = 5;

  private static final double MODEL = LEAST;

  /** Further than this, something else is wrong than the constants. */
  private static final double BOUND = Math.log(8);

  private static final Snapshot NOTHING = new Snapshot(0, 0, 0, 0);

  private final Duration halfLife;

  /** By fingerprint, the one that ran last at the end. Guarded by this. */
  private final Map<String, Newest> statements =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Newest> eldest) {
          return size() > MOST;
        }
      };

  private volatile Snapshot snapshot = NOTHING;

  private record Newest(double log, long at) {}

  private record Snapshot(double log, double weight, long newest, int statements) {}

  GeneralRatio(Duration halfLife) {
    this.halfLife = halfLife;
  }

  /** The typical ratio of a statement, in place of its last. */
  synchronized void put(String fingerprint, double log, long at) {
    statements.remove(fingerprint);
    statements.put(fingerprint, new Newest(log, at));
    if (statements.size() < LEAST) {
      return;
    }
    long newest = statements.values().stream().mapToLong(Newest::at).max().orElseThrow();
    double[] logs = new double[statements.size()];
    double[] weights = new double[statements.size()];
    double weight = 0;
    int i = 0;
    for (Newest each : statements.values()) {
      logs[i] = each.log();
      weights[i] = Fading.weight(newest - each.at(), halfLife);
      weight += weights[i++];
    }
    snapshot =
        new Snapshot(LearnedCosts.bounded(Fading.median(logs, weights), BOUND), weight, newest, i);
  }

  /** What to add to the logarithm of the model's prediction. */
  double logFactor(long now) {
    Snapshot known = snapshot;
    double weight = known.weight() * Fading.weight(now - known.newest(), halfLife);
    return known.log() * weight / (weight + MODEL);
  }

  /** In words that follow "predicted". */
  String source() {
    Snapshot known = snapshot;
    return known.statements() == 0
        ? "from the model"
        : "from the model and runs of " + known.statements() + " other statements";
  }
}
