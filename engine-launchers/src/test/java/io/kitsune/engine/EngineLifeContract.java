// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import static io.kitsune.engine.EngineContract.failureOf;
import static io.kitsune.engine.EngineContract.settings;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.FolderTree;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.RunningJvm;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.EngineStatus;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/**
 * What an engine that runs in a process of its own owes its callers when that process starts, dies
 * in any phase of a session's life, or has nothing to do. The tests share a launcher, and come in
 * the order in which the fewest starts are needed; each can be run alone.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
public abstract class EngineLifeContract {
  /** How long a start, or the news of a death, may take on a busy machine. */
  protected static final Duration SOON = Duration.ofMinutes(3);

  private static final Duration IDLE = Duration.ofSeconds(2);
  private static final String KILLED = "ended with exit code 137";
  private static final int CALLERS = 4;

  private final ContractStatements statements;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private Path home;
  private EngineLauncher launcher;

  /** The contract of an engine whose language that is. */
  protected EngineLifeContract(ContractStatements statements) {
    this.statements = statements;
  }

  /**
   * A launcher of an engine that nobody else uses.
   *
   * @param home where all that it writes goes
   * @param idle how long the engine is kept without a session
   */
  protected abstract EngineLauncher launcher(Path home, Duration idle);

  /** The engine as messages name it, {@code Spark}. */
  protected abstract String name();

  /** Looks at the running process, once, from where a stranger would. */
  protected abstract void lookFromOutside(EngineSession session, ProcessHandle process)
      throws Exception;

  @BeforeAll
  void create() throws IOException {
    Path target = Path.of(System.getProperty("basedir", ".")).resolve("target");
    Files.createDirectories(target);
    home = Files.createTempDirectory(target, "life-").toAbsolutePath();
    launcher = launcher(home, IDLE);
  }

  @AfterAll
  void close() throws IOException {
    launcher.close();
    assertThat(processes()).isEmpty();
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.UNAVAILABLE);
    assertThat(failureOf(() -> launcher.open(settings("late"), ProgressListener.NONE)))
        .extracting("code")
        .isEqualTo("ENGINE_CLOSED");
    threads.shutdownNow();
    FolderTree.delete(home);
  }

  @Test
  @Order(1)
  void killedWhileItStartsIsAnErrorForAllWhoWait() throws Exception {
    assertThat(launcher.stop()).isTrue();
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
    List<Future<EngineSession>> opening = openAtOnce(line -> {});
    // Its program may have to be unpacked first.
    await().atMost(SOON.multipliedBy(2)).until(() -> !processes().isEmpty());
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.STARTING);

    process().destroyForcibly();

    for (Future<EngineSession> session : opening) {
      KitsuneException failure = failureOf(() -> get(session));
      assertThat(failure.code()).isEqualTo("ENGINE_START_FAILED");
      assertThat(failure.sqlState()).isEqualTo("58000");
      assertThat(failure).hasMessageContainingAll(KILLED, log());
    }
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
    assertThat(launcher.status().reason()).contains(KILLED);
  }

  @Test
  @Order(2)
  void stoppedWhenIdleAndStartedOnceByThoseWhoComeNext() throws Exception {
    ProcessHandle first;
    try (EngineSession session = open()) {
      first = process();
      assertThat(session.alive()).isTrue();
    }

    assertThat(first.onExit().get(SOON.toSeconds(), TimeUnit.SECONDS).isAlive()).isFalse();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
              assertThat(launcher.status().reason()).contains("without a session");
              assertThat(runFolders()).isEmpty();
            });

    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    List<EngineSession> sessions = new ArrayList<>();
    for (Future<EngineSession> session : openAtOnce(lines::add)) {
      sessions.add(get(session));
    }
    assertThat(lines).filteredOn(line -> line.equals("starting " + name())).hasSize(CALLERS);
    assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.READY);
    assertThat(process().pid()).isNotEqualTo(first.pid());
    for (Dispatch made : statements.first()) {
      run(sessions.get(0), made);
    }
    assertThat(run(sessions.get(0), statements.rows(3))).hasSize(3);
    lookFromOutside(sessions.get(0), process());
    sessions.forEach(EngineSession::close);
  }

  /**
   * It is stopped first, as a process that hangs: so it dies with a session half open, a statement
   * half submitted and a fetch half answered.
   */
  @Test
  @Order(3)
  void killedInEveryPhaseIsOneClearErrorEach() throws Exception {
    EngineSession session = open();
    EngineSession idle = open();
    for (Dispatch made : statements.first()) {
      run(session, made);
    }
    StatementExecution slow = session.execute(statements.slow());
    StatementExecution fetched = finished(session, statements.rows(statements.manyRows()));
    StatementExecution between = finished(session, statements.rows(statements.manyRows()));
    CursorReader fetching = reader(fetched);
    CursorReader later = reader(between);
    assertThat(fetching.skip()).isPositive();
    assertThat(later.skip()).isPositive();
    assertThat(slow.await(Duration.ofSeconds(1))).isEqualTo(State.RUNNING);

    ProcessHandle process = process();
    stop(process);
    Future<State> awaited = threads.submit(() -> slow.await(SOON));
    Future<?> fetch = threads.submit(() -> readAll(fetching));
    Future<?> submitted = threads.submit(() -> run(session, statements.rows(1)));
    Future<EngineSession> opening = threads.submit(this::open);
    process.destroyForcibly();

    assertThat(get(awaited)).isEqualTo(State.FAILED);
    assertGone(failureOf(slow::cursor));
    assertGone(failureOf(() -> get(fetch)));
    assertGone(failureOf(() -> get(submitted)));
    assertGone(failureOf(() -> readAll(later)));
    assertGone(failureOf(() -> run(idle, statements.rows(1))));
    for (EngineSession dead : List.of(session, idle)) {
      assertThat(dead.alive()).isFalse();
      assertThat(dead.ended()).isTrue();
      assertThatCode(dead::close).doesNotThrowAnyException();
    }
    try (EngineSession late = get(opening)) {
      // On the next process, or on the one that died, and then it says so.
      assertThat(late.alive()).isNotEqualTo(late.ended());
    }

    try (EngineSession next = open()) {
      assertThat(run(next, statements.rows(3))).hasSize(3);
      assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.READY);
      assertThat(processes()).hasSize(1);
    }
  }

  @Test
  @Order(4)
  void aKilledGatewayTakesItAlong() throws Exception {
    JvmProgram gateway =
        new JvmProgram(
            "gateway",
            JvmProgram.currentJavaHome(),
            List.of(
                "-Xmx192m",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dbasedir=" + System.getProperty("basedir", ".")),
            gatewayClassPath(),
            List.of(),
            Gateway.class.getName(),
            List.of(getClass().getName(), home.resolve("gateways").toString()),
            Map.of(),
            home.resolve("gateway"),
            home.resolve("gateway.log"));
    try (ChildProcess child = ChildProcess.start(gateway)) {
      child.awaitReady(SOON, () -> child.lastLines().contains("open"));
      ProcessHandle parent = ProcessHandle.of(child.pid()).orElseThrow();
      List<ProcessHandle> engines = parent.children().toList();
      assertThat(engines).hasSize(1);

      parent.destroyForcibly();

      assertThat(engines.get(0).onExit().get(SOON.toSeconds(), TimeUnit.SECONDS).isAlive())
          .isFalse();
    }
  }

  /** What is provided inside the engines is not on a gateway's class path. */
  private static List<String> gatewayClassPath() {
    String tests =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(tests.split(File.pathSeparator, -1))
        .filter(entry -> !entry.contains("org/apache/spark") && !entry.contains("org/apache/flink"))
        .toList();
  }

  /** A process that has the engine of a test's, with a session open. */
  static final class Gateway {
    private Gateway() {}

    public static void main(String[] arguments) throws Exception {
      Constructor<?> constructor = Class.forName(arguments[0]).getDeclaredConstructor();
      constructor.setAccessible(true);
      EngineLifeContract test = (EngineLifeContract) constructor.newInstance();
      EngineLauncher launcher = test.launcher(Path.of(arguments[1]), Duration.ofMinutes(30));
      EngineSession session = launcher.open(settings("gateway"), ProgressListener.NONE);
      System.out.println(session.alive() ? "open" : "not open");
      new CountDownLatch(1).await();
    }
  }

  /** The folder of the only run of a program of the engine's. */
  protected final Path runFolder() throws IOException {
    List<Path> folders = runFolders();
    assertThat(folders).hasSize(1);
    return folders.get(0);
  }

  private List<Path> runFolders() throws IOException {
    Path folder = home.resolve(launcher.engine().id());
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.getFileName().toString().startsWith("run-")).toList();
    }
  }

  private List<Future<EngineSession>> openAtOnce(ProgressListener listener) {
    List<Future<EngineSession>> opening = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      opening.add(threads.submit(() -> launcher.open(settings("life"), listener)));
    }
    return opening;
  }

  private EngineSession open() {
    return launcher.open(settings("life"), ProgressListener.NONE);
  }

  private static List<List<Object>> run(EngineSession session, Dispatch dispatch)
      throws InterruptedException {
    try (StatementExecution execution = finished(session, dispatch)) {
      return reader(execution).readAll();
    }
  }

  private static StatementExecution finished(EngineSession session, Dispatch dispatch)
      throws InterruptedException {
    StatementExecution execution = session.execute(dispatch);
    execution.await(SOON);
    return execution;
  }

  private static CursorReader reader(StatementExecution execution) {
    return CursorReader.of(execution.cursor(), ZoneOffset.UTC);
  }

  private static int readAll(CursorReader reader) {
    int rows = 0;
    for (int more = reader.skip(); more > 0; more = reader.skip()) {
      rows += more;
    }
    return rows;
  }

  private void assertGone(KitsuneException failure) {
    assertThat(failure.code()).isEqualTo("ENGINE_GONE");
    assertThat(failure.sqlState()).isEqualTo("08006");
    assertThat(failure).hasMessageContainingAll(name(), KILLED, log());
  }

  private String log() {
    return launcher.engine().id() + ".log";
  }

  private static <T> T get(Future<T> future) throws Exception {
    try {
      return future.get(SOON.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  /** The only engine of this test. */
  private ProcessHandle process() {
    assertThat(processes()).hasSize(1);
    return processes().get(0);
  }

  private List<ProcessHandle> processes() {
    return RunningJvm.in(home);
  }

  /** From here on it keeps its connections and answers nothing. */
  private static void stop(ProcessHandle process) throws Exception {
    Process kill = new ProcessBuilder("sh", "-c", "kill -STOP " + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }
}
