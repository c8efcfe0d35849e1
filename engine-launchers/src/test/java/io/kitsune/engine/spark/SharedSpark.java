// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.metastore.EmbeddedMetastore;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.process.FolderTree;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.engine.thrift.ThriftAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** One Spark with a Metastore for all test classes of this JVM. */
public final class SharedSpark {
  static final SparkSettings.Limits LIMITS =
      new SparkSettings.Limits(
          Duration.ofMinutes(3), Duration.ofMinutes(30), Duration.ofMinutes(2), 10_000, 4 << 20);

  private static final Path HOME = home();
  private static final Artifacts ARTIFACTS = TestArtifacts.shared();
  private static final EmbeddedMetastore METASTORE =
      new EmbeddedMetastore(HOME, ARTIFACTS, JvmProgram.currentJavaHome());
  private static final SparkLauncher LAUNCHER = new SparkLauncher(settings(HOME, LIMITS));

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SharedSpark::close));
  }

  private SharedSpark() {}

  private static void close() {
    LAUNCHER.close();
    METASTORE.close();
    try {
      FolderTree.delete(HOME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static SparkLauncher launcher() {
    return LAUNCHER;
  }

  /** How its Thrift server is reached; starts it if need be. */
  public static ThriftAddress server() {
    SessionSettings look = new SessionSettings("look", "tester", 9, Map.of());
    try (EngineSession session = LAUNCHER.open(look, ProgressListener.NONE)) {
      return ((SparkSession) session).address().server();
    }
  }

  /** Where it runs. */
  static Path folder() {
    return HOME.resolve("spark");
  }

  /** The Metastore's address; starts it if need be. */
  static String metastore() {
    return METASTORE.start(ProgressListener.NONE).toString();
  }

  /** Settings of another Spark on the same Metastore. */
  static SparkSettings settings(Path home, SparkSettings.Limits limits) {
    return new SparkSettings(
        new SparkSource.Download(ARTIFACTS),
        home.resolve("spark"),
        METASTORE.warehouse(),
        JvmProgram.currentJavaHome(),
        1024,
        listener -> Optional.of(METASTORE.start(listener).toString()),
        // Tests run short statements: the second compiler does not pay.
        Map.of("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
        limits);
  }

  /** Without a Metastore, which starts faster. */
  static SparkSettings inMemory(Path home, SparkSource source, SparkSettings.Limits limits) {
    SparkSettings shared = settings(home, limits);
    return new SparkSettings(
        source,
        shared.folder(),
        home.resolve("warehouse"),
        shared.javaHome(),
        shared.heapMegabytes(),
        MetastoreAddress.NONE,
        shared.configuration(),
        limits);
  }

  private static Path home() {
    try {
      Path target = Path.of(System.getProperty("basedir", ".")).resolve("target");
      Files.createDirectories(target);
      return Files.createTempDirectory(target, "spark-test-").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
