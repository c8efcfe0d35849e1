// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.decision.Experience.Correction;
import java.time.Duration;

/**
 * An engine that may take the statement.
 *
 * @param latency predicted from arrival to the last row
 * @param basis what the prediction is known from, in words that follow "predicted"
 * @param reason what the prediction is made of, or why the engine was chosen, in words
 */
public record Candidate(Engine engine, Duration latency, String basis, String reason) {
  public Candidate {
    requireNonNull(engine, "engine");
    requireNonNull(latency, "latency");
    requireNonNull(basis, "basis");
    requireNonNull(reason, "reason");
  }

  /** As the other, predicted from the model alone. */
  public Candidate(Engine engine, Duration latency, String reason) {
    this(engine, latency, Correction.NONE.source(), reason);
  }
}
