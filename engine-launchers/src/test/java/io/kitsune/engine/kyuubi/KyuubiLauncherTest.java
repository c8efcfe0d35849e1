// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.CursorReader;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.health.EngineFailure;
import io.kitsune.engine.kyuubi.KyuubiServers.Server;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.spark.SharedSpark;
import io.kitsune.engine.thrift.Authentication;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.EngineStatus;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kyuubi.shaded.thrift.transport.TTransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class KyuubiLauncherTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  private KyuubiStandIn kyuubi;
  private KyuubiLauncher launcher;

  @BeforeEach
  void start() throws TTransportException {
    kyuubi = new KyuubiStandIn(SharedSpark.server());
    launcher = launcher(Duration.ofMinutes(2), kyuubi.address());
  }

  @AfterEach
  void stop() {
    launcher.close();
    kyuubi.close();
  }

  private static KyuubiLauncher launcher(Duration start, Server... servers) {
    return new KyuubiLauncher(
        new KyuubiEngineSettings(
            KyuubiEngine.SPARK,
            KyuubiServers.at(List.of(servers)),
            new KyuubiLogin.Impersonating("router", new Authentication.NoSasl()),
            "here:10009",
            Map.of("spark.executor.memory", "3g", "kyuubi.engine.share.level", "GROUP"),
            new KyuubiEngineSettings.Limits(start, Duration.ofMinutes(1), 1_000, 1 << 20)));
  }

  private EngineSession open(Map<String, String> client) {
    return launcher.open(
        new SessionSettings("s1", "vera", 9, Map.of(), client), ProgressListener.NONE);
  }

  private static Dispatch sql(String text) {
    return new Dispatch.SparkStatement(text);
  }

  private static List<List<Object>> read(EngineSession session, String text) throws Exception {
    try (StatementExecution execution = session.execute(sql(text))) {
      execution.await(SOON);
      return CursorReader.of(execution.cursor(), ZoneOffset.UTC).readAll();
    }
  }

  private static KitsuneException failure(Runnable action) {
    try {
      action.run();
    } catch (KitsuneException e) {
      return e;
    }
    throw new AssertionError("it did not fail");
  }

  @Test
  void theSessionIsTheEndUsersWithItsKeysAndNoneThatLeadBack() throws Exception {
    try (EngineSession session =
        open(
            Map.of(
                "spark.executor.memory", "5g",
                "spark.sql.shuffle.partitions", "7",
                "kyuubi.engine.type", "JDBC",
                "kyuubi.engine.jdbc.connection.url", "kitsune",
                "kyuubi.engine.share.level.subdomain", "auto-router",
                "kyuubi.session.engine.idle.timeout", "PT1H",
                "kyuubi.engine.credentials", "secret",
                "kyuubi.session.handle", "another"))) {
      KyuubiStandIn.Opened opened = kyuubi.opened().get(0);
      assertThat(opened.user()).isEqualTo("router");
      assertThat(opened.keys())
          .containsEntry("hive.server2.proxy.user", "vera")
          .containsEntry("kyuubi.engine.type", "SPARK_SQL")
          .containsEntry("kitsune.hop", "here:10009")
          .containsEntry("kyuubi.engine.share.level", "GROUP")
          .containsEntry("spark.executor.memory", "5g")
          .containsEntry("kyuubi.session.engine.idle.timeout", "PT1H")
          .doesNotContainKeys(
              "kyuubi.engine.jdbc.connection.url",
              "kyuubi.engine.share.level.subdomain",
              "kyuubi.engine.credentials",
              "kyuubi.session.handle");
      assertThat(session.settings())
          .isEqualTo(Map.of("spark.executor.memory", "5g", "spark.sql.shuffle.partitions", "7"));

      assertThat(read(session, "SELECT '${spark.sql.shuffle.partitions}' AS p"))
          .containsExactly(List.of("7"));
      assertThat(kyuubi.overlays()).containsExactly(Map.of("kitsune.hop", "here:10009"));
      assertThat(launcher.openSessions()).isEqualTo(1);
    }
    assertThat(launcher.openSessions()).isZero();
    assertThat(kyuubi.openSessions()).isZero();
  }

  @Test
  void aShareLevelOfTheClientsOwnIsPassedOn() {
    try (EngineSession session = open(Map.of("kyuubi.engine.share.level.subdomain", "etl"))) {
      assertThat(session.alive()).isTrue();
      assertThat(kyuubi.opened().get(0).keys())
          .containsEntry("kyuubi.engine.share.level.subdomain", "etl");
    }
  }

  @Test
  void theLaunchersOutputIsToldWhileOneWaits() throws Exception {
    CompletableFuture<String> launched = new CompletableFuture<>();
    kyuubi.launching(launched);
    List<String> told = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<EngineSession> opening =
        CompletableFuture.supplyAsync(
            () ->
                launcher.open(
                    new SessionSettings("s1", "vera", 9, Map.of()),
                    line -> {
                      told.add(line);
                    }));
    await().atMost(SOON).until(() -> !told.isEmpty());
    kyuubi.launcherSays("Starting Spark on YARN");
    await().atMost(SOON).until(() -> told.contains("Starting Spark on YARN"));
    assertThat(opening).isNotDone();

    launched.complete("");

    try (EngineSession session = opening.get()) {
      assertThat(read(session, "SELECT 1 AS one")).containsExactly(List.of(1));
      await().atMost(SOON).untilAsserted(() -> assertThat(kyuubi.openLaunches()).isZero());
    }
    assertThat(told.get(0)).startsWith("Spark engine is being launched by Kyuubi at 127.0.0.1:");
  }

  @Test
  void aLaunchThatFailsIsOneLineAndLeavesNoSession() {
    kyuubi.launching(
        CompletableFuture.completedFuture(
            "org.apache.kyuubi.KyuubiSQLException: java.lang.RuntimeException: no queue etl\n\tat a.B.c(D.java:1)"));

    KitsuneException failure = failure(() -> open(Map.of()).close());

    assertThat(failure.code()).isEqualTo("ENGINE_LAUNCH_FAILED");
    // The user's own bad luck: others keep their engines, and the query may run elsewhere.
    assertThat(EngineFailure.is(failure)).isFalse();
    assertThat(failure.sqlState()).isEqualTo("57P03");
    assertThat(failure).hasMessageContaining("no queue etl").hasMessageNotContaining("\tat ");
    assertThat(launcher.openSessions()).isZero();
    assertThat(kyuubi.openSessions()).isZero();
  }

  @Test
  void aLaunchThatTakesTooLongIsGivenUp() {
    kyuubi.launching(new CompletableFuture<>());
    try (KyuubiLauncher impatient = launcher(Duration.ofMillis(1), kyuubi.address())) {
      KitsuneException failure =
          failure(
              () ->
                  impatient
                      .open(new SessionSettings("s", "vera", 9, Map.of()), ProgressListener.NONE)
                      .close());

      assertThat(failure.code()).isEqualTo("ENGINE_LAUNCH_FAILED");
      assertThat(failure).hasMessageContaining("kitsune.spark.start-timeout");
      assertThat(kyuubi.openSessions()).isZero();
    }
  }

  @Test
  void aLoopIsNamed() {
    kyuubi.launching(
        CompletableFuture.completedFuture(
            "org.apache.kyuubi.KyuubiSQLException: ROUTING_LOOP: Kyuubi sent\n\tat a.B.c(D.java:1)"));

    KitsuneException failure = failure(() -> open(Map.of()).close());

    assertThat(failure.code()).isEqualTo("ROUTING_LOOP");
    assertThat(failure)
        .hasMessageContaining("here:10009")
        .hasMessageContaining("kyuubi.session.conf.ignore.list");
  }

  @Test
  void aKeyThatKyuubiForbidsIsNamedWithItsList() {
    kyuubi.refuse(
        "Error opening session for vera client ip 127.0.0.1, due to spark.executor.memory is a restrict key according to the server-side configuration, please remove it and retry if you want to proceed");

    assertThatThrownBy(() -> open(Map.of()))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("spark.executor.memory is a restrict key")
        .hasMessageContaining("kyuubi.session.conf.restrict.list");
  }

  @Test
  void errorsAreTheEnginesWithoutKyuubisStackTrace() throws Exception {
    try (EngineSession session = open(Map.of());
        StatementExecution execution = session.execute(sql("SELECT * FROM nowhere"))) {
      assertThat(execution.await(SOON)).isEqualTo(State.FAILED);

      KitsuneException failure = failure(execution::cursor);

      assertThat(failure.code()).isEqualTo("SPARK_TABLE_OR_VIEW_NOT_FOUND");
      assertThat(failure.sqlState()).isEqualTo("42P01");
      assertThat(failure)
          .hasMessageContaining("`nowhere`")
          .hasMessageNotContaining("KyuubiSQLException")
          .hasMessageNotContaining("\tat ");
      assertThat(session.alive()).isTrue();
    }
  }

  @Test
  void progressIsThatOfTheStages() throws Exception {
    try (EngineSession session = open(Map.of());
        StatementExecution execution =
            session.execute(sql("SELECT sum(id % 7) FROM range(0, 1000000000000, 1, 1)"))) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(execution.await(Duration.ofMillis(100))).isEqualTo(State.RUNNING);
                assertThat(execution.progress().stage())
                    .isEqualTo("1 of 2 stages, 6 of 12 tasks, 1 running");
              });
      assertThat(execution.progress().fraction()).hasValue(0.5);

      execution.cancel();

      assertThat(execution.await(SOON)).isEqualTo(State.CANCELLED);
    }
  }

  @Test
  void aSessionThatKyuubiClosedIsNoticed() {
    try (EngineSession session = open(Map.of())) {
      kyuubi.forgetSessions();

      assertThat(((KyuubiSession) session).stillThere()).isFalse();
      assertThat(session.alive()).isFalse();
      assertThat(failure(() -> session.execute(sql("SELECT 1")).close()).code())
          .isEqualTo("ENGINE_GONE");
    }
  }

  @Test
  void anotherServerTakesOverFromOneThatDies() throws Exception {
    KyuubiStandIn second = new KyuubiStandIn(SharedSpark.server());
    try (second;
        KyuubiLauncher both =
            launcher(
                Duration.ofMinutes(2),
                kyuubi.address(),
                new Server("127.0.0.1", LoopbackPort.free()),
                second.address())) {
      List<EngineSession> sessions = new ArrayList<>();
      while (kyuubi.openSessions() == 0) {
        sessions.add(
            both.open(new SessionSettings("s", "vera", 9, Map.of()), ProgressListener.NONE));
      }
      EngineSession lost = sessions.get(sessions.size() - 1);

      kyuubi.close();

      assertThat(failure(() -> lost.execute(sql("SELECT 1")).close()))
          .extracting(KitsuneException::code, KitsuneException::sqlState)
          .containsExactly("ENGINE_GONE", "08006");
      assertThat(lost.alive()).isFalse();
      sessions.add(both.open(new SessionSettings("s", "vera", 9, Map.of()), ProgressListener.NONE));
      assertThat(read(sessions.get(sessions.size() - 1), "SELECT 1 AS one"))
          .containsExactly(List.of(1));
      sessions.forEach(EngineSession::close);
      assertThat(both.openSessions()).isZero();
    }
  }

  @Test
  void aLoginIsTriedAtEachServerWithoutASession() {
    Server nobody = new Server("127.0.0.1", LoopbackPort.free());
    try (KyuubiLauncher both = launcher(Duration.ofMinutes(2), kyuubi.address(), nobody)) {
      assertThat(both.tryLogins())
          .hasSize(2)
          .contains(kyuubi.address() + " lets router in")
          .anyMatch(line -> line.startsWith(nobody + " does not let router in"));
      assertThat(kyuubi.opened()).isEmpty();
    }
    try (KyuubiLauncher none = launcher(Duration.ofMinutes(2), nobody)) {
      assertThat(failure(none::tryLogins).code()).isEqualTo("ENGINE_UNAVAILABLE");
    }
  }

  @Test
  void withoutAServerItSaysWhere() {
    kyuubi.close();

    await().atMost(SOON).until(() -> launcher.status().state() == EngineStatus.State.FAILED);
    KitsuneException failure = failure(() -> open(Map.of()).close());
    assertThat(failure.code()).isEqualTo("ENGINE_UNAVAILABLE");
    assertThat(failure).hasMessageContaining(kyuubi.address().toString());
  }
}
