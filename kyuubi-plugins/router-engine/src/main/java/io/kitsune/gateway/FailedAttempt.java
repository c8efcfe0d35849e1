// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;

/**
 * An engine that was chosen for a statement and failed before its first row, so that the statement
 * was decided again.
 */
public record FailedAttempt(Engine engine, KitsuneException reason) {
  public FailedAttempt {
    requireNonNull(engine, "engine");
    requireNonNull(reason, "reason");
  }

  /** The first line of the reason. */
  public String inShort() {
    return reason.getMessage().lines().findFirst().orElse(reason.code());
  }
}
