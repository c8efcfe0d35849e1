// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.process.FileMutex;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.EngineStatus;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Flink's birth and death, with a Flink of its own. */
@Timeout(400)
final class FlinkLifeTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final SessionSettings SESSION = new SessionSettings("life", "alice", 9, Map.of());

  @TempDir private Path home;

  @Test
  void itIsReplacedWhenKilledAndStoppedWhenIdleAndKeepsItsTables() throws Exception {
    FlinkSettings.Limits limits =
        new FlinkSettings.Limits(
            Duration.ofMinutes(3),
            Duration.ofSeconds(2),
            Duration.ofMinutes(1),
            Duration.ofSeconds(1));
    try (FlinkLauncher launcher =
        new FlinkLauncher(SharedFlink.settings(home, FlinkCatalogs.NONE, limits))) {
      assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
      try (EngineSession session = openedWhenAnOrphanHasEnded(launcher)) {
        finish(
            session,
            """
            CREATE TABLE drops (id BIGINT) WITH ('connector' = 'datagen',
              'rows-per-second' = '1000', 'number-of-rows' = '1000000000', 'fields.id.min' = '1')
            """);
        finish(session, "CREATE VIEW few AS SELECT id FROM drops WHERE id < 0");
        strangersAreKeptOut(((FlinkSession) session).address().uri());
        StatementExecution slow = session.execute(flink("SELECT id FROM few"));
        assertThat(slow.await(Duration.ofSeconds(1))).isEqualTo(State.RUNNING);
        await()
            .atMost(SOON)
            .until(
                () -> slow.progress().stage().equals("running, 1 of 1 tasks running, 0 finished"));
        assertThat(slow.progress().fraction()).hasValue(0);

        flinks().get(0).destroyForcibly();

        assertThat(slow.await(SOON)).isEqualTo(State.FAILED);
        KitsuneException failure = catchThrowableOfType(KitsuneException.class, slow::cursor);
        assertThat(failure.code()).isEqualTo("ENGINE_GONE");
        assertThat(failure).hasMessageContainingAll("ended with exit code 137", "flink.log");
        assertThatThrownBy(() -> session.execute(flink("SELECT 1")))
            .extracting("code")
            .isEqualTo("ENGINE_GONE");
        assertThat(session.alive()).isFalse();
      }
      try (EngineSession next = launcher.open(SESSION, ProgressListener.NONE)) {
        finish(next, "DROP VIEW few");
        finish(next, "DROP TABLE drops");
      }
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(launcher.status().state()).isEqualTo(EngineStatus.State.COLD);
                assertThat(flinks()).isEmpty();
              });
      assertThat(launcher.status().reason()).contains("without a session");
    }
  }

  /** A Flink whose gateway was killed writes until it has noticed; two would write twice. */
  private EngineSession openedWhenAnOrphanHasEnded(FlinkLauncher launcher) throws Exception {
    CompletableFuture<EngineSession> opened;
    try (FileMutex orphan =
        FileMutex.tryAcquire(home.resolve("flink/flink-process.lock")).orElseThrow()) {
      assertThat(orphan).isNotNull();
      opened = CompletableFuture.supplyAsync(() -> launcher.open(SESSION, ProgressListener.NONE));
      await()
          .atMost(SOON)
          .until(
              () ->
                  Files.exists(home.resolve("flink/flink.log"))
                      && Files.readString(home.resolve("flink/flink.log"))
                          .contains("waiting for its end"));
      assertThat(opened).isNotDone();
    }
    return opened.get(SOON.toSeconds(), TimeUnit.SECONDS);
  }

  /** Whoever may call the SQL Gateway runs code as the gateway's user. */
  private void strangersAreKeptOut(URI address) {
    try (FlinkLauncher stranger = new FlinkLauncher(endpoint(address))) {
      assertThatThrownBy(() -> stranger.open(SESSION, ProgressListener.NONE))
          .isInstanceOf(KitsuneException.class)
          .hasMessageContaining("401");
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
        SharedFlink.settings(home.resolve("other"), FlinkCatalogs.NONE, SharedFlink.LIMITS),
        address);
  }

  private static void finish(EngineSession session, String statement) throws Exception {
    try (StatementExecution execution = session.execute(flink(statement))) {
      execution.await(SOON);
      assertThat(execution.cursor()).isNotNull();
    }
  }

  /** The Flinks that this test started. */
  private List<ProcessHandle> flinks() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().commandLine().orElse("").contains(home.toString()))
        .toList();
  }

  private static Dispatch flink(String text) {
    return new Dispatch.FlinkStatement(text, Map.of());
  }
}
