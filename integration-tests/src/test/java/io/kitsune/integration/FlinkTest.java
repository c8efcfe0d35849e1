// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Streams into a table that batches read, all through one port. */
@ExtendWith(LiveLake.class)
@Timeout(400)
class FlinkTest {
  private static final Duration SOON = Duration.ofSeconds(120);

  @Test
  void aStreamFillsATableThatOtherEnginesRead() throws SQLException {
    try (Connection connection = LiveLake.get().connect()) {
      run(connection, "CREATE DATABASE streams");
      run(connection, "USE streams");
      run(connection, "CREATE TABLE events (id BIGINT, url STRING) USING iceberg");
      assertThat(run(connection, "SELECT count(*) FROM events")).containsExactly("0");
      run(
          connection,
          """
          CREATE TABLE clicks (id BIGINT, url STRING) WITH ('connector' = 'datagen',
            'rows-per-second' = '20', 'fields.id.kind' = 'sequence', 'fields.id.start' = '0',
            'fields.id.end' = '1000000')
          """);
      run(connection, "SET `execution.checkpointing.interval`=1s");

      String job = run(connection, "INSERT INTO events SELECT id, url FROM clicks").get(0);

      assertThat(job).hasSize(32);
      long few = grows(connection, 0);
      grows(connection, few);
      assertThat(LiveLake.get().lastReport().decision())
          .singleElement()
          .satisfies(decision -> assertThat(decision.chosen().engine().id()).isEqualTo("duckdb"));
      assertThat(run(connection, "SHOW JOBS")).contains(job);
      assertThat(run(connection, "SELECT /*+ ENGINE(flink) */ min(id) FROM events"))
          .containsExactly("0");
      cancels(connection);

      assertThat(run(connection, "STOP JOB '" + job + "' WITH SAVEPOINT").get(0))
          .contains("savepoint");

      long all = count(connection);
      assertThat(run(connection, "SELECT max(id) FROM events"))
          .containsExactly(Long.toString(all - 1));
      run(connection, "DROP TABLE events");
      run(connection, "DROP DATABASE streams");
    }
  }

  /** A query that does not end: rows come as they arrive, until it is cancelled. */
  private static void cancels(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10);
      ResultSet rows = statement.executeQuery("SELECT id FROM clicks");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isZero();

      statement.cancel();

      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  assertThat(rows.getLong(1)).isPositive();
                }
              })
          .isInstanceOf(SQLException.class);
    }
  }

  private static long grows(Connection connection, long before) {
    await().atMost(SOON).until(() -> count(connection) > before);
    try {
      return count(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static long count(Connection connection) throws SQLException {
    return Long.parseLong(run(connection, "SELECT count(*) FROM events").get(0));
  }

  /** The first column of what it yields. */
  private static List<String> run(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        ResultSet rows = statement.getResultSet();
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    }
    return values;
  }
}
