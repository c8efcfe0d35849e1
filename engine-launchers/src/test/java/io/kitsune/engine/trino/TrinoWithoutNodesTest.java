// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CursorReader;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.trino.TrinoSource.Authentication;
import io.kitsune.engine.trino.TrinoSource.Endpoint;
import io.kitsune.engine.trino.TrinoSource.StatementExtras;
import io.kitsune.engine.trino.TrinoSource.Trust;
import io.kitsune.router.Dispatch;
import io.kitsune.secret.SecretReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A Trino in its first seconds, which knows none of its nodes. Its answers have the form in which a
 * Trino 476 without an active node let a query fail; the error in them is its {@code
 * StandardErrorCode.NO_NODES_AVAILABLE}.
 */
@Timeout(300)
final class TrinoWithoutNodesTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final SessionSettings ALICE = new SessionSettings("n", "alice", 9, Map.of());
  private static final Dispatch ONE =
      TrinoContractStatements.query("SELECT 1 AS n", Column.of("n", Simple.INT));

  private final AtomicLong clock = new AtomicLong();

  @TempDir private Path folder;

  @BeforeAll
  static void needsJava() {
    SharedTrino.assumeJava();
  }

  @Test
  void aQueryIsSentAgainUntilTheNodesAreKnown() throws Exception {
    try (TrinoFront front = new TrinoFront(folder, "Bearer t", SharedTrino.address());
        TrinoLauncher launcher = launcher(front);
        EngineSession session = launcher.open(ALICE, ProgressListener.NONE)) {
      front.knowNoNodes(2, () -> pass(14));

      try (StatementExecution execution = session.execute(ONE)) {
        assertThat(execution.await(SOON)).isEqualTo(State.FINISHED);
        assertThat(CursorReader.of(execution.cursor(), ZoneOffset.UTC).readAll())
            .containsExactly(List.of(1));
        assertThat(execution.drainLog())
            .filteredOn(line -> line.contains("knows none of its nodes"))
            .hasSize(2);
      }
      assertThat(front.statements()).isEqualTo(3);
      assertThat(launcher.resultBytes()).isZero();
    }
  }

  @Test
  void afterHalfAMinuteItFails() throws Exception {
    try (TrinoFront front = new TrinoFront(folder, "Bearer t", SharedTrino.address());
        TrinoLauncher launcher = launcher(front);
        EngineSession session = launcher.open(ALICE, ProgressListener.NONE)) {
      front.knowNoNodes(Integer.MAX_VALUE, () -> pass(16));

      try (StatementExecution execution = session.execute(ONE)) {
        assertThat(execution.await(SOON)).isEqualTo(State.FAILED);
        assertThatThrownBy(execution::cursor)
            .extracting("code")
            .isEqualTo("TRINO_NO_NODES_AVAILABLE");
      }
      assertThat(front.statements()).isEqualTo(2);
    }
  }

  private void pass(long seconds) {
    clock.addAndGet(TimeUnit.SECONDS.toNanos(seconds));
  }

  private TrinoLauncher launcher(TrinoFront front) throws Exception {
    Path token = Files.writeString(folder.resolve("token"), "t");
    return new TrinoLauncher(
        new TrinoSettings(
            new Endpoint(
                front.url(),
                new Authentication.AccessToken(SecretReference.parse("file:" + token)),
                new Trust.PemFile(front.certificate()),
                StatementExtras.NONE,
                Set.of()),
            SharedTrino.LIMITS),
        clock::get);
  }
}
