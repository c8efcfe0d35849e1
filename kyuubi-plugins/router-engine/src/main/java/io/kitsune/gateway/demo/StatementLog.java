// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.demo;

import io.kitsune.engine.ProgressListener;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kyuubi.jdbc.hive.logs.KyuubiLoggable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the newest line of a statement's operation log while the statement runs. */
final class StatementLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StatementLog.class);
  private static final long INTERVAL_MILLIS = 500;

  /** A statement that takes less long needs no explanation. */
  private static final long PATIENCE_MILLIS = 2_000;

  private static final long END_LIMIT_SECONDS = 5;

  private final Statement statement;
  private final ProgressListener progress;
  private final ScheduledExecutorService reader =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "statement-log");
            thread.setDaemon(true);
            return thread;
          });

  private StatementLog(Statement statement, ProgressListener progress) {
    this.statement = statement;
    this.progress = progress;
  }

  static StatementLog follow(Statement statement, ProgressListener progress) {
    StatementLog log = new StatementLog(statement, progress);
    var unused =
        log.reader.scheduleWithFixedDelay(
            log::read, PATIENCE_MILLIS, INTERVAL_MILLIS, TimeUnit.MILLISECONDS);
    return log;
  }

  private void read() {
    try {
      if (statement instanceof KyuubiLoggable loggable) {
        List<String> lines = loggable.getExecLog();
        if (!lines.isEmpty()) {
          progress.progress(lines.get(lines.size() - 1));
        }
      }
    } catch (SQLException | RuntimeException e) {
      LOG.debug("the operation log could not be read", e);
    }
  }

  /** From here on nothing is shown. */
  @Override
  public void close() {
    reader.shutdownNow();
    try {
      if (!reader.awaitTermination(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        LOG.debug("the operation log is still being read");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
