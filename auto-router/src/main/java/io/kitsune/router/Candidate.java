// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * An engine that may take the statement.
 *
 * @param latency predicted from arrival to the last row
 * @param reason what the prediction is made of, in words
 */
public record Candidate(Engine engine, Duration latency, String reason) {
  public Candidate {
    requireNonNull(engine, "engine");
    requireNonNull(latency, "latency");
    requireNonNull(reason, "reason");
  }
}
