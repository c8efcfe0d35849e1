// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.io.PrintWriter;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.kyuubi.jdbc.hive.logs.KyuubiLoggable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operation log of one statement: read as it grows, kept back until it is wanted. Drivers other
 * than Kyuubi's have none. Thread-safe.
 */
final class OperationLog {
  private static final Logger LOG = LoggerFactory.getLogger(OperationLog.class);
  private static final int KEPT_LINES = 1000;

  private final Statement statement;
  private final PrintWriter messages;
  private final List<String> heldBack = new ArrayList<>();
  private boolean shown;

  OperationLog(Statement statement, PrintWriter messages) {
    this.statement = statement;
    this.messages = messages;
  }

  /** From now on lines are printed as they come, those held back first. */
  synchronized void show() {
    shown = true;
    heldBack.forEach(messages::println);
    heldBack.clear();
    messages.flush();
  }

  /** Fetches what is new. A log that cannot be read is no failure of the statement. */
  synchronized void read() {
    if (!(statement instanceof KyuubiLoggable loggable)) {
      return;
    }
    try {
      // Not hasMoreLogs: the driver says no as soon as the statement is over, whatever is unread.
      for (String line : loggable.getExecLog()) {
        if (shown) {
          messages.println(line);
        } else if (heldBack.size() < KEPT_LINES) {
          heldBack.add(line);
        }
      }
      messages.flush();
    } catch (SQLException | RuntimeException e) {
      LOG.debug("the operation log could not be read", e);
    }
  }
}
