// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How much an engine is given to do at once.
 *
 * @param maxRunning statements that run in it
 * @param maxQueued statements that wait for one of those to end; further ones are refused
 * @param maxRunningPerUser statements of one user that run in it
 * @param maxQueuedPerUser statements of one user that wait
 * @param queueTimeout how long a statement waits before it is refused
 */
public record EngineLimits(
    int maxRunning,
    int maxQueued,
    int maxRunningPerUser,
    int maxQueuedPerUser,
    Duration queueTimeout) {
  /** What an engine has where nothing is configured. */
  public static final EngineLimits DEFAULT =
      new EngineLimits(32, 256, 32, 256, Duration.ofMinutes(5));

  public EngineLimits {
    require(maxRunning >= 1, "number of running statements", maxRunning);
    require(maxQueued >= 0, "number of waiting statements", maxQueued);
    require(maxRunningPerUser >= 1, "number of a user's running statements", maxRunningPerUser);
    require(maxQueuedPerUser >= 0, "number of a user's waiting statements", maxQueuedPerUser);
    requireNonNull(queueTimeout, "queueTimeout");
    require(!queueTimeout.isNegative(), "time in the queue", queueTimeout);
  }

  private static void require(boolean valid, String what, Object value) {
    if (!valid) {
      throw new IllegalArgumentException("the %s cannot be %s".formatted(what, value));
    }
  }
}
