// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.engine.trino.TrinoSource.Authentication;
import io.kitsune.engine.trino.TrinoSource.StatementExtras;
import io.kitsune.engine.trino.TrinoSource.Trust;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.EngineStatus.State;
import io.kitsune.secret.SecretReference;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Where there is no Trino. */
@Timeout(180)
final class TrinoUnavailableTest {
  private static final SessionSettings SESSION = new SessionSettings("s", "alice", 9, Map.of());

  @TempDir private Path folder;

  @Test
  void withoutANewEnoughJava() {
    TrinoSource source =
        new TrinoSource.Launch(
            TestArtifacts.shared(),
            folder,
            List.of(folder.resolve("no-java")),
            1_024,
            TrinoCatalogs.of(List.of()),
            TrinoSource.AotCacheUse.Kept.DEFAULT);
    try (TrinoLauncher launcher =
        new TrinoLauncher(new TrinoSettings(source, TrinoSettings.Limits.DEFAULT))) {
      assertThat(launcher.status().state()).isEqualTo(State.UNAVAILABLE);
      assertThat(launcher.status().reason())
          .contains("Java 24 or newer", "kitsune.trino.java-home", "KITSUNE_TRINO_JAVA_HOME");
      assertThatThrownBy(() -> launcher.open(SESSION, ProgressListener.NONE))
          .isInstanceOf(KitsuneException.class)
          .hasMessageContaining("Java 24 or newer")
          .extracting("code")
          .isEqualTo("ENGINE_UNAVAILABLE");
    }
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void anEndpointWithNobodyThere() {
    int port = LoopbackPort.free();
    TrinoSource source = endpoint("http://127.0.0.1:" + port, new Authentication.EndUser());
    try (TrinoLauncher launcher =
        new TrinoLauncher(new TrinoSettings(source, TrinoSettings.Limits.DEFAULT))) {
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(() -> assertThat(launcher.status().state()).isEqualTo(State.FAILED));
      assertThat(launcher.status().reason()).contains("127.0.0.1:" + port);
      assertThatThrownBy(() -> launcher.open(SESSION, ProgressListener.NONE))
          .isInstanceOf(KitsuneException.class)
          .hasMessageContaining("127.0.0.1:" + port)
          .extracting("code", "sqlState")
          .containsExactly("ENGINE_GONE", "08006");
    }
  }

  @Test
  void secretsAreNotSentInTheClear() {
    SecretReference secret = SecretReference.parse("env:SOME_SECRET");

    assertThatThrownBy(
            () -> endpoint("http://trino:8080", new Authentication.Password("kitsune", secret)))
        .hasMessageContaining("https only");
    assertThatThrownBy(() -> endpoint("http://trino:8080", new Authentication.AccessToken(secret)))
        .hasMessageContaining("https only");
    assertThatThrownBy(() -> endpoint("https://bob:hush@trino:8443", new Authentication.EndUser()))
        .message()
        .doesNotContain("hush");
  }

  private static TrinoSource.Endpoint endpoint(String url, Authentication authentication) {
    return new TrinoSource.Endpoint(
        URI.create(url), authentication, new Trust.JavaDefaults(), StatementExtras.NONE, Set.of());
  }
}
