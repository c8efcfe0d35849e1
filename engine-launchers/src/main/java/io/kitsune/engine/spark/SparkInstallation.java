// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.process.ArtifactLock;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The files that a Spark started here runs from.
 *
 * @param classPath of its JVM
 * @param environment of its process
 */
record SparkInstallation(List<String> classPath, Map<String, String> environment) {
  private static final String SERVER_JAR = "spark-hive-thriftserver_";
  private static final String VERSION = "3.5.";

  /** Fetches it if need be. */
  static SparkInstallation of(SparkSource source, ProgressListener listener) {
    if (source instanceof SparkSource.Download download) {
      return new SparkInstallation(
          jars(download.artifacts(), "spark-3.5.4", listener),
          Map.of("SPARK_LOCAL_IP", "127.0.0.1"));
    } else if (source instanceof SparkSource.Home home) {
      return ofHome(home, listener);
    }
    throw new IllegalArgumentException("nothing is installed for " + source);
  }

  /**
   * Throws what is wrong with the source, as far as can be told without starting it.
   *
   * @throws KitsuneException {@code ENGINE_INSTALLATION_INVALID}
   */
  static void check(SparkSource source) {
    if (source instanceof SparkSource.Home home) {
      serverJar(home.sparkHome());
    }
  }

  private static SparkInstallation ofHome(SparkSource.Home home, ProgressListener listener) {
    Path sparkHome = home.sparkHome();
    String scala = scalaVersion(serverJar(sparkHome));
    Path configuration = sparkHome.resolve("conf");
    List<String> classPath = new ArrayList<>();
    classPath.add(configuration.toString());
    classPath.add(sparkHome.resolve("jars") + "/*");
    if (jarBeginningWith(sparkHome, "iceberg-spark-runtime-").isEmpty()) {
      classPath.addAll(jars(home.artifacts(), "iceberg-3.5_" + scala, listener));
    }
    return new SparkInstallation(
        classPath,
        Map.of(
            "SPARK_HOME", sparkHome.toString(),
            "SPARK_CONF_DIR", configuration.toString(),
            "SPARK_LOCAL_IP", "127.0.0.1"));
  }

  private static List<String> jars(Artifacts artifacts, String name, ProgressListener listener) {
    ArtifactLock lock = ArtifactLock.read(name, SparkInstallation.class, name + ".lock");
    return artifacts.program(lock, listener).jars().stream().map(Path::toString).toList();
  }

  /** Its file name, {@code spark-hive-thriftserver_2.12-3.5.4.jar}. */
  private static String serverJar(Path sparkHome) {
    String jar =
        jarBeginningWith(sparkHome, SERVER_JAR)
            .orElseThrow(
                () -> invalid(sparkHome, "its folder jars has no %s….jar".formatted(SERVER_JAR)));
    if (!jar.substring(jar.indexOf('-', SERVER_JAR.length()) + 1).startsWith(VERSION)) {
      throw invalid(sparkHome, "it has " + jar);
    }
    return jar;
  }

  private static String scalaVersion(String serverJar) {
    return serverJar.substring(SERVER_JAR.length(), serverJar.indexOf('-', SERVER_JAR.length()));
  }

  private static Optional<String> jarBeginningWith(Path sparkHome, String prefix) {
    Path jars = sparkHome.resolve("jars");
    if (!Files.isDirectory(jars)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(jars)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(prefix) && name.endsWith(".jar"))
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static KitsuneException invalid(Path sparkHome, String why) {
    return new KitsuneException(
        "ENGINE_INSTALLATION_INVALID",
        "58000",
        "%s is not the home of a Spark 3.5 with its Thrift server: %s. Name another, or leave it out and let Kitsune fetch Spark."
            .formatted(sparkHome, why));
  }
}
