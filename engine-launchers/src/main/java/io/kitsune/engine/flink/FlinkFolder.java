// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;

/**
 * What a Flink started here keeps between runs, and is configured with. Only its owner may look
 * into it, since options of tables and catalogs can be secrets.
 */
record FlinkFolder(Path path) {
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rwx------");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Definitions of tables, by database. */
  Path tables() {
    return path.resolve("tables");
  }

  /** Flink's catalog store: definitions of catalogs. */
  Path catalogs() {
    return path.resolve("catalogs");
  }

  /** Where the catalog inside Flink keeps that table; it encodes names the same way. */
  Path table(String database, String name) {
    return tables().resolve(encoded(database)).resolve(encoded(name) + ".properties");
  }

  /** Where Flink keeps the description of that catalog. */
  Path catalog(String name) {
    return catalogs().resolve(encoded(name) + ".yaml");
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace(".", "%2E");
  }

  /** Held by the gateway whose Flink it is. */
  Path lock() {
    return path.resolve("flink.lock");
  }

  /** Held by the Flink itself, which may outlive a gateway that was killed. */
  Path runLock() {
    return path.resolve("flink-process.lock");
  }

  /** Where the REST server of the JobManager is, as the Flink that runs has written there. */
  URI jobManager() {
    try {
      return URI.create(Files.readString(runLock()));
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + runLock() + " can't be read", e);
    }
  }

  /** Continuous jobs. */
  Path jobs() {
    return path.resolve("jobs");
  }

  Path checkpoints() {
    return path.resolve("checkpoints");
  }

  Path savepoints() {
    return path.resolve("savepoints");
  }

  Path log() {
    return path.resolve("flink.log");
  }

  /** What stands at the beginning of the class path. */
  Path configuration() {
    return path.resolve("conf");
  }

  void create() {
    try {
      Files.createDirectories(path);
      Files.setPosixFilePermissions(path, OWNER);
      Files.createDirectories(catalogs());
      Files.createDirectories(tables());
      Files.createDirectories(configuration().resolve("META-INF/services"));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + path + " can't be written", e);
    }
  }

  /** Describes a catalog to Flink; one of that name is replaced. */
  void writeCatalog(String name, Map<String, String> options) {
    try {
      // JSON is YAML too.
      write(catalog(name), JSON.writeValueAsString(options));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts can be written as JSON", e);
    }
  }

  /** Names the class that implements an interface, for Java's service loader. */
  void writeService(String type, String implementation) {
    write(configuration().resolve("META-INF/services").resolve(type), implementation);
  }

  /** What Iceberg in Flink asks of Hadoop's configuration, which is read from the class path. */
  void writeHadoopConfiguration() {
    // Sooner than the embedded Metastore takes a commit's lock from a silent client.
    write(
        configuration().resolve("core-site.xml"),
        """
        <configuration>
        <property><name>iceberg.hive.lock-heartbeat-interval-ms</name><value>10000</value></property>
        </configuration>
        """);
  }

  void writeLogConfiguration() {
    write(
        configuration().resolve("log4j2.properties"),
        """
        rootLogger.level = warn
        rootLogger.appenderRef.console.ref = console
        appender.console.type = Console
        appender.console.name = console
        appender.console.target = SYSTEM_ERR
        appender.console.layout.type = PatternLayout
        appender.console.layout.pattern = %d{ISO8601} %p %c{1}: %m%n%ex
        # They complain of what a local Flink does without.
        logger.tokens.name = org.apache.flink.runtime.security.token
        logger.tokens.level = error
        logger.web.name = org.apache.flink.runtime.webmonitor
        logger.web.level = error
        """);
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException("The file " + file + " can't be written", e);
    }
  }
}
