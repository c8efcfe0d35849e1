// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.EngineStatus;
import java.util.OptionalLong;

/**
 * Everything that is known of how an engine is: what SHOW ENGINES prints.
 *
 * @param finished statements that it has run to their end
 * @param refused statements that it had no room for
 * @param starts how often it came up
 * @param memory bytes of this machine's that it takes just now; empty where that is not known
 */
public record EngineReport(
    EngineStatus status, long finished, long refused, long starts, OptionalLong memory) {
  public EngineReport {
    requireNonNull(status, "status");
    requireNonNull(memory, "memory");
  }
}
