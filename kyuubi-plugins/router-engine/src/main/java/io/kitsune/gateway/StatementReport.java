// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.router.RoutingDecision;
import java.time.Duration;
import java.util.List;

/**
 * What became of a statement.
 *
 * @param sessionId the session's handle; behind Kyuubi its server's own
 * @param operationId the operation's handle, as the session's
 * @param realUser who logged in; another than {@code user} where that one is impersonated
 * @param clientAddress of the user's machine, as far as it is known
 * @param decision the decision, or none if it came to none: at most one element
 * @param failedAttempts the engines that failed before the one of the decision, in order
 * @param rows handed to the client so far
 * @param elapsed from arrival until its first rows could be fetched, or until it failed
 * @param run from the moment that a warm engine was given it until its first rows were there: at
 *     most one element, none of a cold engine
 * @param errors code and message of what went wrong: at most one element
 */
public record StatementReport(
    String sessionId,
    String operationId,
    String user,
    String realUser,
    String clientAddress,
    String text,
    List<RoutingDecision> decision,
    List<FailedAttempt> failedAttempts,
    End end,
    long rows,
    Duration elapsed,
    List<Duration> run,
    List<String> errors) {
  public StatementReport {
    decision = List.copyOf(decision);
    failedAttempts = List.copyOf(failedAttempts);
    run = List.copyOf(run);
    errors = List.copyOf(errors);
  }

  /** How it ended. */
  public enum End {
    FINISHED,
    FAILED,
    CANCELLED
  }
}
