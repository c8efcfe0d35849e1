// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

/**
 * How an engine is just now, as far as the choice needs to know.
 *
 * @param reason why it is so, in words for the user; empty for {@code READY}
 */
public record EngineStatus(Engine engine, State state, String reason) {
  public EngineStatus {
    requireNonNull(engine, "engine");
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
  }

  /** States of an engine. */
  public enum State {
    /** Not configured, or it cannot run here. */
    UNAVAILABLE,
    /** Can be started; the first statement pays for it. */
    COLD,
    /** Being started. */
    STARTING,
    /** Answers at once. */
    READY
  }
}
