// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.process.FolderTree;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.TestArtifacts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** One Flink for all test classes of this JVM. */
final class SharedFlink {
  static final FlinkSettings.Limits LIMITS =
      new FlinkSettings.Limits(
          Duration.ofMinutes(3),
          Duration.ofMinutes(30),
          Duration.ofMinutes(2),
          Duration.ofSeconds(1));

  private static final Path HOME = home();
  private static final FlinkLauncher LAUNCHER =
      new FlinkLauncher(settings(HOME, FlinkCatalogs.NONE, LIMITS));

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(SharedFlink::close));
  }

  private SharedFlink() {}

  private static void close() {
    LAUNCHER.close();
    try {
      FolderTree.delete(HOME);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FlinkLauncher launcher() {
    return LAUNCHER;
  }

  /** Where it runs. */
  static Path folder() {
    return HOME.resolve("flink");
  }

  /** Settings of another Flink. */
  static FlinkSettings settings(Path home, FlinkCatalogs catalogs, FlinkSettings.Limits limits) {
    return new FlinkSettings(
        new FlinkSource.Download(TestArtifacts.shared()),
        home.resolve("flink"),
        home.resolve("flink-libraries"),
        JvmProgram.currentJavaHome(),
        512,
        16,
        catalogs,
        // Tests run short statements: the second compiler does not pay.
        Map.of("env.java.opts.all", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"),
        limits);
  }

  /** Settings of a SQL Gateway that runs already. */
  static FlinkSettings endpoint(FlinkSettings own, URI address) {
    return new FlinkSettings(
        new FlinkSource.Endpoint(address),
        own.folder(),
        own.libraries(),
        own.javaHome(),
        own.heapMegabytes(),
        own.slots(),
        own.catalogs(),
        own.configuration(),
        own.limits());
  }

  private static Path home() {
    try {
      Path target = Path.of(System.getProperty("basedir", ".")).resolve("target");
      Files.createDirectories(target);
      return Files.createTempDirectory(target, "flink-test-").toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
