// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.StatementExecution.State;
import io.kitsune.engine.flink.GatewayProxy.Held;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQL Gateway that somebody else started: the same contract holds. */
class FlinkEndpointTest extends FlinkContractTest {
  @TempDir private static Path home;

  private static GatewayProxy proxy;
  private static FlinkLauncher launcher;

  @BeforeAll
  static void connect() throws IOException {
    proxy = new GatewayProxy();
    launcher =
        new FlinkLauncher(
            SharedFlink.endpoint(
                SharedFlink.settings(home, FlinkCatalogs.NONE, SharedFlink.LIMITS), proxy.uri()));
    await().atMost(SOON).until(() -> launcher.status().reason().isEmpty());
  }

  @AfterAll
  static void disconnect() {
    launcher.close();
    proxy.close();
  }

  @Override
  protected EngineLauncher launcher() {
    return launcher;
  }

  @Override
  protected void assertNothingIsLeft() {
    await().atMost(SOON).untilAsserted(() -> assertThat(launcher.openSessions()).isZero());
  }

  /** Not a test here: it is about the cluster, which is the same. */
  @Override
  void queriesThatAreGivenUpAtOnceHarmNoOther() {}

  /** Flink has started the job, and the gateway does not know it yet. */
  @Test
  void anInsertThatIsCancelledWhileFlinkStartsItLeavesNoJob() throws Exception {
    createSink();
    Held answer = proxy.hold("\"jobID\"");
    try (StatementExecution insert =
        session()
            .execute(
                FlinkContractStatements.flink(
                    "INSERT INTO " + table("away") + " SELECT id FROM " + table("drops"),
                    Map.of("execution.runtime-mode", "streaming")))) {
      assertThat(answer.came().await(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      await().atMost(SOON).until(() -> runs("away"));

      insert.cancel();

      assertThat(insert.state()).isEqualTo(State.CANCELLED);
      answer.released().countDown();
      await().atMost(SOON).until(() -> !runs("away"));
    }
  }
}
