// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CursorReader;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.EngineStatus;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Trino's birth and death, with Trinos of its own. */
@Timeout(600)
final class TrinoLifeTest {
  private static final Duration SOON = Duration.ofSeconds(180);
  private static final SessionSettings SESSION = new SessionSettings("life", "alice", 9, Map.of());
  private static final Dispatch SLOW =
      TrinoContractTest.query(
          "SELECT count(*) AS n FROM TABLE(sequence(start => 0, stop => 1000000)) AS a(x) CROSS JOIN TABLE(sequence(start => 0, stop => 1000000)) AS b(y) WHERE (x * 7 + y) % 11 = 3",
          Column.of("n", Simple.BIGINT));
  private static final Dispatch LARGE =
      TrinoContractTest.query(
          "SELECT x AS n FROM TABLE(sequence(start => 0, stop => 100000000)) AS a(x)",
          Column.of("n", Simple.BIGINT));

  @TempDir private Path home;

  @BeforeAll
  static void needsJava() {
    SharedTrino.assumeJava();
  }

  @Test
  void manyFirstCallersGetOneTrinoWhichIsReplacedWhenKilledAndStoppedWhenIdle() throws Exception {
    TrinoSettings.Limits limits =
        new TrinoSettings.Limits(
            Duration.ofMinutes(5), Duration.ofSeconds(2), Duration.ofMinutes(2));
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (TrinoLauncher launcher = new TrinoLauncher(SharedTrino.settings(home, limits))) {
      assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
      List<EngineSession> sessions = openAtOnce(launcher, 4, lines);
      assertThat(trinos()).hasSize(1);
      assertThat(lines).filteredOn(line -> line.equals("starting Trino")).hasSize(4);
      assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.READY);
      nothingSecretCanBeSeen(trinos().get(0));

      StatementExecution slow = sessions.get(0).execute(SLOW);
      StatementExecution halfRead = sessions.get(1).execute(LARGE);
      assertThat(slow.await(Duration.ofSeconds(1))).isEqualTo(State.RUNNING);
      assertThat(halfRead.await(SOON)).isEqualTo(State.FINISHED);
      CursorReader reader = CursorReader.of(halfRead.cursor(), ZoneOffset.UTC);
      assertThat(reader.skip()).isPositive();
      trinos().get(0).destroyForcibly();

      assertThat(slow.await(SOON)).isEqualTo(State.FAILED);
      KitsuneException failure = catchThrowableOfType(KitsuneException.class, slow::cursor);
      assertThat(failure.code()).isEqualTo("ENGINE_GONE");
      assertThat(failure.sqlState()).isEqualTo("08006");
      assertThat(failure).hasMessageContainingAll("ended with exit code 137", "trino.log");
      assertThatThrownBy(
              () -> {
                while (reader.skip() > 0) {
                  assertThat(halfRead.state()).isNotEqualTo(State.CANCELLED);
                }
              })
          .extracting("code")
          .isEqualTo("ENGINE_GONE");
      assertThat(sessions).noneMatch(EngineSession::alive);
      assertThatThrownBy(() -> sessions.get(1).execute(SLOW))
          .extracting("code")
          .isEqualTo("ENGINE_GONE");
      assertThatCode(() -> sessions.forEach(EngineSession::close)).doesNotThrowAnyException();
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(launcher.status().reason()).contains("exit code 137"));
      assertThat(launcher.resultBytes()).isZero();

      try (EngineSession next = launcher.open(SESSION, ProgressListener.NONE)) {
        assertThat(one(next)).isEqualTo(List.of(List.of(1)));
        strangersAreKeptOut(trinos().get(0));
      }
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
                assertThat(trinos()).isEmpty();
              });
      assertThat(launcher.status().reason()).contains("without a session");
    }
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              try (Stream<Path> left = Files.list(home.resolve("trino"))) {
                assertThat(left.map(file -> file.getFileName().toString()))
                    .allMatch(name -> name.startsWith("trino.log"));
              }
            });
  }

  @Test
  void aKilledGatewayLeavesNoTrino() throws Exception {
    JvmProgram gateway =
        new JvmProgram(
            "gateway",
            JvmProgram.currentJavaHome(),
            List.of(
                "-Xmx192m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dbasedir=" + System.getProperty("basedir", ".")),
            List.of(
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path"))),
            List.of(),
            Gateway.class.getName(),
            List.of(home.toString()),
            Map.of(),
            home.resolve("gateway"),
            home.resolve("gateway.log"));
    try (ChildProcess child = ChildProcess.start(gateway)) {
      child.awaitReady(SOON, () -> child.lastLines().contains("open"));
      List<ProcessHandle> trinos = ProcessHandle.of(child.pid()).orElseThrow().children().toList();
      assertThat(trinos).hasSize(1);

      ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();

      assertThat(trinos.get(0).onExit().get(60, TimeUnit.SECONDS).isAlive()).isFalse();
    }
  }

  /** A process with a Trino. */
  static final class Gateway {
    private Gateway() {}

    public static void main(String[] arguments) throws InterruptedException {
      TrinoLauncher launcher =
          new TrinoLauncher(SharedTrino.settings(Path.of(arguments[0]), SharedTrino.LIMITS));
      EngineSession session = launcher.open(SESSION, ProgressListener.NONE);
      System.out.println(session.alive() ? "open" : "not open");
      new CountDownLatch(1).await();
    }
  }

  /** Neither in the process list nor in a file that others may read. */
  private void nothingSecretCanBeSeen(ProcessHandle trino) throws Exception {
    Path run = runFolder();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
        .isEqualTo("rwx------");
    String key = Files.readString(run.resolve("token.key"));
    assertThat(key).hasSizeGreaterThan(40);
    assertThat(trino.info().commandLine().orElse("")).doesNotContain(key);
  }

  private Path runFolder() throws Exception {
    try (Stream<Path> folders = Files.list(home.resolve("trino"))) {
      return folders
          .filter(folder -> folder.getFileName().toString().startsWith("run-"))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Asks the child's port without the key. */
  private void strangersAreKeptOut(ProcessHandle trino) throws Exception {
    assertThat(trino.isAlive()).isTrue();
    String port =
        Files.readAllLines(runFolder().resolve("config.properties")).stream()
            .filter(line -> line.startsWith("http-server.http.port="))
            .map(line -> line.substring(line.indexOf('=') + 1))
            .findFirst()
            .orElseThrow();
    String guess = "Bearer " + LoopbackToken.random().of("alice");
    assertThat(status(port, Map.of())).isIn(401, 403);
    assertThat(status(port, Map.of("X-Forwarded-Proto", "https"))).isIn(401, 403);
    assertThat(status(port, Map.of("X-Forwarded-Proto", "https", "Authorization", guess)))
        .isIn(401, 403);
    assertThat(status(port, Map.of("Authorization", guess))).isIn(401, 403);
  }

  private static int status(String port, Map<String, String> headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/statement"))
            .header("X-Trino-User", "alice")
            .POST(HttpRequest.BodyPublishers.ofString("SELECT 1"));
    headers.forEach(request::header);
    return HttpClient.newHttpClient()
        .send(request.build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  private static List<EngineSession> openAtOnce(
      TrinoLauncher launcher, int count, List<String> lines) throws Exception {
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

  private static List<List<Object>> one(EngineSession session) {
    return TrinoQueries.read(
        session, TrinoContractTest.query("SELECT 1 AS n", Column.of("n", Simple.INT)));
  }

  /** The Trinos that this test started. */
  private List<ProcessHandle> trinos() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(home.toString()))
        .toList();
  }
}
