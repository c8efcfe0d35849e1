// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import io.kitsune.error.KitsuneException;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One in-memory DuckDB, locked: no extension, no secret, no setting but the time zone, no file
 * outside of the allowed directories. The connection it was made with runs nothing; each statement
 * gets a copy (5 µs), for an interrupt stops whatever runs on its connection. Thread-safe.
 */
final class DuckDbInstance implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbInstance.class);

  /** The zone of a new connection. */
  static final String TIME_ZONE = "UTC";

  private final DuckDBConnection pristine;
  private final TemporarySpace temporarySpace;
  private final BufferAllocator allocator = new RootAllocator();
  private volatile boolean alive = true;

  private DuckDbInstance(DuckDBConnection pristine, TemporarySpace temporarySpace) {
    this.pristine = pristine;
    this.temporarySpace = temporarySpace;
  }

  static DuckDbInstance start(DuckDbSettings settings) {
    TemporarySpace temporarySpace = TemporarySpace.in(settings.temporaryDirectory());
    try {
      DuckDBConnection connection =
          DriverManager.getConnection("jdbc:duckdb:", properties(settings, temporarySpace))
              .unwrap(DuckDBConnection.class);
      UnpackedLibrary.unlink();
      try {
        lock(connection, settings);
      } catch (SQLException e) {
        connection.close();
        throw e;
      }
      return new DuckDbInstance(connection, temporarySpace);
    } catch (SQLException | LinkageError e) {
      temporarySpace.close();
      throw new KitsuneException(
          "ENGINE_UNAVAILABLE",
          "58000",
          "DuckDB does not start: %s. Check kitsune.duckdb.* and that the machine is one DuckDB has a library for."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static Properties properties(DuckDbSettings settings, TemporarySpace temporarySpace) {
    Properties properties = new Properties();
    // Without it a result is held in memory as a whole, outside of the memory limit.
    properties.setProperty(DuckDBDriver.JDBC_STREAM_RESULTS, "true");
    properties.setProperty(DuckDBDriver.JDBC_INSTANCE_CACHE, "false");
    properties.setProperty("memory_limit", settings.memoryLimitBytes() + "B");
    properties.setProperty("threads", Integer.toString(settings.threads()));
    properties.setProperty("temp_directory", temporarySpace.folder().toString());
    properties.setProperty("autoinstall_known_extensions", "false");
    properties.setProperty("autoload_known_extensions", "false");
    properties.setProperty("allow_community_extensions", "false");
    properties.setProperty("allow_persistent_secrets", "false");
    return properties;
  }

  /** The order matters: what comes after the last line can no longer be set. */
  private static void lock(DuckDBConnection connection, DuckDbSettings settings)
      throws SQLException {
    String directories =
        settings.allowedDirectories().stream()
            .map(directory -> "'" + directory.toString().replace("'", "''") + "'")
            .collect(Collectors.joining(",", "[", "]"));
    List<String> settingsInOrder =
        List.of(
            "SET errors_as_json = true",
            // Counted, for whoever asks, and not drawn.
            "SET enable_progress_bar = true",
            "SET enable_progress_bar_print = false",
            // As a property of the connection it is shown and not enforced (1.5.6).
            "SET max_temp_directory_size = '" + settings.maxTemporaryBytes() + "B'",
            "SET GLOBAL TimeZone = '" + TIME_ZONE + "'",
            "SET allowed_directories = " + directories,
            "SET enable_external_access = false",
            "SET allowed_configs = ['TimeZone']",
            "SET lock_configuration = true");
    try (Statement statement = connection.createStatement()) {
      for (String setting : settingsInOrder) {
        statement.execute(setting);
      }
    }
  }

  DuckDBConnection connect() throws SQLException {
    return pristine.duplicate();
  }

  /** An account of the Arrow memory of one statement; whoever asks for it closes it. */
  BufferAllocator newAllocator(String name) {
    return allocator.newChildAllocator(name, 0, Long.MAX_VALUE);
  }

  /** The Arrow memory held by all statements. */
  long arrowBytes() {
    return allocator.getAllocatedMemory();
  }

  /** What its buffers take now; empty if it does not say. */
  OptionalLong memoryUsed() {
    try (DuckDBConnection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("SELECT sum(memory_usage_bytes)::BIGINT FROM duckdb_memory()")) {
      result.next();
      return OptionalLong.of(result.getLong(1) + arrowBytes());
    } catch (SQLException e) {
      LOG.debug("DuckDB does not say what memory it takes", e);
      return OptionalLong.empty();
    }
  }

  boolean alive() {
    return alive;
  }

  /** Says that the instance refuses to work; it is closed once its sessions are. */
  void died() {
    alive = false;
  }

  @Override
  public void close() {
    alive = false;
    try {
      pristine.close();
    } catch (SQLException e) {
      LOG.warn("Closing DuckDB failed", e);
    }
    try {
      allocator.close();
    } catch (IllegalStateException e) {
      LOG.error("DuckDB's results were not all freed", e);
    }
    temporarySpace.close();
  }
}
