// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.StatementReport;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;

/**
 * A Kitsune of its own whose Spark is killed and whose DuckDB has little memory. {@code
 * shop.numbers} is a Hive table with the numbers from 0 to {@link #ROWS}, and a long text for each.
 */
final class KillableLake implements AutoCloseable {
  static final int ROWS = 400_000;

  private final Path home;
  private final RouterEngine engine;
  private final List<StatementReport> reports = new CopyOnWriteArrayList<>();

  KillableLake() throws IOException, SQLException {
    Path target = Path.of("target").toAbsolutePath();
    home = Files.createTempDirectory(Files.createDirectories(target), "failover-");
    engine =
        RouterEngine.start(
            KitsuneConfiguration.load(
                Optional.empty(),
                Map.of(
                    "kitsune.home", home.toString(),
                    "kitsune.cache-directory", target.resolve("programs").toString(),
                    "kitsune.frontend.port", "0",
                    "kitsune.trino.mode", "off",
                    "kitsune.flink.mode", "off",
                    "kitsune.duckdb.memory-limit", "64MiB",
                    "kitsune.duckdb.max-temp-directory-size", "1MiB",
                    "kitsune.spark.conf.spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1")),
            reports::add,
            ProgressListener.NONE);
    run(
        "CREATE DATABASE shop",
        "CREATE TABLE shop.numbers STORED AS PARQUET AS"
            + " SELECT id, repeat(md5(cast(id AS STRING)), 8) AS text FROM range("
            + ROWS
            + ")");
  }

  Connection connect() throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "tester");
    return new KyuubiHiveDriver()
        .connect("jdbc:kyuubi://127.0.0.1:" + engine.port() + "/default", properties);
  }

  /** Runs statements one after the other on a connection of their own. */
  void run(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String text : statements) {
        statement.execute(text);
      }
    }
  }

  /** The first value of the first row. */
  long number(String query) throws SQLException {
    try (Connection connection = connect()) {
      return ((Number) ResultTable.of(connection, query).rows().get(0).get(0)).longValue();
    }
  }

  /** What became of every statement so far. */
  List<StatementReport> reports() {
    return List.copyOf(reports);
  }

  /** Kills Spark as {@code kill -9} does; returns how many there were. */
  int killSpark() {
    String folder = home.resolve("spark").toString();
    List<ProcessHandle> sparks =
        ProcessHandle.current()
            .children()
            .filter(process -> process.info().commandLine().orElse("").contains(folder))
            .toList();
    sparks.forEach(ProcessHandle::destroyForcibly);
    return sparks.size();
  }

  @Override
  public void close() throws IOException {
    engine.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
