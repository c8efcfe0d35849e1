// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.process.FolderTree;
import io.kitsune.engine.process.JavaInstallation;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.engine.spark.SparkTables;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One Trino, started when first needed, for all test classes of this JVM. */
public final class SharedTrino {
  static final TrinoSettings.Limits LIMITS =
      new TrinoSettings.Limits(
          Duration.ofMinutes(5), Duration.ofMinutes(30), Duration.ofMinutes(2));

  private static final Path HOME = home();

  /** What the tests' Spark makes. */
  private static final TrinoCatalogs CATALOGS =
      TrinoCatalogs.of(
          List.of(
              new TrinoCatalog.HiveMetastore(
                  "spark_catalog", listener -> SparkTables.metastore(), Map.of(), Map.of())));

  private static final TrinoLauncher LAUNCHER = new TrinoLauncher(settings(HOME, LIMITS, CATALOGS));

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SharedTrino::close));
  }

  private SharedTrino() {}

  private static void close() {
    LAUNCHER.close();
    try {
      FolderTree.delete(HOME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reports the test as skipped where no Java can run Trino. */
  static void assumeJava() {
    assumeThat(JavaInstallation.first(javaHomes(), TrinoProgram.LEAST_JAVA))
        .as(
            "a Java %d or newer for Trino: set KITSUNE_TRINO_JAVA_HOME to one",
            TrinoProgram.LEAST_JAVA)
        .isPresent();
  }

  static TrinoLauncher launcher() {
    return LAUNCHER;
  }

  /** Where the shared Trino is and how the gateway is let in; starts it if need be. */
  static TrinoAddress address() {
    SessionSettings anybody = new SessionSettings("address", "tester", 9, Map.of());
    try (EngineSession session = LAUNCHER.open(anybody, ProgressListener.NONE)) {
      return ((TrinoSession) session).address();
    }
  }

  /** Settings of another Trino, without catalogs. */
  static TrinoSettings settings(Path home, TrinoSettings.Limits limits) {
    return settings(home, limits, TrinoCatalogs.of(List.of()));
  }

  /** The catalogs of {@link #launcher}. */
  static TrinoCatalogs catalogs() {
    return CATALOGS;
  }

  private static TrinoSettings settings(
      Path home, TrinoSettings.Limits limits, TrinoCatalogs catalogs) {
    return new TrinoSettings(
        new TrinoSource.Launch(
            TestArtifacts.shared(),
            home.resolve("trino"),
            javaHomes(),
            1_024,
            catalogs,
            new TrinoSource.AotCacheUse.None()),
        limits);
  }

  /** Where the tests look for a Java that runs Trino. */
  static List<Path> javaHomes() {
    List<Path> homes = new ArrayList<>();
    Optional.ofNullable(System.getenv("KITSUNE_TRINO_JAVA_HOME"))
        .ifPresent(home -> homes.add(Path.of(home)));
    homes.addAll(JavaInstallation.usualFolders());
    return homes;
  }

  private static Path home() {
    try {
      Path target = Path.of(System.getProperty("basedir", ".")).resolve("target");
      Files.createDirectories(target);
      return Files.createTempDirectory(target, "trino-test-").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
