// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.process.TestArtifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trino's own classes kept for the next start. Takes some minutes of a processor. */
@Tag("load")
@Timeout(1_800)
final class TrinoAotCacheTest {
  private static final Duration SOON = Duration.ofMinutes(10);
  private static final SessionSettings SESSION = new SessionSettings("aot", "alice", 9, Map.of());

  @TempDir private Path home;

  @BeforeAll
  static void needsJava() {
    SharedTrino.assumeJava();
  }

  @Test
  void itIsMadeInTheBackgroundUsedByTheNextStartAndMissedByNone() throws Exception {
    try (TrinoLauncher first = launcher();
        EngineSession session = first.open(SESSION, ProgressListener.NONE)) {
      answers(session);
      await().atMost(SOON).until(() -> caches().size() == 1);
      answers(session);
    }
    Path cache = caches().get(0);
    assertThat(Files.size(cache)).isGreaterThan(50_000_000);
    assertThat(mapsTheCache()).isTrue();

    byte[] good = Files.readAllBytes(cache);
    byte[] bad = good.clone();
    for (int i = good.length / 2; i < good.length / 2 + 4_096; i++) {
      bad[i] ^= 0x55;
    }
    Files.write(cache, bad);
    assertThat(mapsTheCache()).isFalse();
    Files.write(cache, good);
    assertThat(mapsTheCache()).isTrue();
  }

  /** Starts a Trino, and looks at the files that the system says it has mapped. */
  private boolean mapsTheCache() throws IOException {
    try (TrinoLauncher launcher = launcher();
        EngineSession session = launcher.open(SESSION, ProgressListener.NONE)) {
      answers(session);
      ProcessHandle trino =
          ProcessHandle.current()
              .children()
              .filter(child -> child.info().commandLine().orElse("").contains(home.toString()))
              .findFirst()
              .orElseThrow();
      return Files.readString(Path.of("/proc", Long.toString(trino.pid()), "maps"))
          .contains("classes.jsa");
    }
  }

  private static void answers(EngineSession session) {
    assertThat(
            TrinoQueries.read(
                session,
                TrinoContractStatements.query("SELECT 1 AS n", Column.of("n", Simple.INT))))
        .containsExactly(List.of(1));
  }

  private TrinoLauncher launcher() {
    return new TrinoLauncher(
        new TrinoSettings(
            new TrinoSource.Launch(
                TestArtifacts.shared(),
                home.resolve("trino"),
                SharedTrino.javaHomes(),
                1_024,
                TrinoCatalogs.of(List.of()),
                new TrinoSource.AotCacheUse.Kept(Duration.ofSeconds(1))),
            SharedTrino.LIMITS));
  }

  private List<Path> caches() {
    try (Stream<Path> files = Files.walk(home.resolve("trino/aot-cache"))) {
      return files.filter(file -> file.endsWith("classes.jsa")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
