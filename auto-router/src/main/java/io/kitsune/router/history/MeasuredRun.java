// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Engine;
import io.kitsune.router.history.HistoryEntry.End;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How long a statement took in a warm engine, and what it scanned.
 *
 * @param took from the moment that the engine was given it until its first rows were there: after
 *     that the client's pace counts
 * @param bytes as estimated then; 0 without a scan
 * @param rows as estimated then; 0 where they were not known
 */
public record MeasuredRun(
    Engine engine,
    String fingerprint,
    Instant at,
    Duration took,
    long bytes,
    long rows,
    long files) {
  public MeasuredRun {
    requireNonNull(engine, "engine");
    requireNonNull(fingerprint, "fingerprint");
    requireNonNull(at, "at");
    requireNonNull(took, "took");
  }

  /**
   * What an entry says; empty where the time says nothing of the model: of a statement that failed
   * or was cancelled, that another engine had tried first, that a cold engine ran, or that scanned
   * something of unknown size.
   */
  public static Optional<MeasuredRun> of(HistoryEntry entry) {
    if (entry.end() != End.FINISHED
        || entry.engine().isEmpty()
        || entry.run().isEmpty()
        || !entry.failedAttempts().isEmpty()) {
      return Optional.empty();
    }
    long files = entry.run().get().files();
    OptionalLong bytes = entry.facts().bytes();
    if (files > 0 && bytes.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new MeasuredRun(
            entry.engine().get(),
            entry.facts().fingerprint(),
            entry.facts().at(),
            entry.run().get().took(),
            bytes.orElse(0),
            entry.facts().rows().orElse(0),
            files));
  }
}
