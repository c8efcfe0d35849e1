// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kyuubi.jdbc.hive.KyuubiStatement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a client sees of a long statement on Spark while it waits, and that it can stop it. */
@ExtendWith(LiveLake.class)
class SparkProgressTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final String LONG = "SELECT sum(id % 7) FROM range(0, 100000000000, 1, 2000)";

  @Test
  void theOperationLogTellsHowFarItIsUntilItIsCancelled() throws Exception {
    try (Connection connection = LiveLake.get().connect("kitsune.engine=spark");
        KyuubiStatement statement = (KyuubiStatement) connection.createStatement()) {
      CompletableFuture<String> outcome =
          CompletableFuture.supplyAsync(() -> sqlState(statement, LONG));
      List<String> log = new ArrayList<>();
      await()
          .atMost(SOON)
          // Before the other thread has begun there is no log to read.
          .ignoreExceptionsInstanceOf(SQLException.class)
          .untilAsserted(
              () -> {
                log.addAll(statement.getExecLog());
                assertThat(outcome).isNotDone();
                assertThat(log)
                    .anyMatch(
                        line ->
                            line.matches(
                                ".*progress: spark: \\d+ %, 0 of 1 stages, [1-9]\\d* of 2000 tasks, .* rows"));
              });

      statement.cancel();

      // What the driver itself makes of a statement that was cancelled.
      assertThat(outcome.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("01000");
    }
  }

  /** Why it failed; empty if it did not. */
  private static String sqlState(KyuubiStatement statement, String query) {
    try {
      statement.execute(query);
      return "";
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
