// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.FolderTree;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.engine.spark.SparkSource.Authentication;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch.SparkStatement;
import io.kitsune.router.EngineStatus;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Spark's birth and death, with Sparks of its own. */
@Timeout(400)
final class SparkLifeTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final SessionSettings SESSION = new SessionSettings("life", "alice", 9, Map.of());

  @TempDir private Path home;

  @Test
  void manyFirstCallersGetOneSparkWhichIsReplacedWhenKilledAndStoppedWhenIdle() throws Exception {
    SparkSettings.Limits limits =
        new SparkSettings.Limits(
            Duration.ofMinutes(3), Duration.ofSeconds(2), Duration.ofMinutes(1), 1_000, 64 << 20);
    SparkSource source = new SparkSource.Download(TestArtifacts.shared());
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (SparkLauncher launcher = new SparkLauncher(SharedSpark.inMemory(home, source, limits))) {
      assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
      List<EngineSession> sessions = openAtOnce(launcher, 4, lines);
      assertThat(sparks()).hasSize(1);
      assertThat(lines).filteredOn(line -> line.equals("starting Spark")).hasSize(4);
      assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.READY);

      StatementExecution slow =
          sessions
              .get(0)
              .execute(new SparkStatement("SELECT sum(id % 7) FROM range(1000000000000)"));
      assertThat(slow.await(Duration.ofSeconds(1))).isEqualTo(State.RUNNING);
      sparks().get(0).destroyForcibly();

      assertThat(slow.await(SOON)).isEqualTo(State.FAILED);
      KitsuneException failure = catchThrowableOfType(KitsuneException.class, slow::cursor);
      assertThat(failure.code()).isEqualTo("ENGINE_GONE");
      assertThat(failure).hasMessageContainingAll("ended with exit code 137", "spark.log");
      assertThat(sessions).noneMatch(EngineSession::alive);
      assertThatThrownBy(() -> sessions.get(1).execute(new SparkStatement("SELECT 1")))
          .extracting("code")
          .isEqualTo("ENGINE_GONE");
      assertThatCode(() -> sessions.forEach(EngineSession::close)).doesNotThrowAnyException();
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(launcher.status().reason()).contains("exit code 137"));

      try (EngineSession next = launcher.open(SESSION, ProgressListener.NONE)) {
        assertThat(state(next, "CREATE TABLE t USING iceberg AS SELECT 1 AS a"))
            .isEqualTo(State.FINISHED);
        assertThat(state(next, "SELECT * FROM t")).isEqualTo(State.FINISHED);
        strangersAreKeptOut(((SparkSession) next).address().port());
      }
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
                assertThat(sparks()).isEmpty();
              });
      assertThat(launcher.status().reason()).contains("without a session");
    }
  }

  @Test
  void aHomeAndAnEndpoint() throws Exception {
    Path sparkHome = sparkHome();
    SparkSource source = new SparkSource.Home(sparkHome, TestArtifacts.shared());
    SparkSettings settings = SharedSpark.inMemory(home, source, SharedSpark.LIMITS);
    try (SparkLauncher launcher = new SparkLauncher(settings)) {
      launcher.prepare();
      try (EngineSession session = launcher.open(SESSION, ProgressListener.NONE)) {
        assertThat(state(session, "CREATE TABLE t USING iceberg AS SELECT 1 AS a"))
            .isEqualTo(State.FINISHED);
        asAnEndpoint(((SparkSession) session).address());
      }
    }
    assertThat(sparks()).isEmpty();
    FolderTree.delete(sparkHome);
  }

  private void asAnEndpoint(ThriftAddress address) throws Exception {
    SparkSource source =
        new SparkSource.Endpoint(address.host(), address.port(), address.authentication());
    try (SparkLauncher launcher =
            new SparkLauncher(
                SharedSpark.inMemory(home.resolve("other"), source, SharedSpark.LIMITS));
        EngineSession session = launcher.open(SESSION, ProgressListener.NONE)) {
      assertThat(state(session, "SELECT * FROM t")).isEqualTo(State.FINISHED);
      await().atMost(SOON).until(() -> launcher.status().state() == EngineStatus.State.READY);
    }
  }

  @Test
  void aStartThatFailsIsQuotedAndTheNextIsTried() {
    SparkSource source = new SparkSource.Download(TestArtifacts.shared());
    SparkSettings good = SharedSpark.inMemory(home, source, SharedSpark.LIMITS);
    SparkSettings bad =
        new SparkSettings(
            good.source(),
            good.folder(),
            good.warehouse(),
            good.javaHome(),
            good.heapMegabytes(),
            good.metastore(),
            Map.of("spark.master", "nonsense"),
            good.limits());
    try (SparkLauncher launcher = new SparkLauncher(bad)) {
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThatThrownBy(() -> launcher.open(SESSION, ProgressListener.NONE))
            .isInstanceOf(KitsuneException.class)
            .hasMessageContainingAll("exit code 1", "Master must either be yarn")
            .extracting("code")
            .isEqualTo("ENGINE_START_FAILED");
        assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
        assertThat(launcher.status().reason()).contains("Master must either");
      }
    }
  }

  @Test
  void aKilledGatewayLeavesNoSpark() throws Exception {
    JvmProgram gateway =
        new JvmProgram(
            "gateway",
            JvmProgram.currentJavaHome(),
            List.of("-Xmx128m", "-Dbasedir=" + System.getProperty("basedir", ".")),
            withoutSpark(),
            List.of(),
            Gateway.class.getName(),
            List.of(home.toString()),
            Map.of(),
            home.resolve("gateway"),
            home.resolve("gateway.log"));
    try (ChildProcess child = ChildProcess.start(gateway)) {
      child.awaitReady(SOON, () -> child.lastLines().contains("open"));
      List<ProcessHandle> sparks = ProcessHandle.of(child.pid()).orElseThrow().children().toList();
      assertThat(sparks).hasSize(1);

      ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();

      assertThat(sparks.get(0).onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  /** A gateway's class path: what is provided inside Spark is not on it. */
  private static List<String> withoutSpark() {
    String tests =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> entries = new ArrayList<>(List.of(tests.split(File.pathSeparator, -1)));
    assertThat(entries.removeIf(entry -> entry.contains("spark-hive-thriftserver"))).isTrue();
    return entries;
  }

  /** A process with a Spark. */
  static final class Gateway {
    private Gateway() {}

    public static void main(String[] arguments) throws InterruptedException {
      SparkSource source = new SparkSource.Download(TestArtifacts.shared());
      SparkLauncher launcher =
          new SparkLauncher(
              SharedSpark.inMemory(Path.of(arguments[0]), source, SharedSpark.LIMITS));
      EngineSession session = launcher.open(SESSION, ProgressListener.NONE);
      System.out.println(session.alive() ? "open" : "not open");
      new CountDownLatch(1).await();
    }
  }

  @Test
  void closingWhileItStartsLeavesNothing() {
    SparkSource source = new SparkSource.Download(TestArtifacts.shared());
    SparkLauncher launcher =
        new SparkLauncher(SharedSpark.inMemory(home, source, SharedSpark.LIMITS));
    launcher.prepare();
    await().atMost(SOON).until(() -> !sparks().isEmpty());
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.STARTING);

    launcher.close();

    assertThat(sparks()).isEmpty();
    assertThatThrownBy(() -> launcher.open(SESSION, ProgressListener.NONE))
        .extracting("code")
        .isEqualTo("ENGINE_CLOSED");
  }

  @Test
  void aFolderThatIsNoSparkHomeIsRefused() {
    SparkSource source = new SparkSource.Home(home, TestArtifacts.shared());

    assertThatThrownBy(
            () -> new SparkLauncher(SharedSpark.inMemory(home, source, SharedSpark.LIMITS)))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining(home.toString())
        .extracting("code")
        .isEqualTo("ENGINE_INSTALLATION_INVALID");
  }

  @Test
  void anEndpointWithNobodyThereIsUnavailable() {
    int port = LoopbackPort.free();
    SparkSource source = new SparkSource.Endpoint("127.0.0.1", port, new Authentication.NoSasl());
    try (SparkLauncher launcher =
        new SparkLauncher(SharedSpark.inMemory(home, source, SharedSpark.LIMITS))) {
      await().atMost(SOON).until(() -> launcher.status().state() == EngineStatus.State.FAILED);
      assertThat(launcher.status().reason()).contains("127.0.0.1:" + port);
      assertThatThrownBy(() -> launcher.open(SESSION, ProgressListener.NONE))
          .isInstanceOf(KitsuneException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .extracting("code")
          .isEqualTo("ENGINE_GONE");
    }
  }

  private static List<EngineSession> openAtOnce(
      SparkLauncher launcher, int count, List<String> lines) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<CompletableFuture<EngineSession>> opening = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        opening.add(
            CompletableFuture.supplyAsync(() -> launcher.open(SESSION, lines::add), threads));
      }
      List<EngineSession> sessions = new ArrayList<>();
      for (CompletableFuture<EngineSession> session : opening) {
        sessions.add(session.get(SOON.toSeconds() * 2, TimeUnit.SECONDS));
      }
      return sessions;
    } finally {
      threads.shutdown();
    }
  }

  /** Connects to the child's port without the secret. */
  private void strangersAreKeptOut(int port) {
    for (Authentication authentication :
        List.of(new Authentication.NoSasl(), new Authentication.Plain("guess"))) {
      SparkSource source = new SparkSource.Endpoint("127.0.0.1", port, authentication);
      SparkSettings.Limits limits =
          new SparkSettings.Limits(
              Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(10), 1, 1 << 20);
      try (SparkLauncher stranger =
          new SparkLauncher(SharedSpark.inMemory(home.resolve("stranger"), source, limits))) {
        assertThatThrownBy(() -> stranger.open(SESSION, ProgressListener.NONE))
            .isInstanceOf(KitsuneException.class);
      }
    }
  }

  private static State state(EngineSession session, String statement) throws Exception {
    try (StatementExecution execution = session.execute(new SparkStatement(statement))) {
      State state = execution.await(SOON);
      execution.cursor();
      return state;
    }
  }

  /** The Sparks that this test started. */
  private List<ProcessHandle> sparks() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(home.toString()))
        .toList();
  }

  /** A home as a distribution has it, of the artifacts' jars, without Iceberg. */
  private Path sparkHome() throws Exception {
    Path sparkHome = home.resolve("spark-home");
    Path jars = Files.createDirectories(sparkHome.resolve("jars"));
    Files.createDirectories(sparkHome.resolve("conf"));
    for (String jar :
        SparkInstallation.of(
                new SparkSource.Download(TestArtifacts.shared()), ProgressListener.NONE)
            .classPath()) {
      if (!jar.contains("iceberg-spark-runtime")) {
        Files.createSymbolicLink(jars.resolve(Path.of(jar).getFileName()), Path.of(jar));
      }
    }
    return sparkHome;
  }
}
