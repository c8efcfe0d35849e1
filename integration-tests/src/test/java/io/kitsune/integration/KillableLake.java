// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.StatementReport;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.router.Engine;
import io.kitsune.router.history.HistoryEntry;
import io.kitsune.router.history.HistoryFilter;
import io.kitsune.router.history.HistoryStore;
import io.kitsune.router.reading.NormalisedText;
import io.kitsune.router.reading.ReadingLimits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;

/**
 * A Kitsune of its own whose Spark and Trino are killed and whose DuckDB has little memory. {@code
 * shop.numbers} is a Hive table with the numbers from 0 to {@link #ROWS}, and a long text for each.
 * {@code shop.for_spark} and {@code shop.for_trino} are the same rows, for which that engine is
 * preferred; {@code shop.growing} has fewer, the last of them larger than DuckDB's memory.
 */
final class KillableLake implements AutoCloseable {
  static final int ROWS = 400_000;

  /** Of {@code shop.growing}, without the last. */
  static final int GROWING_ROWS = 100_000;

  private static final String POLICY =
      """
      version: 1
      rules:
        - name: spark
          when: tables has '*.shop.for_spark'
          then: prefer spark
          because: "it is killed with this on its hands"
        - name: trino
          when: tables has '*.shop.for_trino'
          then: prefer trino
          because: "it is killed with this on its hands"
        - name: duckdb
          when: tables has '*.shop.*'
          then: prefer duckdb
          because: "it runs out of memory"
      """;

  private final Path home;
  private final KitsuneConfiguration configuration;
  private final RouterEngine engine;
  private final List<StatementReport> reports = new CopyOnWriteArrayList<>();

  KillableLake() throws IOException, SQLException {
    Path target = Path.of("target").toAbsolutePath();
    home = Files.createTempDirectory(Files.createDirectories(target), "failover-");
    Path policy = Files.writeString(home.resolve("policy.yaml"), POLICY);
    configuration =
        KitsuneConfiguration.load(
            Optional.empty(),
            Map.of(
                "kitsune.home", home.toString(),
                "kitsune.cache-directory", target.resolve("programs").toString(),
                "kitsune.frontend.port", "0",
                "kitsune.rest.enabled", "false",
                "kitsune.policy.file", policy.toString(),
                "kitsune.flink.mode", "off",
                "kitsune.cost.learn", "false",
                "kitsune.duckdb.memory-limit", "64MiB",
                "kitsune.duckdb.max-temp-directory-size", "1MiB",
                "kitsune.spark.conf.spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1"));
    engine = RouterEngine.start(configuration, reports::add, ProgressListener.NONE);
    run(
        "CREATE DATABASE shop",
        "CREATE TABLE shop.numbers STORED AS PARQUET AS"
            + " SELECT id, repeat(md5(cast(id AS STRING)), 8) AS text FROM range("
            + ROWS
            + ")",
        // One file and one partition of Spark's: the large row is the last that is read.
        "CREATE TABLE shop.growing STORED AS PARQUET AS"
            + " SELECT id, repeat(md5(cast(id AS STRING)), IF(id < %1$d, 8, 3000000)) AS text"
                .formatted(GROWING_ROWS)
            + " FROM range(0, %d, 1, 1)".formatted(GROWING_ROWS + 1));
    for (String table : List.of("for_spark", "for_trino")) {
      run(
          "CREATE EXTERNAL TABLE shop.%s (id BIGINT, text STRING) STORED AS PARQUET LOCATION '%s'"
              .formatted(table, folder("numbers").toUri()));
    }
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

  /** What an engine says to a query. */
  ResultTable answer(Engine asked, String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("SET kitsune.engine=" + asked.id());
      return ResultTable.of(connection, query);
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

  /** What is kept of a statement, the newest first. */
  List<HistoryEntry> history(String text) {
    String fingerprint = NormalisedText.of(text, ReadingLimits.DEFAULT).fingerprint();
    try (HistoryStore store = HistoryStore.open(configuration.redirectionStore())) {
      return store.list(
          new HistoryFilter(
              10, Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(fingerprint)));
    }
  }

  /** Where the files of a table of {@code shop} are. */
  private Path folder(String table) {
    return home.resolve("warehouse/shop.db").resolve(table);
  }

  /** Overwrites the middle of a table's only file; what stands at its end can still be read. */
  void damage(String table) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(table), "part-*");
        FileChannel file = FileChannel.open(files.iterator().next(), StandardOpenOption.WRITE)) {
      int third = (int) (file.size() / 3);
      byte[] noise = new byte[third];
      new Random(third).nextBytes(noise);
      file.write(ByteBuffer.wrap(noise), third);
    }
  }

  /** Kills Spark or Trino as {@code kill -9} does; returns how many there were. */
  int kill(Engine killed) {
    String folder = home.resolve(killed.id()).toString();
    List<ProcessHandle> processes =
        ProcessHandle.current()
            .children()
            .filter(process -> process.info().commandLine().orElse("").contains(folder))
            .toList();
    processes.forEach(ProcessHandle::destroyForcibly);
    return processes.size();
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
