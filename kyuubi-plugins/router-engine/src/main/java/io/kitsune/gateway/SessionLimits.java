// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import java.time.Duration;

/**
 * What the sessions of all clients may take.
 *
 * @param maxSessions open at once
 * @param maxSessionsPerUser open at once for one user
 * @param idleLimit a session without a call for that long, and without a running statement, is
 *     closed
 */
public record SessionLimits(int maxSessions, int maxSessionsPerUser, Duration idleLimit) {
  public SessionLimits {
    if (maxSessions < 1 || maxSessionsPerUser < 1) {
      throw new IllegalArgumentException(
          "at least one session must be allowed: %d in all, %d for each user"
              .formatted(maxSessions, maxSessionsPerUser));
    }
    if (idleLimit.isZero() || idleLimit.isNegative()) {
      throw new IllegalArgumentException("idleLimit must be positive: " + idleLimit);
    }
  }

  /** The defaults: 1000 sessions, 200 of one user, six hours idle. */
  public static SessionLimits defaults() {
    return new SessionLimits(1000, 200, Duration.ofHours(6));
  }
}
