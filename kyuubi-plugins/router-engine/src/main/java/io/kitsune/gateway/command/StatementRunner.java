// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs statements on one connection and prints what comes back; a statement that takes longer than
 * two seconds shows its operation log meanwhile. One statement at a time; {@link #cancel} may come
 * from any thread.
 */
final class StatementRunner implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final long LOG_INTERVAL_MILLIS = 300;

  private final Connection connection;
  private final ResultPrinter printer;
  private final PrintWriter messages;
  private final LogLines logLines;
  private final AtomicReference<Statement> running = new AtomicReference<>();
  private final ScheduledExecutorService logReader =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "operation-log");
            thread.setDaemon(true);
            return thread;
          });

  /** When the operation log is shown. */
  enum LogLines {
    /** Once a statement has taken two seconds. */
    WHEN_SLOW,
    ALWAYS
  }

  StatementRunner(
      Connection connection, ResultPrinter printer, PrintWriter messages, LogLines logLines) {
    this.connection = connection;
    this.printer = printer;
    this.messages = messages;
    this.logLines = logLines;
  }

  /**
   * What a statement came to.
   *
   * @param rows printed; -1 for a statement without a result
   */
  record Outcome(long rows, Duration time) {}

  Outcome run(String text) throws SQLException {
    long start = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      running.set(statement);
      OperationLog log = new OperationLog(statement, messages);
      if (logLines == LogLines.ALWAYS) {
        log.show();
      }
      var poll =
          logReader.scheduleWithFixedDelay(
              () -> {
                if (System.nanoTime() - start > PATIENCE.toNanos()) {
                  log.show();
                }
                log.read();
              },
              LOG_INTERVAL_MILLIS,
              LOG_INTERVAL_MILLIS,
              TimeUnit.MILLISECONDS);
      long rows = -1;
      try {
        if (statement.execute(text)) {
          poll.cancel(false);
          log.read();
          try (ResultSet result = statement.getResultSet()) {
            rows = printer.print(result);
            if (rows == 0 && Placeholder.has(result.getMetaData())) {
              rows = -1;
            }
          }
        }
      } finally {
        poll.cancel(false);
      }
      return new Outcome(rows, Duration.ofNanos(System.nanoTime() - start));
    } finally {
      running.set(null);
    }
  }

  /** Cancels the statement that runs, if one does. */
  void cancel() throws SQLException {
    Statement statement = running.get();
    if (statement != null) {
      statement.cancel();
    }
  }

  @Override
  public void close() {
    logReader.shutdownNow();
  }
}
