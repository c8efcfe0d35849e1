// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * 64 clients at once for two minutes, statements for DuckDB, the gateway and Spark mixed: no error,
 * no wrong answer, and a heap that does not grow. Run with {@code -Pload}.
 */
@Tag("load")
@ExtendWith(LiveLake.class)
class ManyClientsTest {
  private static final int CLIENTS = 64;
  private static final long SECONDS = Long.getLong("kitsune.load.seconds", 120);

  /** Most are a dashboard's; one in sixteen needs Spark, whose two cores are the slow part. */
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT 1",
          "SELECT count(*) FROM tpch.nation",
          "SELECT n_name FROM tpch.nation WHERE n_nationkey = 7",
          "SELECT r_name, count(*) FROM tpch.nation JOIN tpch.region ON n_regionkey = r_regionkey"
              + " GROUP BY r_name ORDER BY r_name",
          "SELECT o_orderpriority, count(*), sum(o_totalprice) FROM tpch.orders"
              + " WHERE o_orderdate >= DATE '1997-01-01' GROUP BY o_orderpriority ORDER BY 1",
          "SHOW TABLES IN tpch",
          "SELECT s_name, s_acctbal FROM tpch.supplier ORDER BY s_acctbal DESC, s_name LIMIT 10");

  private static final String FOR_SPARK =
      "SELECT percentile_approx(n_nationkey, 0.5) FROM tpch.nation";

  @Test
  void sixtyFourClientsGetRightAnswersAndTheHeapStaysFlat() throws Exception {
    Map<String, ResultTable> expected = answers();
    ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    AtomicLong statements = new AtomicLong();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(CLIENTS);
    List<Future<?>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      int client = i;
      clients.add(
          pool.submit(
              () -> {
                start.await();
                run(client, expected, statements, failures);
                return null;
              }));
    }
    long before = usedHeap();
    start.countDown();
    for (Future<?> client : clients) {
      client.get(SECONDS + 300, TimeUnit.SECONDS);
    }
    pool.shutdown();
    long after = usedHeap();
    System.out.printf(
        "%d clients, %d s, %d statements, %d failures, heap %d MiB before and %d MiB after%n",
        CLIENTS, SECONDS, statements.get(), failures.size(), before >> 20, after >> 20);

    assertThat(failures).isEmpty();
    assertThat(statements.get()).isGreaterThan(CLIENTS);
    assertThat(after - before).as("growth of the heap after a collection").isLessThan(128L << 20);
  }

  private static Map<String, ResultTable> answers() throws SQLException {
    Map<String, ResultTable> expected = new java.util.HashMap<>();
    try (Connection connection = LiveLake.get().connect()) {
      for (String sql : STATEMENTS) {
        expected.put(sql, ResultTable.of(connection, sql));
      }
      expected.put(FOR_SPARK, ResultTable.of(connection, FOR_SPARK));
    }
    return expected;
  }

  private static void run(
      int client,
      Map<String, ResultTable> expected,
      AtomicLong statements,
      ConcurrentLinkedQueue<String> failures) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    try (Connection connection = LiveLake.get().connect()) {
      for (int turn = client; System.nanoTime() < end; turn++) {
        String sql = turn % 16 == 0 ? FOR_SPARK : STATEMENTS.get(turn % STATEMENTS.size());
        if (!ResultTable.of(connection, sql).equals(expected.get(sql))) {
          failures.add("a wrong answer to " + sql);
        }
        statements.incrementAndGet();
      }
    } catch (SQLException e) {
      failures.add("client " + client + ": " + e.getMessage());
    }
  }

  private static long usedHeap() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
