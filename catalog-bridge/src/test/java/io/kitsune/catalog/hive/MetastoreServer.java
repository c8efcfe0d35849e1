// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;

/**
 * A real Hive Metastore 4.0.1 over Derby for tests, as a child process on a free port of the
 * loopback address. It dies with this JVM, {@code kill -9} included. The empty schema is made once
 * and copied, so a start takes about two seconds.
 *
 * <p>Other modules use it from this module's test jar; the distribution is unpacked by this
 * module's build.
 */
public final class MetastoreServer implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Path folder;
  private final int port;
  private Process process;

  private MetastoreServer(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  /**
   * Starts a server with an empty database.
   *
   * @param folder gets the database, the log and the warehouses; emptied by nobody
   */
  public static MetastoreServer start(Path folder) {
    try {
      Path absolute = folder.toAbsolutePath();
      copy(emptySchema(), absolute.resolve("database"));
      MetastoreServer server = new MetastoreServer(absolute, freePort());
      writeConfiguration(absolute);
      server.launch();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code thrift://127.0.0.1:port}. */
  public String uri() {
    return "thrift://127.0.0.1:" + port;
  }

  /** Where managed tables lie. */
  public Path warehouse() {
    return folder.resolve("warehouse");
  }

  /** Where external tables may lie. */
  public Path external() {
    return folder.resolve("external");
  }

  /** Ends the process at once, as {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("the Metastore does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Starts it again after {@link #kill}, with the same port and database. */
  public void restart() {
    try {
      launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Runs a call over a connection of its own, to make tables and the like. */
  public <T> T call(Call<T> call) {
    try (TSocket socket =
        new TSocket(
            new org.apache.thrift.TConfiguration(),
            "127.0.0.1",
            port,
            (int) LIMIT.toMillis(),
            (int) LIMIT.toMillis())) {
      socket.open();
      return call.run(new ThriftHiveMetastore.Client(new TBinaryProtocol(socket)));
    } catch (TException e) {
      throw new IllegalStateException(
          "the Metastore refused a test's call; its log ends:\n" + logTail(), e);
    }
  }

  @Override
  public void close() {
    kill();
  }

  /** A call to the Metastore. */
  @FunctionalInterface
  public interface Call<T> {
    /** Runs it; the result may be null. */
    T run(ThriftHiveMetastore.Iface metastore) throws TException;
  }

  private void launch() throws IOException {
    process =
        java(
            folder.resolve("metastore.log"),
            List.of(folder.resolve("conf").toString()),
            folder,
            "org.apache.hadoop.hive.metastore.HiveMetaStore",
            "-p",
            Integer.toString(port));
    Instant end = Instant.now().plus(LIMIT);
    while (!listens()) {
      try {
        if (process.waitFor(20, TimeUnit.MILLISECONDS) || Instant.now().isAfter(end)) {
          process.destroyForcibly();
          throw new IllegalStateException(
              "the Metastore did not start:\n" + Files.readString(folder.resolve("metastore.log")));
        }
      } catch (InterruptedException e) {
        process.destroyForcibly();
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted", e);
      }
    }
  }

  private String logTail() {
    try {
      String log = Files.readString(folder.resolve("metastore.log"));
      return log.substring(Math.max(0, log.length() - 4000));
    } catch (IOException e) {
      return e.toString();
    }
  }

  private boolean listens() {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress("127.0.0.1", port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static void writeConfiguration(Path folder) throws IOException {
    Map<String, String> properties =
        Map.of(
            "javax.jdo.option.ConnectionURL",
            "jdbc:derby:" + folder.resolve("database"),
            "metastore.warehouse.dir",
            "file:" + folder.resolve("warehouse"),
            "metastore.warehouse.external.dir",
            "file:" + folder.resolve("external"),
            "metastore.thrift.bind.host",
            "127.0.0.1",
            // Without it, the calls that Hive's and Iceberg's clients make for events are refused.
            "metastore.metastore.event.db.notification.api.auth",
            "false");
    StringBuilder xml = new StringBuilder("<configuration>\n");
    properties.forEach(
        (name, value) ->
            xml.append(
                "<property><name>%s</name><value>%s</value></property>%n".formatted(name, value)));
    Files.createDirectories(folder.resolve("conf"));
    Files.createDirectories(folder.resolve("warehouse"));
    Files.createDirectories(folder.resolve("external"));
    Files.writeString(
        folder.resolve("conf/metastore-site.xml"), xml.append("</configuration>\n"), UTF_8);
  }

  /** The folder of an empty database, made by the first test of a build that needs it. */
  private static Path emptySchema() throws IOException {
    Path home = home();
    Path made = home.resolve("empty-schema");
    synchronized (MetastoreServer.class) {
      try (FileChannel channel =
              FileChannel.open(
                  home.resolve("empty-schema.lock"),
                  StandardOpenOption.CREATE,
                  StandardOpenOption.WRITE);
          FileLock lock = channel.lock()) {
        if (!Files.exists(made) && lock.isValid()) {
          initialise(made);
        }
      }
    }
    return made.resolve("database");
  }

  private static void initialise(Path made) throws IOException {
    Path work = Files.createTempDirectory(made.getParent(), "schema-");
    writeConfiguration(work);
    Path site = work.resolve("conf/metastore-site.xml");
    Files.writeString(
        site, Files.readString(site).replace("/database<", "/database;create=true<"), UTF_8);
    Path log = work.resolve("schema.log");
    Process tool =
        java(
            log,
            List.of(work.resolve("conf").toString()),
            work,
            "org.apache.hadoop.hive.metastore.tools.schematool.MetastoreSchemaTool",
            "-dbType",
            "derby",
            "-initSchema");
    try {
      if (!tool.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || tool.exitValue() != 0) {
        tool.destroyForcibly();
        throw new IllegalStateException("no schema was made:\n" + Files.readString(log));
      }
    } catch (InterruptedException e) {
      tool.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
    Files.move(work, made, StandardCopyOption.ATOMIC_MOVE);
  }

  private static Process java(Path log, List<String> classPath, Path folder, String... main)
      throws IOException {
    Path home = home();
    Path distribution =
        home.resolve("distribution/apache-hive-metastore-4.0.1-bin").toAbsolutePath();
    List<String> entries = new ArrayList<>(classPath);
    entries.add(codeSource().toString());
    entries.add(distribution.resolve("lib") + "/*");
    entries.add(home.resolve("libraries") + "/*");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Nothing survives a test, so nothing need be forced to the disk.
            "-Dderby.system.durability=test",
            "-Dderby.stream.error.file=" + folder.resolve("derby.log"),
            "-cp",
            String.join(":", entries),
            MetastoreProcess.class.getName()));
    command.addAll(List.of(main));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    builder.environment().put("METASTORE_HOME", distribution.toString());
    return builder.start();
  }

  /** Where this module's build puts the distribution, from this module or another. */
  private static Path home() {
    Path home = codeSource().resolveSibling("metastore");
    if (!Files.isDirectory(home.resolve("libraries"))) {
      throw new IllegalStateException(
          "no Metastore in %s: build catalog-bridge's tests first".formatted(home));
    }
    return home;
  }

  private static Path codeSource() {
    try {
      return Path.of(
          MetastoreServer.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }
}
