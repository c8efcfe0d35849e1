// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.util.Map;

/** Tables that the tests' Spark makes for those of other engines, in its Metastore. */
public final class SparkTables {
  private static final Duration SOON = Duration.ofMinutes(3);

  private SparkTables() {}

  /** Runs statements one after the other, in UTC. */
  public static void run(String... statements) throws InterruptedException {
    SessionSettings settings =
        new SessionSettings("tables", "tester", 9, Map.of("spark.sql.session.timeZone", "UTC"));
    try (EngineSession session = SharedSpark.launcher().open(settings, ProgressListener.NONE)) {
      for (String statement : statements) {
        try (StatementExecution execution =
            session.execute(new Dispatch.SparkStatement(statement))) {
          execution.await(SOON);
          // Throws why it failed.
          execution.cursor();
        }
      }
    }
  }

  /** Where the tables' Metastore is; starts it if need be. */
  public static String metastore() {
    return SharedSpark.metastore();
  }
}
