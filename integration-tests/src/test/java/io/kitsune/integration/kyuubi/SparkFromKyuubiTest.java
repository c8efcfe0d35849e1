// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.assembly.RouterEngine;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;
import org.apache.kyuubi.jdbc.hive.KyuubiStatement;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spark's statements on engines that a stock Kyuubi launches, found in ZooKeeper. */
@NeedsKyuubi
@EnabledIf(
    value = "io.kitsune.integration.kyuubi.GivenKyuubi#hasSpark",
    disabledReason = "no Spark is given for Kyuubi's engines: -Dspark.home or SPARK_HOME")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(600)
class SparkFromKyuubiTest {
  private static final Duration SOON = Duration.ofMinutes(3);
  private static final String ENDLESS = "SELECT sum(id % 7) FROM range(0, 1000000000000, 1, 1)";

  /** Longer than a launch: to Kyuubi, nobody uses a session meanwhile. */
  private static final int IDLE_SECONDS = 45;

  /** What an operator has to add for the router, and what makes the tests short. */
  private static final List<String> LINES =
      List.of(
          "hadoop.proxyuser.router.hosts=*",
          "hadoop.proxyuser.router.groups=*",
          "kyuubi.session.engine.open.onFailure=DEREGISTER_IMMEDIATELY",
          "kyuubi.session.engine.open.retry.wait=PT1S",
          "kyuubi.session.idle.timeout=PT" + IDLE_SECONDS + "S",
          "kyuubi.session.check.interval=PT4S");

  @TempDir static Path folder;

  private static TestingServer keeper;
  private static StockKyuubi first;
  private static RouterEngine engine;

  @BeforeAll
  static void start() throws Exception {
    keeper = Keepers.start(folder.resolve("zookeeper"));
    first = StockKyuubi.with(folder.resolve("first"), keeper.getConnectString(), LINES);
    Map<String, String> keys = new TreeMap<>();
    keys.put("kitsune.home", folder.resolve("lake").toString());
    keys.put("kitsune.cache-directory", Path.of("target", "programs").toAbsolutePath().toString());
    keys.put("kitsune.frontend.port", "0");
    keys.put("kitsune.rest.port", "0");
    keys.put("kitsune.trino.mode", "off");
    keys.put("kitsune.flink.mode", "off");
    keys.put("kitsune.spark.mode", "url");
    keys.put(
        "kitsune.spark.url",
        "jdbc:kyuubi://%s/;serviceDiscoveryMode=zooKeeper;zooKeeperNamespace=kyuubi"
            .formatted(keeper.getConnectString()));
    keys.put("kitsune.spark.url-user", "router");
    keys.put("kitsune.spark.conf.spark.sql.shuffle.partitions", "3");
    engine =
        RouterEngine.start(
            KitsuneConfiguration.load(Optional.empty(), keys),
            StatementListener.NONE,
            ProgressListener.NONE);
  }

  @AfterAll
  static void stop() throws Exception {
    engine.close();
    first.close();
    // Of a server that was killed, nobody knows any more what it started.
    engines("").forEach(ProcessHandle::destroyForcibly);
    keeper.close();
  }

  private static Connection connect(String user, String... settings) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", user);
    String url = engine.jdbcUrl("default") + ";?kitsune.engine=spark";
    return new KyuubiHiveDriver()
        .connect(
            Stream.concat(Stream.of(url), Stream.of(settings))
                .reduce((all, one) -> all + ";" + one)
                .orElseThrow(),
            properties);
  }

  private static String one(Statement statement, String text) throws SQLException {
    try (ResultSet rows = statement.executeQuery(text)) {
      assertThat(rows.next()).isTrue();
      String value = rows.getString(1);
      assertThat(rows.next()).isFalse();
      return value;
    }
  }

  /** The engines that run below the test's folder, of that user. */
  private static List<ProcessHandle> engines(String user) {
    return ProcessHandle.allProcesses()
        .filter(process -> command(process).contains("SparkSQLEngine"))
        .filter(process -> command(process).contains(folder + "/"))
        .filter(process -> command(process).contains("/" + user))
        .toList();
  }

  private static String command(ProcessHandle process) {
    return process.info().commandLine().orElse("");
  }

  @Test
  @Order(1)
  void theLaunchIsToldAndTheEngineIsTheEndUsers() throws Exception {
    try (Connection connection =
            connect("anna", "spark.app.name=annas", "kyuubi.engine.share.level=CONNECTION");
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT current_user(), '${spark.app.name}', '${spark.sql.shuffle.partitions}'")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("anna");
      assertThat(rows.getString(2)).isEqualTo("annas");
      assertThat(rows.getString(3)).isEqualTo("3");
      assertThat(((KyuubiStatement) statement).getExecLog())
          .anyMatch(line -> line.startsWith("Spark engine is being launched by Kyuubi at "))
          .anyMatch(line -> line.contains("SparkContext"))
          .noneMatch(line -> line.startsWith("\tat "));
      assertThat(engines("anna/")).hasSize(1);
    }
    // It was this connection's alone.
    await().atMost(SOON).untilAsserted(() -> assertThat(engines("anna/")).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(strings = {"arrow", "thrift"})
  @Order(2)
  void rowsAreRelayedAsTheyCome(String format) throws SQLException {
    try (Connection connection =
            connect(
                "vera",
                "spark.sql.session.timeZone=UTC",
                "kyuubi.operation.result.format=" + format);
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(4_000);
      try (ResultSet rows =
          statement.executeQuery(
              """
              SELECT id, CAST(id AS DECIMAL(20,2)) / 4 AS quarter, concat('row-', id) AS name,
                TIMESTAMP'2024-02-29 12:34:56.789012' AS at, DATE'2024-02-29' AS day,
                if(id % 2 = 0, id, NULL) AS even, array(id, NULL) AS two
              FROM range(25000) ORDER BY id""")) {
        for (long i = 0; i < 25_000; i++) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getLong(1)).isEqualTo(i);
          assertThat(rows.getBigDecimal(2)).isEqualByComparingTo(BigDecimal.valueOf(i * 25, 2));
          assertThat(rows.getString(3)).isEqualTo("row-" + i);
          assertThat(rows.getString(4)).isEqualTo("2024-02-29 12:34:56.789012");
          assertThat(rows.getDate(5)).isEqualTo(Date.valueOf("2024-02-29"));
          assertThat(rows.getString(6)).isEqualTo(i % 2 == 0 ? Long.toString(i) : null);
          assertThat(rows.getString(7)).isEqualTo("[" + i + ",null]");
        }
        assertThat(rows.next()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "Europe/Warsaw", "+02:00"})
  @Order(2)
  void overArrowTheDriverShowsWhatItShowsOverRows(String zone) throws SQLException {
    String session = "spark.sql.session.timeZone=" + zone;
    String sql =
        """
        SELECT * FROM VALUES
          (1, DATE'2024-10-06', CAST(0.1 AS FLOAT), TIMESTAMP'2024-07-01 12:00:00.5',
            TIMESTAMP_NTZ'1500-01-01 00:00:00', INTERVAL '-1 02:03:04.5' DAY TO SECOND,
            INTERVAL '-1-2' YEAR TO MONTH, named_struct('d', DATE'1000-01-01')),
          (2, DATE'1582-10-04', NULL, TIMESTAMP'1950-10-04 00:00:00', NULL, NULL, NULL, NULL)
        AS t(id, day, f, at, ntz, span, months, s) ORDER BY id""";
    String fits = "SELECT id, at, ntz, s FROM (" + sql + ")";
    try (Connection arrow = connect("vera", "kyuubi.operation.result.format=arrow", session);
        Connection thrift = connect("vera", session)) {
      assertThat(shown(arrow, sql)).isEqualTo(shown(thrift, sql));
      assertThat(shown(arrow, fits)).isEqualTo(shown(thrift, fits));
    }
  }

  private static List<List<Object>> shown(Connection connection, String sql) throws SQLException {
    List<List<Object>> shown = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<Object> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(rows.getMetaData().getColumnTypeName(i));
          row.add(rows.getObject(i));
          row.add(rows.getString(i));
        }
        shown.add(row);
      }
    }
    assertThat(shown).isNotEmpty();
    return shown;
  }

  /** Of before the zone's first standard time, and before the calendar's reform. */
  @Test
  @Order(2)
  void oldTimesAreAsSparkShowsThem() throws SQLException {
    try (Connection connection = connect("vera", "spark.sql.session.timeZone=Europe/Warsaw");
        Statement statement = connection.createStatement()) {
      for (String time :
          List.of("1582-10-04 00:00:00", "0001-01-01 00:00:00", "1914-07-28 11:10:00")) {
        assertThat(one(statement, "SELECT TIMESTAMP'" + time + "'")).isEqualTo(time + ".0");
      }
      assertThat(one(statement, "SELECT array(DATE'1582-10-04', DATE'0001-01-01')"))
          .isEqualTo("[1582-10-04,0001-01-01]");
    }
  }

  /** Kyuubi closes it meanwhile: another has the settings, the place and the views again. */
  @Test
  @Order(3)
  void settingsPlaceAndViewsHoldWhenKyuubiHasClosedTheSession() throws Exception {
    try (Connection connection = connect("vera", "spark.sql.session.timeZone=Asia/Tokyo");
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT current_timezone()")).isEqualTo("Asia/Tokyo");
      statement.execute("SET TIME ZONE 'Europe/Warsaw'");
      statement.execute("CREATE TEMPORARY VIEW v AS SELECT 41 + 1 AS answer");
      assertThat(one(statement, "SELECT answer FROM v")).isEqualTo("42");
      int closed = idleSessions();

      await().atMost(SOON).until(() -> idleSessions() > closed);

      assertThat(one(statement, "SELECT current_timezone()")).isEqualTo("Europe/Warsaw");
      assertThat(one(statement, "SELECT answer FROM v")).isEqualTo("42");
      assertThatThrownBy(() -> one(statement, "SELECT nowhere FROM v"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("UNRESOLVED_COLUMN")
          .hasMessageNotContaining("\tat ")
          .hasMessageNotContaining("KyuubiSQLException")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("42703");
    }
  }

  /** How many sessions the server has closed because nobody used them. */
  private static int idleSessions() throws Exception {
    return first.output().split("has been idle for more", -1).length - 1;
  }

  @Test
  @Order(4)
  void anEngineThatDiesIsTheStatementsErrorAndTheNextHasAnother() throws Exception {
    try (Connection connection = connect("vera");
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT 1")).isEqualTo("1");
      CompletableFuture<SQLException> failure = failureOf(statement, ENDLESS);
      awaitRunning(statement);

      engines("vera/").forEach(ProcessHandle::destroyForcibly);

      assertThat((Throwable) failure.get())
          .hasMessageContaining("ENGINE_GONE")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("08006");
      assertThat(one(statement, "SELECT 2")).isEqualTo("2");
    }
  }

  private static CompletableFuture<SQLException> failureOf(Statement statement, String text) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            statement.executeQuery(text).close();
            throw new AssertionError("it did not fail: " + text);
          } catch (SQLException e) {
            return e;
          }
        });
  }

  /** The engine's own log, relayed, says that the statement's tasks are at work. */
  private static void awaitRunning(Statement statement) {
    await()
        .atMost(SOON)
        .ignoreExceptions()
        .until(
            () ->
                ((KyuubiStatement) statement)
                    .getExecLog().stream().anyMatch(line -> line.contains("Stage ")));
  }

  /** As where somebody registers a router as a Spark engine by hand. */
  @Test
  @Order(5)
  void aSessionThatComesBackToTheRouterIsRefused() throws Exception {
    String place = "/kyuubi_%s_USER_SPARK_SQL/looper/default".formatted(GivenKyuubi.version());
    try (CuratorFramework client =
            CuratorFrameworkFactory.newClient(keeper.getConnectString(), new RetryOneTime(100));
        Connection connection = connect("looper");
        Statement statement = connection.createStatement()) {
      client.start();
      String node =
          client
              .create()
              .creatingParentsIfNeeded()
              .forPath(
                  "%s/serverUri=%s;version=%s;sequence=0000000000"
                      .formatted(place, engine.address(), GivenKyuubi.version()),
                  engine.address().getBytes(StandardCharsets.UTF_8));

      assertThatThrownBy(() -> one(statement, "SELECT 1"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("ROUTING_LOOP")
          .hasMessageContaining("kyuubi.session.conf.ignore.list")
          .extracting(e -> ((SQLException) e).getSQLState())
          .isEqualTo("08004");

      if (client.checkExists().forPath(node) != null) {
        client.delete().forPath(node);
      }
    }
  }

  @Test
  @Order(6)
  void anotherServerTakesOverFromOneThatDies() throws Exception {
    try (Connection connection = connect("vera");
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT 1")).isEqualTo("1");
      try (StockKyuubi second =
          StockKyuubi.with(folder.resolve("second"), keeper.getConnectString(), LINES)) {
        CompletableFuture<SQLException> failure = failureOf(statement, ENDLESS);
        awaitRunning(statement);

        first.kill();

        assertThat((Throwable) failure.get())
            .hasMessageContaining("ENGINE_GONE")
            .extracting(e -> ((SQLException) e).getSQLState())
            .isEqualTo("08006");
        // The engine outlives its server, and the other finds it in ZooKeeper.
        assertThat(one(statement, "SELECT 2")).isEqualTo("2");
        assertThat(engines("vera/")).hasSize(1);
        assertThat(second.output()).contains("SELECT 2");
      }
    }
  }
}
