// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static org.awaitility.Awaitility.await;

import io.kitsune.redirection.store.StoreLocation.PostgreSql;
import io.kitsune.secret.SecretReference;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalNotFoundException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of the test's own on a free loopback port, from the programs of this machine.
 * PostgreSQL refuses to run as root: started by root it runs as {@code postgres} or {@code nobody}.
 */
public final class PostgreSqlServer implements AutoCloseable {
  private static final String PASSWORD = "only-for-this-test";

  private final AtomicInteger databases = new AtomicInteger();
  private final Path programs;
  private final Path folder;
  private final List<String> asUser;
  private final int port;
  private Process process;

  private PostgreSqlServer(Path programs, Path folder, List<String> asUser, int port) {
    this.programs = programs;
    this.folder = folder;
    this.asUser = asUser;
    this.port = port;
  }

  /** Where {@code postgres} and {@code initdb} are: on the path, or where Debian puts them. */
  public static Optional<Path> programs() throws IOException {
    Stream<Path> onPath =
        Stream.of(System.getenv("PATH").split(":")).filter(entry -> !entry.isEmpty()).map(Path::of);
    List<Path> candidates = new ArrayList<>(onPath.toList());
    Path debian = Path.of("/usr/lib/postgresql");
    if (Files.isDirectory(debian)) {
      try (Stream<Path> versions = Files.list(debian)) {
        versions
            .sorted(Comparator.reverseOrder())
            .map(v -> v.resolve("bin"))
            .forEach(candidates::add);
      }
    }
    return candidates.stream()
        .filter(bin -> Files.isExecutable(bin.resolve("postgres")))
        .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
        .findFirst();
  }

  public static PostgreSqlServer start(Path programs) throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("kitsune-postgresql");
    Path password = Files.writeString(folder.resolve("password"), PASSWORD);
    List<String> asUser = List.of();
    if (System.getProperty("user.name").equals("root")) {
      String user = unprivilegedUser(folder);
      for (Path path : List.of(folder, password)) {
        Files.setOwner(
            path, path.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(user));
      }
      asUser = List.of("setpriv", "--reuid=" + user, "--regid=nogroup", "--clear-groups");
    }
    PostgreSqlServer server = new PostgreSqlServer(programs, folder, asUser, freePort());
    server.initialise(password);
    server.startProcess();
    return server;
  }

  /** A new, empty database. */
  public PostgreSql newDatabase() throws IOException, SQLException {
    String name = "test" + databases.incrementAndGet();
    try (Connection connection = connect("postgres");
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    Path user = Files.writeString(folder.resolve("user"), "kitsune\n");
    return new PostgreSql(
        url(name),
        SecretReference.parse("file:" + user),
        SecretReference.parse("file:" + folder.resolve("password")));
  }

  void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      process.waitFor(10, TimeUnit.SECONDS);
    }
  }

  /** Ends every connection, as a server that is restarted does. */
  void restart() throws IOException, InterruptedException {
    run(List.of(programs.resolve("pg_ctl").toString(), "-D", data(), "-m", "fast", "-w", "stop"));
    process.waitFor(10, TimeUnit.SECONDS);
    startProcess();
  }

  @Override
  public void close() throws IOException, InterruptedException {
    stop();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  private void initialise(Path password) throws IOException, InterruptedException {
    run(
        List.of(
            programs.resolve("initdb").toString(),
            "-D",
            data(),
            "-U",
            "kitsune",
            "--auth=scram-sha-256",
            "--pwfile=" + password,
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync"));
  }

  private void startProcess() throws IOException {
    List<String> command = new ArrayList<>(asUser);
    command.addAll(
        List.of(programs.resolve("postgres").toString(), "-D", data(), "-h", "127.0.0.1"));
    command.addAll(
        List.of("-p", Integer.toString(port), "-c", "unix_socket_directories=", "-c", "fsync=off"));
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              connect("postgres").close();
              return true;
            });
  }

  private void run(List<String> program) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(asUser);
    command.addAll(program);
    Process run =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!run.waitFor(60, TimeUnit.SECONDS)) {
      run.destroyForcibly();
      throw new IOException("took longer than a minute: " + command);
    }
    if (run.exitValue() != 0) {
      throw new IOException("ended with " + run.exitValue() + ": " + command);
    }
  }

  private Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(url(database), "kitsune", PASSWORD);
  }

  private String url(String database) {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private static String unprivilegedUser(Path folder) throws IOException {
    try {
      folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("postgres");
      return "postgres";
    } catch (UserPrincipalNotFoundException e) {
      return "nobody";
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
