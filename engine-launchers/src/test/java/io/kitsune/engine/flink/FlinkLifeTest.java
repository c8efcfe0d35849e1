// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineLifeContract;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.process.FileMutex;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.EngineStatus;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlinkLifeTest extends EngineLifeContract {
  private static final SessionSettings SESSION = new SessionSettings("life", "alice", 9, Map.of());

  @TempDir private Path elsewhere;

  FlinkLifeTest() {
    super(new FlinkContractStatements());
  }

  @Override
  protected EngineLauncher launcher(Path home, Duration idle) {
    FlinkSettings.Limits limits =
        new FlinkSettings.Limits(
            Duration.ofMinutes(3), idle, Duration.ofMinutes(1), Duration.ofSeconds(1));
    return new FlinkLauncher(SharedFlink.settings(home, FlinkCatalogs.NONE, limits));
  }

  @Override
  protected String name() {
    return "Flink";
  }

  /** Whoever may call the SQL Gateway runs code as the gateway's user. */
  @Override
  protected void lookFromOutside(EngineSession session, ProcessHandle process) {
    try (StatementExecution slow = session.execute(new FlinkContractStatements().slow())) {
      await()
          .atMost(SOON)
          .until(() -> slow.progress().stage().equals("running, 1 of 1 tasks running, 0 finished"));
      assertThat(slow.progress().fraction()).hasValue(0);
    }
    try (FlinkLauncher stranger =
        new FlinkLauncher(endpoint(((FlinkSession) session).address().uri()))) {
      assertThatThrownBy(() -> stranger.open(SESSION, ProgressListener.NONE))
          .isInstanceOf(KitsuneException.class)
          .hasMessageContaining("401");
    }
  }

  /** A Flink whose gateway was killed writes until it has noticed; two would write twice. */
  @Test
  void oneThatOutlivesItsGatewayIsWaitedFor() throws Exception {
    Path log = elsewhere.resolve("flink/flink.log");
    Files.createDirectories(elsewhere.resolve("flink"));
    try (EngineLauncher launcher = launcher(elsewhere, Duration.ofMinutes(30))) {
      CompletableFuture<EngineSession> opened;
      try (FileMutex orphan =
          FileMutex.tryAcquire(elsewhere.resolve("flink/flink-process.lock")).orElseThrow()) {
        assertThat(orphan).isNotNull();
        opened = CompletableFuture.supplyAsync(() -> launcher.open(SESSION, ProgressListener.NONE));
        await()
            .atMost(SOON)
            .until(
                () -> Files.exists(log) && Files.readString(log).contains("waiting for its end"));
        assertThat(opened).isNotDone();
      }
      opened.get(SOON.toSeconds(), TimeUnit.SECONDS).close();
    }
  }

  @Test
  void anEndpointWithNobodyThereHasFailed() {
    int port = LoopbackPort.free();
    URI nobody = URI.create("http://127.0.0.1:" + port);
    try (FlinkLauncher launcher = new FlinkLauncher(endpoint(nobody))) {
      await().atMost(SOON).until(() -> launcher.status().state() == EngineStatus.State.FAILED);
      assertThat(launcher.status().reason()).contains(nobody.toString());
      assertThatThrownBy(() -> launcher.open(SESSION, ProgressListener.NONE))
          .isInstanceOf(KitsuneException.class)
          .hasMessageContaining(nobody.toString())
          .extracting("code")
          .isEqualTo("ENGINE_GONE");
    }
  }

  private FlinkSettings endpoint(URI address) {
    return SharedFlink.endpoint(
        SharedFlink.settings(elsewhere, FlinkCatalogs.NONE, SharedFlink.LIMITS), address);
  }
}
