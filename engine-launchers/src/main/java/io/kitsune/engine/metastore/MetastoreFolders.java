// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.metastore;

import io.kitsune.engine.process.ProgramFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Where a Metastore keeps what under a home folder, and its configuration file. */
record MetastoreFolders(Path home) {
  private static final String ARCHIVE = "hive-standalone-metastore-server-4.0.0-bin.tar.gz";
  private static final String HOUSEKEEPER =
      "org.apache.hadoop.hive.metastore.txn.service.AcidHouseKeeperService";
  private static final long CHECKS_IN_A_TIMEOUT = 6;

  /** Managed tables, and where databases lie unless they say otherwise. */
  Path warehouse() {
    return home.resolve("warehouse");
  }

  Path folder() {
    return home.resolve("metastore");
  }

  Path database() {
    return folder().resolve("database");
  }

  Path lock() {
    return folder().resolve("lock");
  }

  private Path port() {
    return folder().resolve("port");
  }

  static Path distribution(ProgramFolder program) {
    return program.archive(ARCHIVE);
  }

  /** The port that the Metastore of this home last listened on. */
  OptionalInt recordedPort() {
    try {
      return OptionalInt.of(Integer.parseInt(Files.readString(port()).strip()));
    } catch (NoSuchFileException | NumberFormatException never) {
      return OptionalInt.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void recordPort(int port) {
    write(port(), Integer.toString(port));
  }

  void forgetPort() {
    try {
      Files.deleteIfExists(port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Writes the configuration for that database and port; returns the folder it lies in.
   *
   * @param lockTimeout after how long without a sign of life a client loses its locks
   */
  Path configure(Path database, int port, Duration lockTimeout) {
    Path configuration = folder().resolve("conf");
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put(
        "javax.jdo.option.ConnectionURL", "jdbc:derby:;databaseName=" + database + ";create=true");
    properties.put("javax.jdo.option.ConnectionDriverName", "org.apache.derby.jdbc.EmbeddedDriver");
    properties.put("metastore.warehouse.dir", warehouse().toUri().toString());
    properties.put("metastore.thrift.bind.host", "127.0.0.1");
    properties.put("metastore.thrift.port", Integer.toString(port));
    // Event calls fail otherwise: no proxy users are configured.
    properties.put("metastore.metastore.event.db.notification.api.auth", "false");
    // The default transformer turns managed tables of clients like Spark into external ones and
    // moves them to another folder.
    properties.put("metastore.metadata.transformer.class", " ");
    // Iceberg's commits lock their table. Without its housekeeper the Metastore keeps the lock of a
    // client that was killed for ever, and the table takes no further commit.
    properties.put("metastore.housekeeping.threads.on", "true");
    properties.put("metastore.task.threads.remote", HOUSEKEEPER);
    properties.put("metastore.txn.timeout", lockTimeout.toSeconds() + "s");
    properties.put(
        "metastore.acid.housekeeper.interval",
        Math.max(1, lockTimeout.toSeconds() / CHECKS_IN_A_TIMEOUT) + "s");
    String xml =
        properties.entrySet().stream()
            .map(
                entry ->
                    "<property><name>%s</name><value>%s</value></property>"
                        .formatted(entry.getKey(), escaped(entry.getValue())))
            .collect(Collectors.joining("\n", "<configuration>\n", "\n</configuration>\n"));
    write(configuration.resolve("metastore-site.xml"), xml);
    write(
        configuration.resolve("log4j2.properties"),
        """
        appender.console.type = Console
        appender.console.name = console
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d{ISO8601} %p %c{1}: %m%n
        rootLogger.level = warn
        rootLogger.appenderRef.console.ref = console
        """);
    return configuration;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void write(Path file, String content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
