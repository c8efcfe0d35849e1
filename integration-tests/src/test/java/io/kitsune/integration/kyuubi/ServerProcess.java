// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A server as a process of its own, with all that it starts. */
final class ServerProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);
  private static final long STOP_LIMIT_SECONDS = 60;

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts one; its output goes to a file. */
  static ServerProcess start(List<String> command, Map<String, String> variables, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.directory(log.getParent().toFile()).environment().putAll(variables);
    return new ServerProcess(builder.start(), log);
  }

  /** Waits until somebody listens there. */
  void awaitPort(int port) {
    awaitStart(() -> listens(port));
  }

  /** Waits until it has printed that. */
  void awaitOutput(String text) {
    awaitStart(() -> output().contains(text));
  }

  private void awaitStart(Callable<Boolean> started) {
    await()
        .atMost(START_LIMIT)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException("it ended at its start: " + output());
              }
              return started.call();
            });
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** As {@code kill}. */
  void terminate() {
    process.destroy();
  }

  /** The exit code, once it has ended. */
  int awaitExit() throws InterruptedException, IOException {
    if (!process.waitFor(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      throw new IllegalStateException("it does not end: " + output());
    }
    return process.exitValue();
  }

  String output() throws IOException {
    return Files.readString(log);
  }

  @Override
  public void close() {
    List<ProcessHandle> started = process.descendants().toList();
    try {
      process.destroy();
      if (!process.waitFor(STOP_LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    // Kyuubi's engines outlive the server that launched them.
    started.forEach(ProcessHandle::destroyForcibly);
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1_000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
