// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.kyuubi.jdbc.hive.KyuubiStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Router engines that come, go and die behind one stock Kyuubi. */
@NeedsKyuubi
class TwoRouterEnginesTest {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int SESSIONS = 50;

  /** Runs on Spark, which has to start first: far longer than the rest of the test. */
  private static final String LONG =
      "SELECT java_method('java.lang.Thread', 'sleep', CAST(600000 AS BIGINT))";

  /** What Kyuubi's server tells a user whose engine is gone: nothing about the statement's text. */
  private static final Consumer<String> LOST =
      message -> assertThat(message).contains("TTransportException");

  @TempDir static Path folder;

  private static TestingServer keeper;
  private static StockKyuubi kyuubi;

  @BeforeAll
  static void start() throws Exception {
    keeper = Keepers.start(folder.resolve("zookeeper"));
    kyuubi = StockKyuubi.withAdvisor(folder.resolve("kyuubi"), keeper.getConnectString());
  }

  @AfterAll
  static void stop() throws Exception {
    if (kyuubi != null) {
      kyuubi.close();
    }
    if (keeper != null) {
      keeper.close();
    }
  }

  @Test
  void oneIsKilledWithFiftySessionsOpen() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(SESSIONS + 1);
    List<Connection> sessions = new ArrayList<>();
    try (RouterProcess dying = router("dying")) {
      for (Future<Connection> opening : each(clients, SESSIONS, () -> kyuubi.connect())) {
        sessions.add(opening.get(LIMIT.toSeconds(), TimeUnit.SECONDS));
      }
      Future<String> running = clients.submit(() -> failure(sessions.get(SESSIONS - 1), LONG));
      try (RouterProcess other = router("other")) {
        awaitEntries(2);
        await().atMost(LIMIT).until(() -> dying.isStartingSpark() || running.isDone());
        assertThat(running.isDone()).isFalse();
        dying.process().kill();
        long killed = System.nanoTime();
        answerOn(other);
        System.out.printf(
            "a new session has its answer %d ms after the kill%n",
            (System.nanoTime() - killed) / 1_000_000);

        assertThat(running.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).satisfies(LOST);
        List<Future<String>> failures = new ArrayList<>();
        for (Connection session : sessions.subList(0, SESSIONS - 1)) {
          failures.add(clients.submit(() -> failure(session, "SELECT 1")));
        }
        for (Future<String> failure : failures) {
          assertThat(failure.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).satisfies(LOST);
        }
        for (Future<?> answer : each(clients, SESSIONS, () -> answerOn(other))) {
          answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
        closeAll(sessions, clients);
      }
    } finally {
      clients.shutdownNow();
    }
    awaitEntries(0);
  }

  @Test
  void zooKeeperIsRestarted() throws Exception {
    try (RouterProcess one = router("one");
        RouterProcess two = router("two");
        Connection open = kyuubi.connect()) {
      awaitEntries(2);
      answer(open);
      keeper.stop();
      answer(open);
      keeper.restart();
      awaitEntries(2);
      answer(open);
      answerOn(one, two);
    }
    awaitEntries(0);
  }

  @Test
  void oneIsDeregisteredAndFinishesWhatItHas() throws Exception {
    try (RouterProcess leaving = router("leaving")) {
      Connection open = kyuubi.connect();
      answer(open);
      try (CuratorFramework client = client()) {
        String entry = entries(client).get(0);
        try (RouterProcess staying = router("staying")) {
          awaitEntries(2);
          // As kyuubi-ctl and Kyuubi's REST API delete an engine.
          client.delete().forPath(place() + "/" + entry);
          answerOn(staying);
          answer(open);
          open.close();
          assertThat(leaving.process().awaitExit()).isZero();
        }
      }
    }
    awaitEntries(0);
  }

  @Test
  void oneIsToldToStopAndFinishesWhatItHas() throws Exception {
    try (RouterProcess leaving = router("stopping")) {
      Connection open = kyuubi.connect();
      answer(open);
      try (RouterProcess staying = router("remaining")) {
        awaitEntries(2);
        // As systemd does.
        leaving.process().terminate();
        awaitEntries(1);
        answerOn(staying);
        answer(open);
        open.close();
        assertThat(leaving.process().awaitExit()).isZero();
      }
    }
    awaitEntries(0);
  }

  private static RouterProcess router(String name) throws Exception {
    return RouterProcess.start(folder.resolve(name), keeper.getConnectString());
  }

  /** Opens a session and has it answer; it must be on one of these. */
  private static Void answerOn(RouterProcess... expected) throws Exception {
    String user = "user-" + UUID.randomUUID();
    try (Connection connection = kyuubi.connectAs(user)) {
      answer(connection);
    }
    boolean there = false;
    for (RouterProcess router : expected) {
      there |= router.opened(user);
    }
    assertThat(there).as("opened on the expected router engine").isTrue();
    return null;
  }

  private static void answer(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet answer = statement.executeQuery("SELECT 40 + 2")) {
      assertThat(answer.next()).isTrue();
      assertThat(answer.getInt(1)).isEqualTo(42);
    }
  }

  private static String failure(Connection connection, String sql) {
    try (KyuubiStatement statement = (KyuubiStatement) connection.createStatement()) {
      statement.setQueryTimeout((int) LIMIT.toSeconds());
      statement.executeQuery(sql).close();
      return "";
    } catch (SQLException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static <T> List<Future<T>> each(ExecutorService clients, int number, Callable<T> action) {
    List<Future<T>> futures = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      futures.add(clients.submit(action));
    }
    return futures;
  }

  /** A session whose engine is gone can still be closed, and does not hang. */
  private static void closeAll(List<Connection> sessions, ExecutorService clients)
      throws InterruptedException, ExecutionException, TimeoutException {
    List<Future<?>> closing = new ArrayList<>();
    for (Connection session : sessions) {
      closing.add(
          clients.submit(
              () -> {
                session.close();
                return null;
              }));
    }
    for (Future<?> closed : closing) {
      closed.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    }
  }

  private static void awaitEntries(int number) throws Exception {
    try (CuratorFramework client = client()) {
      await().atMost(LIMIT).until(() -> entries(client).size() == number);
    }
  }

  private static List<String> entries(CuratorFramework client) throws Exception {
    return client.checkExists().forPath(place()) == null
        ? List.of()
        : client.getChildren().forPath(place());
  }

  private static String place() {
    return "/kyuubi_%s_SERVER_JDBC/%s/auto-router"
        .formatted(GivenKyuubi.version(), System.getProperty("user.name"));
  }

  private static CuratorFramework client() {
    CuratorFramework client =
        CuratorFrameworkFactory.newClient(keeper.getConnectString(), new RetryOneTime(1_000));
    client.start();
    return client;
  }
}
