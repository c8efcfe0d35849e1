// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.trino.TrinoSource.Authentication;
import io.kitsune.engine.trino.TrinoSource.Endpoint;
import io.kitsune.engine.trino.TrinoSource.StatementExtras;
import io.kitsune.engine.trino.TrinoSource.Trust;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.EngineStatus.State;
import io.kitsune.secret.SecretReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A Trino that somebody else runs, behind HTTPS, passwords and tokens. */
@Timeout(300)
final class TrinoEndpointTest {
  private static final SessionSettings ALICE = new SessionSettings("e", "alice", 9, Map.of());
  private static final Dispatch WHO =
      TrinoContractStatements.query(
          "SELECT current_user AS u, CAST(x AS VARCHAR) AS x FROM TABLE(sequence(start => 1, stop"
              + " => 3)) AS s(x) ORDER BY x",
          Column.of("u", Simple.STRING),
          Column.of("x", Simple.STRING));

  @TempDir private Path folder;

  @BeforeAll
  static void needsJava() {
    SharedTrino.assumeJava();
  }

  @Test
  void aPasswordAndWhatGoesWithEveryStatement() throws Exception {
    String basic =
        "Basic "
            + Base64.getEncoder()
                .encodeToString("kitsune:pass-word".getBytes(StandardCharsets.UTF_8));
    StatementExtras extras =
        new StatementExtras(
            "kitsune-prod",
            Set.of("bi"),
            Map.of("query_max_run_time", "1h"),
            Map.of("system", "analyst"),
            Map.of("token", secret("extra", "extra-secret")));
    try (TrinoFront front = new TrinoFront(folder, basic, SharedTrino.address());
        TrinoLauncher launcher =
            launcher(
                front,
                new Authentication.Password("kitsune", secret("password", "pass-word")),
                extras,
                Set.of("system"))) {
      try (EngineSession session = launcher.open(ALICE, ProgressListener.NONE)) {
        assertThat(launcher.status().state()).isEqualTo(State.READY);
        assertThat(TrinoQueries.read(session, WHO)).hasSize(3);
        assertThat(front.lastHeaders())
            .containsEntry("x-trino-user", "alice")
            .containsEntry("x-trino-source", "kitsune-prod")
            .containsEntry("x-trino-client-tags", "bi")
            .containsEntry("x-trino-session", "query_max_run_time=1h")
            .containsEntry("x-trino-role", "system=ROLE%7Banalyst%7D")
            .containsEntry("x-trino-extra-credential", "token=extra-secret");
      }
      assertThat(launcher.memoryNeed()).isZero();
      assertThat(launcher.stop()).isFalse();
    }
  }

  @Test
  void aTokenIsReadAnewForEachSession() throws Exception {
    SecretReference token = secret("token", "old");
    try (TrinoFront front = new TrinoFront(folder, "Bearer new", SharedTrino.address());
        TrinoLauncher launcher =
            launcher(
                front, new Authentication.AccessToken(token), StatementExtras.NONE, Set.of())) {
      try (EngineSession session = launcher.open(ALICE, ProgressListener.NONE)) {
        assertThatThrownBy(() -> TrinoQueries.read(session, WHO))
            .isInstanceOf(KitsuneException.class)
            .extracting("code", "sqlState")
            .containsExactly("ENGINE_REFUSED", "28000");
      }
      secret("token", "new");
      try (EngineSession session = launcher.open(ALICE, ProgressListener.NONE)) {
        assertThat(TrinoQueries.read(session, WHO))
            .containsExactly(List.of("alice", "1"), List.of("alice", "2"), List.of("alice", "3"));
      }
    }
  }

  @Test
  void aCatalogThatIsNotThereIsNamed() throws Exception {
    try (TrinoFront front = new TrinoFront(folder, "Bearer t", SharedTrino.address());
        TrinoLauncher launcher =
            launcher(
                front,
                new Authentication.AccessToken(secret("token", "t")),
                StatementExtras.NONE,
                Set.of("system", "warehouse"))) {
      await()
          .atMost(Duration.ofSeconds(120))
          .untilAsserted(() -> assertThat(launcher.status().state()).isEqualTo(State.FAILED));
      assertThat(launcher.status().reason())
          .contains("no catalog warehouse", "kitsune.trino.catalog-mapping");
      assertThatThrownBy(() -> launcher.open(ALICE, ProgressListener.NONE))
          .extracting("code")
          .isEqualTo("ENGINE_CATALOG_MISSING");
    }
  }

  @Test
  void aCertificateThatNobodyVouchesForIsRefused() throws Exception {
    try (TrinoFront front = new TrinoFront(folder, "Bearer t", SharedTrino.address());
        TrinoLauncher launcher =
            new TrinoLauncher(
                new TrinoSettings(
                    new Endpoint(
                        front.url(),
                        new Authentication.AccessToken(secret("token", "t")),
                        new Trust.JavaDefaults(),
                        StatementExtras.NONE,
                        Set.of()),
                    SharedTrino.LIMITS))) {
      assertThatThrownBy(() -> launcher.open(ALICE, ProgressListener.NONE))
          .hasMessageContaining("certification path")
          .extracting("code")
          .isEqualTo("ENGINE_GONE");
    }
  }

  private static TrinoLauncher launcher(
      TrinoFront front,
      Authentication authentication,
      StatementExtras extras,
      Set<String> catalogs) {
    return new TrinoLauncher(
        new TrinoSettings(
            new Endpoint(
                front.url(),
                authentication,
                new Trust.PemFile(front.certificate()),
                extras,
                catalogs),
            SharedTrino.LIMITS));
  }

  private SecretReference secret(String name, String value) throws Exception {
    return SecretReference.parse("file:" + Files.writeString(folder.resolve(name), value));
  }
}
