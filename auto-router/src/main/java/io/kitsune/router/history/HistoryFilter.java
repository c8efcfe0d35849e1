// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Engine;
import java.time.Instant;
import java.util.Optional;

/**
 * Which entries are asked for.
 *
 * @param limit at most so many, the newest
 * @param since none older
 */
public record HistoryFilter(
    int limit,
    Optional<Instant> since,
    Optional<String> user,
    Optional<Engine> engine,
    Optional<String> fingerprint) {
  public HistoryFilter {
    if (limit < 1) {
      throw new IllegalArgumentException("at least one entry has to be asked for");
    }
    requireNonNull(since, "since");
    requireNonNull(user, "user");
    requireNonNull(engine, "engine");
    requireNonNull(fingerprint, "fingerprint");
  }

  /** The newest of all. */
  public static HistoryFilter newest(int limit) {
    return new HistoryFilter(
        limit, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }
}
