// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Everything that is known of how an engine is: what SHOW ENGINES prints.
 *
 * @param finished statements that it has run to their end
 * @param refused statements that it had no room for
 * @param entered how often it came into each state; nothing for one that it was never seen in
 * @param memory bytes of this machine's that it takes just now; empty where that is not known
 */
public record EngineReport(
    EngineStatus status,
    long finished,
    long refused,
    Map<State, Long> entered,
    OptionalLong memory) {
  public EngineReport {
    requireNonNull(status, "status");
    entered = Map.copyOf(entered);
    requireNonNull(memory, "memory");
  }

  /** How often it was started. */
  public long starts() {
    return entered.getOrDefault(State.STARTING, 0L);
  }
}
