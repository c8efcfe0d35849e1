// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.TableName;
import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.StatementReport;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.store.RedirectionStore;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Streams into a table that batches read, all through one port, and a gateway that restarts. */
@Timeout(600)
class FlinkTest {
  private static final Duration SOON = Duration.ofSeconds(180);

  @TempDir private Path home;
  private final List<StatementReport> reports = new CopyOnWriteArrayList<>();

  @Test
  void aStreamFillsATableThatOtherEnginesReadAndOutlivesTheGateway() throws SQLException {
    String job;
    long before;
    try (RouterEngine gateway = gateway();
        Connection connection = connect(gateway)) {
      run(connection, "SET kitsune.engine=flink");
      run(connection, "CREATE TABLE spark_catalog.`default`.events (id BIGINT, url STRING)");
      run(
          connection,
          """
          CREATE TABLE clicks (id BIGINT, url STRING) WITH ('connector' = 'datagen',
            'rows-per-second' = '20', 'fields.id.kind' = 'sequence', 'fields.id.start' = '0',
            'fields.id.end' = '1000000')
          """);
      run(connection, "SET kitsune.engine=auto");
      assertThat(run(connection, "SELECT count(*) FROM events")).containsExactly("0");
      run(connection, "SET `execution.checkpointing.interval`=1s");

      job = run(connection, "INSERT INTO events SELECT id, url FROM clicks").get(0);

      assertThat(job).hasSize(32);
      grows(connection, grows(connection, 0));
      assertThat(reports.get(reports.size() - 1).decision())
          .singleElement()
          .satisfies(decision -> assertThat(decision.chosen().engine().id()).isEqualTo("duckdb"));
      assertThat(run(connection, "SHOW JOBS")).contains(job);
      readsOverArrow(connection);
      readsWhatAMovedNameMeans(connection);
      cancels(connection);
      before = count(connection);
    }
    try (RouterEngine gateway = gateway();
        Connection connection = connect(gateway)) {
      assertThat(run(connection, "SHOW JOBS")).contains(job);
      grows(connection, grows(connection, before));

      assertThat(run(connection, "STOP JOB '" + job + "' WITH SAVEPOINT").get(0))
          .contains("savepoint");

      String all = Long.toString(count(connection));
      assertThat(run(connection, "SELECT max(id) + 1 FROM events")).containsExactly(all);
      assertThat(run(connection, "SELECT count(DISTINCT id) FROM events")).containsExactly(all);
    }
  }

  private RouterEngine gateway() {
    return RouterEngine.start(configuration(), reports::add, ProgressListener.NONE);
  }

  private KitsuneConfiguration configuration() {
    return KitsuneConfiguration.load(
        Optional.empty(),
        Map.of(
            "kitsune.home", home.toString(),
            "kitsune.cache-directory", Path.of("target", "programs").toAbsolutePath().toString(),
            "kitsune.frontend.port", "0",
            "kitsune.rest.enabled", "false",
            "kitsune.warm-up", "false",
            "kitsune.trino.mode", "off",
            "kitsune.flink.conf.env.java.opts.all", "-XX:TieredStopAtLevel=1"));
  }

  private static Connection connect(RouterEngine gateway) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "tester");
    return new KyuubiHiveDriver()
        .connect("jdbc:kyuubi://127.0.0.1:" + gateway.port() + "/default", properties);
  }

  private static void readsOverArrow(Connection connection) throws SQLException {
    run(connection, "SET kyuubi.operation.result.format=arrow");
    try (Statement statement = connection.createStatement();
        ResultSet least =
            statement.executeQuery("SELECT /*+ ENGINE(flink) */ min(id) FROM events")) {
      assertThat(least.getClass().getSimpleName()).isEqualTo("KyuubiArrowQueryResultSet");
      assertThat(least.next()).isTrue();
      assertThat(least.getLong(1)).isZero();
      assertThat(least.next()).isFalse();
    }
    run(connection, "SET kyuubi.operation.result.format=thrift");
  }

  /** A query that does not end: rows come as they arrive, until it is cancelled. */
  private static void cancels(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(10);
      ResultSet rows = statement.executeQuery("SELECT id FROM clicks");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong(1)).isZero();

      statement.cancel();

      assertThatThrownBy(
              () -> {
                while (rows.next()) {
                  assertThat(rows.getLong(1)).isPositive();
                }
              })
          .isInstanceOf(SQLException.class);
    }
  }

  /** In texts that only Flink's grammar has. */
  private void readsWhatAMovedNameMeans(Connection connection) throws SQLException {
    run(connection, "SET kitsune.engine=flink");
    run(connection, "CREATE TABLE spark_catalog.`default`.stock_now (n INT)");
    run(connection, "INSERT INTO spark_catalog.`default`.stock_now VALUES (42)");
    run(connection, "SET kitsune.engine=auto");
    try (RedirectionStore store = RedirectionStore.open(configuration().redirectionStore())) {
      store.add(
          TableName.of("spark_catalog", "default", "stock"),
          TableName.of("spark_catalog", "default", "stock_now"),
          Phase.MIGRATED,
          "test");
    }
    assertThat(run(connection, "SELECT stock.n FROM stock /*+ OPTIONS('streaming' = 'false') */"))
        .containsExactly("42");
    run(
        connection,
        """
        EXECUTE STATEMENT SET BEGIN
          INSERT INTO stock SELECT n + 1 FROM stock;
        END
        """);
    assertThat(run(connection, "SELECT max(n) FROM stock_now")).containsExactly("43");
    assertThatThrownBy(
            () -> run(connection, "CREATE TABLE s WITH ('connector' = 'print') AS SELECT FROM"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42601"))
        .hasMessageContaining("line 1, column");
  }

  private static long grows(Connection connection, long before) {
    return await().atMost(SOON).until(() -> count(connection), count -> count > before);
  }

  private static long count(Connection connection) throws SQLException {
    return Long.parseLong(run(connection, "SELECT count(*) FROM events").get(0));
  }

  /** The first column of what it yields. */
  private static List<String> run(Connection connection, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        ResultSet rows = statement.getResultSet();
        while (rows.next()) {
          values.add(rows.getString(1));
        }
      }
    }
    return values;
  }
}
