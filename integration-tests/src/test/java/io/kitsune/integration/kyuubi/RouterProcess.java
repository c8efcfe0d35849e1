// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A router engine as a process of its own, as {@code bin/kitsune server} starts it. */
final class RouterProcess implements AutoCloseable {
  /** What an operator sets for one beside Kyuubi. */
  private static final Path LINES = Path.of("..", "conf", "kyuubi", "kitsune.properties");

  private final ServerProcess process;
  private final Path folder;
  private final int port;

  private RouterProcess(ServerProcess process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts one and waits until it is registered.
   *
   * @param folder made here
   * @param further settings: {@code key=value}
   */
  static RouterProcess start(Path folder, String quorum, String... further) throws IOException {
    int port = FreePort.next();
    Files.createDirectories(folder);
    List<String> settings = new ArrayList<>(Files.readAllLines(LINES));
    settings.addAll(
        List.of(
            "kitsune.home=" + folder.resolve("home"),
            "kitsune.cache-directory=" + Path.of("target", "programs").toAbsolutePath(),
            "kitsune.frontend.port=" + port,
            "kitsune.discovery.quorum=" + quorum,
            "kitsune.discovery.kyuubi-versions=" + GivenKyuubi.version(),
            "kitsune.discovery.user=" + System.getProperty("user.name"),
            "kitsune.rest.enabled=false",
            "kitsune.metrics.enabled=false",
            "kitsune.flink.mode=off",
            "kitsune.trino.mode=off",
            "kitsune.warm-up=false"));
    settings.addAll(List.of(further));
    Path file = Files.write(folder.resolve("kitsune.properties"), settings);
    ServerProcess process =
        ServerProcess.start(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Xmx512m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "io.kitsune.gateway.command.Kitsune",
                "server",
                "--config",
                file.toString()),
            Map.of(),
            folder.resolve("server.log"));
    try {
      // Printed when all is done, the registration too.
      process.awaitOutput("listens on 127.0.0.1:" + port);
      return new RouterProcess(process, folder, port);
    } catch (RuntimeException e) {
      process.close();
      throw e;
    }
  }

  /** Whether a session of this user was opened here. */
  boolean opened(String user) throws IOException {
    return process.output().contains(" of " + user + " opened");
  }

  /** Whether a statement has come as far as waiting for Spark. */
  boolean isStartingSpark() throws IOException {
    return Files.isDirectory(folder.resolve("home/spark"));
  }

  /** Where it listens, for who goes past Kyuubi. */
  int port() {
    return port;
  }

  ServerProcess process() {
    return process;
  }

  @Override
  public void close() {
    process.close();
  }
}
