// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineLifeContract;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.engine.thrift.Authentication;
import io.kitsune.error.KitsuneException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

final class SparkLifeTest extends EngineLifeContract {
  private static final SessionSettings SESSION = new SessionSettings("life", "alice", 9, Map.of());

  SparkLifeTest() {
    super(new SparkContractStatements());
  }

  @Override
  protected EngineLauncher launcher(Path home, Duration idle) {
    SparkSettings.Limits limits =
        new SparkSettings.Limits(
            Duration.ofMinutes(3), idle, Duration.ofMinutes(1), 1_000, 64 << 20);
    SparkSource source = new SparkSource.Download(TestArtifacts.shared());
    return new SparkLauncher(SharedSpark.inMemory(home, source, limits));
  }

  @Override
  protected String name() {
    return "Spark";
  }

  @Override
  protected void lookFromOutside(EngineSession session, ProcessHandle process) {
    strangersAreKeptOut(((SparkSession) session).address().server().port());
  }

  /** Connects to the child's port without the secret. */
  private static void strangersAreKeptOut(int port) {
    for (Authentication authentication :
        List.of(new Authentication.NoSasl(), new Authentication.Plain("guess"))) {
      SparkSource source = new SparkSource.Endpoint("127.0.0.1", port, authentication);
      SparkSettings.Limits limits =
          new SparkSettings.Limits(
              Duration.ofMinutes(1), Duration.ofMinutes(1), Duration.ofSeconds(10), 1, 1 << 20);
      try (SparkLauncher stranger =
          new SparkLauncher(SharedSpark.inMemory(Path.of("never-started"), source, limits))) {
        assertThatThrownBy(() -> stranger.open(SESSION, ProgressListener.NONE))
            .isInstanceOf(KitsuneException.class);
      }
    }
  }
}
