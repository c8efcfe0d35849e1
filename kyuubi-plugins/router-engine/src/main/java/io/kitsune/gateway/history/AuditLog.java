// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.history;

import static java.util.Objects.requireNonNull;

import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.StatementReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes one line for each statement that was closed: who, from where, on which engine, with what
 * end. Not its text, which the history has under the same user and time, and Kyuubi's own audit log
 * under the same handles. The logger {@code io.kitsune.audit} has these lines and no others.
 */
public final class AuditLog implements StatementListener {
  private static final Logger LOG = LoggerFactory.getLogger("io.kitsune.audit");

  private final StatementListener next;

  /**
   * @param next told of every statement after its line was written
   */
  public AuditLog(StatementListener next) {
    this.next = requireNonNull(next, "next");
  }

  @Override
  public void finished(StatementReport report) {
    LOG.info(
        "session={} operation={} user={} realUser={} client={} engine={} end={} rows={} ms={} error={}",
        report.sessionId(),
        report.operationId(),
        report.user(),
        report.realUser(),
        report.clientAddress(),
        report.decision().stream().findFirst().map(made -> made.chosen().engine().id()).orElse("-"),
        report.end(),
        report.rows(),
        report.elapsed().toMillis(),
        report.errors().stream().findFirst().map(AuditLog::code).orElse("-"));
    next.finished(report);
  }

  /** The message behind the code may quote what the user wrote. */
  private static String code(String error) {
    int colon = error.indexOf(':');
    return colon < 0 ? error : error.substring(0, colon);
  }
}
