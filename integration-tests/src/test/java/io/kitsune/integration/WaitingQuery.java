// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.awaitility.Awaitility.await;

import io.kitsune.router.Engine;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kyuubi.jdbc.hive.KyuubiStatement;

/** A query for whose answer a client waits while another thread follows its operation log. */
final class WaitingQuery implements AutoCloseable {
  private static final Duration SOON = Duration.ofMinutes(5);

  private final Connection connection;
  private final KyuubiStatement statement;
  private final FutureTask<ResultTable> answer;
  private final List<String> log = new ArrayList<>();

  /** Sends a query. */
  WaitingQuery(KillableLake lake, String text) throws SQLException {
    connection = lake.connect();
    statement = (KyuubiStatement) connection.createStatement();
    // The result stays open, and the log with it.
    Callable<ResultTable> query = () -> ResultTable.of(statement.executeQuery(text));
    answer = new FutureTask<>(query);
    Thread client = new Thread(answer, "waiting-query");
    client.setDaemon(true);
    client.start();
  }

  /** Waits until an engine was chosen and told of it. */
  void awaitRunningOn(Engine engine) {
    await()
        .atMost(SOON)
        .until(
            () ->
                log().stream().anyMatch(line -> line.startsWith("route: " + engine.id()))
                    || answer.isDone());
  }

  /** The answer, as soon as it is there. */
  ResultTable answer() throws InterruptedException, TimeoutException, SQLException {
    try {
      return answer.get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failure) {
        throw failure;
      }
      throw new AssertionError("the client failed", e);
    }
  }

  /** The lines of its operation log so far. */
  List<String> log() throws SQLException {
    log.addAll(statement.getExecLog());
    return List.copyOf(log);
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      statement.close();
    }
  }
}
