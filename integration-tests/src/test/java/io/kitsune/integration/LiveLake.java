// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.StatementReport;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.demo.TpchData;
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
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * A whole Kitsune, once for all test classes of a run: a real Metastore, DuckDB and Spark behind
 * one port, with TPC-H as Hive tables in {@code tpch}. Stopped when the last test class is done.
 */
final class LiveLake implements BeforeAllCallback {
  /** The scale factor; 0.1 unless {@code -Dkitsune.tpch.scale} says otherwise. */
  static final double SCALE = Double.parseDouble(System.getProperty("kitsune.tpch.scale", "0.1"));

  private static LiveLake running;

  private RouterEngine engine;
  private KitsuneConfiguration configuration;
  private Path home;
  private final List<StatementReport> reports = new CopyOnWriteArrayList<>();

  /** The one that runs. */
  static synchronized LiveLake get() {
    return running;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    synchronized (LiveLake.class) {
      if (running == null) {
        start();
        running = this;
        context
            .getRoot()
            .getStore(Namespace.GLOBAL)
            .put(LiveLake.class, (ExtensionContext.Store.CloseableResource) this::stop);
      }
    }
  }

  private void start() throws IOException, SQLException {
    Path target = Path.of("target").toAbsolutePath();
    home = Files.createTempDirectory(Files.createDirectories(target), "lake-");
    configuration =
        KitsuneConfiguration.load(
            Optional.empty(),
            Map.of(
                "kitsune.home",
                home.toString(),
                "kitsune.cache-directory",
                target.resolve("programs").toString(),
                "kitsune.frontend.port",
                "0",
                "kitsune.rest.port",
                "0",
                "kitsune.metrics.enabled",
                "true",
                "kitsune.metrics.port",
                "0",
                // For a home that is thrown away, it would only take from the tests' two cores.
                "kitsune.trino.aot-cache",
                "false",
                // On a busy machine, tests that expect an engine must not learn otherwise.
                "kitsune.cost.learn",
                "false"));
    StatementListener listener = reports::add;
    engine = RouterEngine.start(configuration, listener, ProgressListener.NONE);
    Path data = target.resolve("tpch-" + SCALE);
    new TpchData(SCALE).write(data, ProgressListener.NONE);
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE tpch");
      for (String table : TpchData.tableNames()) {
        statement.execute(
            "CREATE EXTERNAL TABLE tpch.%s (%s) STORED AS PARQUET LOCATION '%s'"
                .formatted(table, TpchData.columnList(table), data.resolve(table).toUri()));
      }
    }
  }

  /** A new connection of the Kyuubi driver. */
  Connection connect() throws SQLException {
    return connect("");
  }

  /** As the other, with settings of the session: {@code key=value}, semicolons between. */
  Connection connect(String settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "tester");
    return new KyuubiHiveDriver()
        .connect(
            "jdbc:kyuubi://127.0.0.1:"
                + engine.port()
                + "/default"
                + (settings.isEmpty() ? "" : "?" + settings),
            properties);
  }

  /** The folder of the programs that were fetched. */
  Path programs() {
    return Path.of("target", "programs").toAbsolutePath();
  }

  /** The port of the frontend. */
  int port() {
    return engine.port();
  }

  /** Everything behind the port. */
  RouterEngine engine() {
    return engine;
  }

  /** What it was started with. */
  KitsuneConfiguration configuration() {
    return configuration;
  }

  /** The report of the statement that was closed last, whoever ran it. */
  StatementReport lastReport() {
    return reports.get(reports.size() - 1);
  }

  private void stop() throws IOException {
    engine.close();
    try (Stream<Path> files = Files.walk(home)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
