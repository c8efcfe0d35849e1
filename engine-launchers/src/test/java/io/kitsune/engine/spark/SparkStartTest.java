// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.process.FolderTree;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.engine.thrift.Authentication;
import io.kitsune.engine.thrift.ThriftAddress;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch.SparkStatement;
import io.kitsune.router.EngineStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where a Spark comes from, and what is said where it does not come. */
@Timeout(400)
final class SparkStartTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final SessionSettings SESSION = new SessionSettings("life", "alice", 9, Map.of());

  @TempDir private Path home;

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
        asAnEndpoint(((SparkSession) session).address().server());
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
