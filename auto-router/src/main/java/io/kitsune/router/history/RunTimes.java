// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.kitsune.router.history.HistoryEntry.End;
import io.kitsune.router.workload.WorkloadClassifier.KnownRuns;
import java.time.Duration;
import java.util.Optional;

/**
 * How often statements of one fingerprint came to their end lately, and how long they took, newer
 * ones weighing more. Of this process only; forgets what was not asked for a day. Thread-safe.
 */
public final class RunTimes {
  private static final long MOST_FINGERPRINTS = 50_000;
  private static final Duration LATELY = Duration.ofDays(1);

  /** Of the newest run; the same share of what is left goes to the one before it, and so on. */
  private static final double NEWEST = 0.3;

  private final Cache<String, Taken> byFingerprint;

  public RunTimes() {
    this(Ticker.systemTicker());
  }

  RunTimes(Ticker ticker) {
    this.byFingerprint =
        Caffeine.newBuilder()
            .maximumSize(MOST_FINGERPRINTS)
            .expireAfterWrite(LATELY)
            .ticker(ticker)
            .executor(Runnable::run)
            .build();
  }

  /** Learns from a statement; one that failed or was cancelled says nothing of its time. */
  public void add(HistoryEntry entry) {
    if (entry.end() == End.FINISHED && entry.engine().isPresent()) {
      byFingerprint
          .asMap()
          .merge(
              entry.facts().fingerprint(),
              new Taken(1, entry.elapsed().toMillis()),
              (before, newest) -> before.then(newest.millis()));
    }
  }

  /** What is known of a fingerprint; empty for one that is new. */
  public Optional<KnownRuns> of(String fingerprint) {
    return Optional.ofNullable(byFingerprint.getIfPresent(fingerprint))
        .map(taken -> new KnownRuns(taken.runs(), Math.round(taken.millis())));
  }

  private record Taken(int runs, double millis) {
    Taken then(double newest) {
      return new Taken(
          runs == Integer.MAX_VALUE ? runs : runs + 1, millis + NEWEST * (newest - millis));
    }
  }
}
