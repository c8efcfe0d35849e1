// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import io.kitsune.error.KitsuneException;
import java.util.Set;

/** Whether an error is the engine's own, and not the statement's or the user's. */
public final class EngineFailure {
  /**
   * It died, cannot be reached or started, or does not answer. Being busy is no failure, and what a
   * stopping gateway says is none either.
   */
  private static final Set<String> CODES =
      Set.of(
          "ENGINE_GONE",
          "ENGINE_UNAVAILABLE",
          "ENGINE_START_FAILED",
          "ENGINE_START_TIMEOUT",
          "ENGINE_SESSION_TIMEOUT",
          "ENGINE_PROTOCOL_ERROR",
          "ENGINE_DOWNLOAD_FAILED",
          "ENGINE_ARTIFACTS_UNAVAILABLE",
          "ENGINE_LOCK_TIMEOUT",
          "ENGINE_INSTALLATION_INVALID");

  /** Closed by the gateway itself, not by a death. */
  private static final Set<String> OWN_DOING = Set.of("08003", "57P01");

  private EngineFailure() {}

  /** True if it is. */
  public static boolean is(KitsuneException error) {
    return CODES.contains(error.code()) && !OWN_DOING.contains(error.sqlState());
  }
}
