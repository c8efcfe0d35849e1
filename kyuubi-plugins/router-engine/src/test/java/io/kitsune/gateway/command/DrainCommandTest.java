// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.gateway.assembly.RouterEngine.Standing;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code kitsune drain} against a server in a process of its own. */
class DrainCommandTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir Path folder;

  private Process server;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int drain(String... more) {
    String[] arguments = new String[more.length + 5];
    arguments[0] = "drain";
    arguments[1] = "--home";
    arguments[2] = home().toString();
    arguments[3] = "--config";
    arguments[4] = folder.resolve("kitsune.properties").toString();
    System.arraycopy(more, 0, arguments, 5, more.length);
    return Kitsune.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
        .execute(arguments);
  }

  private Path home() {
    return folder.resolve("home");
  }

  private ServerFile start() throws Exception {
    Path configuration =
        Files.writeString(
            folder.resolve("kitsune.properties"), "kitsune.warm-up=false\nkitsune.rest.port=0\n");
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.kitsune.gateway.command.Kitsune",
                "server",
                "--home",
                home().toString(),
                "--config",
                configuration.toString(),
                "--port",
                "0")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("output").toFile())
            .start();
    await().atMost(PATIENCE).until(() -> !server.isAlive() || !ServerFile.alive(home()).isEmpty());
    assertThat(server.isAlive()).as(Files.readString(folder.resolve("output"))).isTrue();
    return ServerFile.alive(home()).get(0);
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.destroyForcibly().waitFor();
    }
  }

  @Test
  void sessionsFinishAndTheServerExits() throws Exception {
    ServerFile file = start();
    assertThat(file.pid()).isEqualTo(server.pid());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home().resolve("run"))))
        .isEqualTo("rwx------");
    String url = "jdbc:kyuubi://" + file.address() + "/default";
    CompletableFuture<Integer> drained;
    try (Connection open = DriverManager.getConnection(url, "ann", "")) {
      drained = CompletableFuture.supplyAsync(this::drain);
      await()
          .atMost(PATIENCE)
          .until(() -> file.again(home()).map(now -> now.standing().draining()).orElse(false));
      assertThatThrownBy(() -> DriverManager.getConnection(url, "bob", "").close())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("GATEWAY_DRAINING");
      try (Statement statement = open.createStatement()) {
        statement.execute("SET spark.sql.ansi.enabled=true");
      }
      await().atMost(PATIENCE).until(() -> out.toString().contains("1 sessions open"));
    }
    assertThat(drained.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo(ExitCode.OK);
    assertThat(out.toString()).endsWith("stopped" + System.lineSeparator());
    assertThat(server.waitFor()).isZero();
    assertThat(Files.readString(folder.resolve("output"))).contains("Drained: no session is open");
    assertThat(home().resolve("run")).isEmptyDirectory();

    assertThat(drain()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(err.toString()).contains("no server runs on " + home());
  }

  @Test
  void whatADeadServerLeftBehindIsNoServer() throws Exception {
    Files.createDirectories(home());
    Files.writeString(folder.resolve("kitsune.properties"), "");
    ServerFile mine = ServerFile.ofThisProcess("127.0.0.1:1", new Standing(false, 0, 0));
    // The number is this process's; it was another that had it then.
    new ServerFile(mine.pid(), mine.born() - 1, mine.address(), mine.standing()).write(home());
    assertThat(drain()).isEqualTo(ExitCode.UNREACHABLE);
    assertThat(home().resolve("run")).isEmptyDirectory();
  }

  @Test
  void asksWhichOfSeveral() throws Exception {
    Files.createDirectories(home());
    Files.writeString(folder.resolve("kitsune.properties"), "");
    Process other = new ProcessBuilder("sleep", "600").start();
    try {
      Standing standing = new Standing(false, 0, 0);
      ServerFile.ofThisProcess("127.0.0.1:1", standing).write(home());
      long born = other.info().startInstant().orElseThrow().toEpochMilli();
      new ServerFile(other.pid(), born, "127.0.0.1:2", standing).write(home());
      assertThat(drain()).isEqualTo(ExitCode.USAGE);
      assertThat(err.toString()).contains(other.pid() + " (127.0.0.1:2)").contains("--pid");
      assertThat(drain("--pid", Long.toString(other.pid()), "--no-wait")).isEqualTo(ExitCode.OK);
      assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      other.destroyForcibly();
    }
  }
}
