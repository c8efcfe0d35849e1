// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import java.time.Duration;

/**
 * What statements and metadata calls may take.
 *
 * @param maxRunning statements running at once in the gateway; each holds a thread
 * @param maxPerSession operations that one session may have open, whatever their state
 * @param idleLimit an operation that is over and was not asked about for that long is closed, and
 *     frees its cursor
 * @param statementLimit the longest a statement may run, whatever the client asks for
 * @param firstWait how long ExecuteStatement waits for a quick statement, so that it needs no poll
 * @param pollWait how long GetOperationStatus waits for a running one. At most 0.2 s behind Kyuubi:
 *     its server holds the session's lock while it polls, and a cancel waits behind it
 * @param maxFetchRows rows in one row set, whatever the client asks for
 * @param logLines lines kept of one operation's log; the oldest go first
 */
public record OperationLimits(
    int maxRunning,
    int maxPerSession,
    Duration idleLimit,
    Duration statementLimit,
    Duration firstWait,
    Duration pollWait,
    int maxFetchRows,
    int logLines) {
  private static final Duration LONGEST_POLL = Duration.ofMillis(200);

  public OperationLimits {
    requirePositive(maxRunning, "maxRunning");
    requirePositive(maxPerSession, "maxPerSession");
    requirePositive(maxFetchRows, "maxFetchRows");
    requirePositive(logLines, "logLines");
    requirePositive(idleLimit.toMillis(), "idleLimit");
    requirePositive(statementLimit.toMillis(), "statementLimit");
    if (firstWait.isNegative() || firstWait.compareTo(LONGEST_POLL) > 0) {
      throw new IllegalArgumentException("firstWait must lie within 0 and 0.2 s: " + firstWait);
    }
    if (pollWait.isNegative() || pollWait.compareTo(LONGEST_POLL) > 0) {
      throw new IllegalArgumentException("pollWait must lie within 0 and 0.2 s: " + pollWait);
    }
  }

  private static void requirePositive(long value, String name) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be positive: " + value);
    }
  }

  /** The defaults. */
  public static OperationLimits defaults() {
    return new OperationLimits(
        200,
        100,
        Duration.ofHours(1),
        Duration.ofHours(24),
        Duration.ofMillis(100),
        LONGEST_POLL,
        20_000,
        2_000);
  }
}
