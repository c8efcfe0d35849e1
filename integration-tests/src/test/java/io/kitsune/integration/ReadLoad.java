// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Clients that send queries to every engine, one after the other and again and again, and compare
 * each answer with the first.
 */
final class ReadLoad implements AutoCloseable {
  private static final Duration SOON = Duration.ofMinutes(10);
  private static final int CLIENTS = 2;

  /** One for Spark, which nobody else may take, one for Trino, one for DuckDB. */
  private static final List<String> QUERIES =
      List.of(
          "SELECT percentile_approx(id, 0.5), count(*), max(text) FROM shop.for_spark",
          "SELECT count(*), max(id), min(text) FROM shop.for_trino WHERE id > 3",
          "SELECT count(*), max(id) FROM shop.numbers WHERE id > 7");

  private final KillableLake lake;
  private final Map<String, ResultTable> expected = new LinkedHashMap<>();
  private final AtomicLongArray rounds = new AtomicLongArray(CLIENTS);
  private final AtomicBoolean enough = new AtomicBoolean();
  private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
  private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
  private final List<Future<?>> clients = new ArrayList<>();

  /** Learns the answers and starts. */
  ReadLoad(KillableLake lake) throws SQLException {
    this.lake = lake;
    try (Connection connection = lake.connect()) {
      for (String query : QUERIES) {
        expected.put(query, ResultTable.of(connection, query));
      }
    }
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.add(threads.submit(() -> run(client)));
    }
  }

  private Void run(int client) throws SQLException {
    try (Connection connection = lake.connect()) {
      while (!enough.get()) {
        for (String query : QUERIES) {
          check(connection, query);
        }
        rounds.incrementAndGet(client);
      }
    }
    return null;
  }

  private void check(Connection connection, String query) {
    try {
      if (!ResultTable.of(connection, query).equals(expected.get(query))) {
        failures.add("a wrong answer to " + query);
      }
    } catch (SQLException e) {
      failures.add(e.getSQLState() + " " + e.getMessage());
    }
  }

  /** Waits until each client has begun and ended a round since now. */
  void awaitRound() {
    long[] before = new long[CLIENTS];
    for (int i = 0; i < CLIENTS; i++) {
      before[i] = rounds.get(i);
    }
    await()
        .atMost(SOON)
        .until(
            () -> {
              for (int i = 0; i < CLIENTS; i++) {
                if (rounds.get(i) < before[i] + 2 && !clients.get(i).isDone()) {
                  return false;
                }
              }
              return true;
            });
  }

  /** What went wrong so far. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() throws InterruptedException, ExecutionException {
    enough.set(true);
    threads.shutdown();
    assertThat(threads.awaitTermination(SOON.toMinutes(), TimeUnit.MINUTES)).isTrue();
    for (Future<?> client : clients) {
      client.get();
    }
  }
}
