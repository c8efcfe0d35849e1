// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.View;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import io.kitsune.router.Engine;
import io.kitsune.router.Statement.ShowTables;
import io.kitsune.router.Statement.Use;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What every JDBC driver must find at the gateway. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DriverContract {
  private static final String ONE = "select 1";
  private static final String TYPES = "select * from every_type";
  private static final String MILLION = "select * from a_million";
  private static final String ENDLESS = "select endless";
  private static final int CLIENTS = 64;

  private final BlockingEngine engine = new BlockingEngine();
  private GatewayFixture fixture;

  /** A connection of {@code alice} with the driver under test. */
  abstract Connection connect(int port, Transport transport, String settings) throws SQLException;

  /** True if the driver passes the catalog of JDBC's calls on; Hive's knows of schemas alone. */
  abstract boolean knowsCatalogs();

  private Connection connect() throws SQLException {
    return connect(fixture.gateway.port(), Transport.SASL_PLAIN, "");
  }

  @BeforeAll
  void start() throws Exception {
    fixture =
        new GatewayFixture(
            GatewayFixture.defaults(Transport.SASL_PLAIN), Map.of(Engine.SPARK, engine));
    script(fixture);
  }

  private static void script(GatewayFixture fixture) {
    Column id = Column.of("id", Simple.BIGINT);
    fixture
        .routing
        .duckDb(ONE, "SELECT 1::INTEGER AS \"1\"", Column.of("1", Simple.INT))
        .duckDb(TYPES, EVERY_TYPE, EVERY_COLUMN.toArray(Column[]::new))
        .duckDb(
            MILLION,
            "SELECT range AS id, 'row ' || range AS s, range / 4 AS d FROM range(1000000)",
            id,
            Column.of("s", Simple.STRING),
            Column.of("d", Simple.DOUBLE))
        .duckDb(
            ENDLESS,
            "SELECT count(*) AS n FROM range(10000000) a, range(10000000) b WHERE a.range + b.range = 7",
            Column.of("n", Simple.BIGINT))
        .spark(ScriptedRouting.opaque("wait"))
        .spark(ScriptedRouting.opaque("fail"))
        .command(new Use("USE shop", Use.Kind.ANY, List.of("shop")))
        .command(
            new ShowTables("SHOW TABLES", ShowTables.Kind.TABLES, List.of(), Optional.empty()));
    for (int i = 0; i < CLIENTS; i++) {
      fixture.routing.duckDb(
          "select " + i + " as n", "SELECT " + i + "::INTEGER AS n", Column.of("n", Simple.INT));
    }
    fixture
        .catalogs
        .add("spark_catalog", List.of("shop"))
        .add("lake", List.of("raw", "web"))
        .add(
            MemoryCatalogs.hive(
                TableName.of("spark_catalog", "shop", "orders"),
                List.of(
                    new Column("id", Simple.BIGINT, false, "the key"),
                    Column.of("amount", new DataType.Decimal(10, 2))),
                List.of(Column.of("day", Simple.DATE))))
        .add(
            MemoryCatalogs.hive(
                TableName.of("spark_catalog", "shop", "order_lines"),
                List.of(Column.of("n", Simple.INT)),
                List.of()))
        .add(
            new View(
                TableName.of("spark_catalog", "shop", "v"),
                List.of(Column.of("n", Simple.INT)),
                "SELECT 1 AS n",
                View.Origin.SPARK,
                "spark_catalog",
                List.of("shop"),
                Map.of()));
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @Test
  void answersSelectOne() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(ONE)) {
      assertThat(rows.getMetaData().getColumnLabel(1)).isEqualTo("1");
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(1);
      assertThat(rows.next()).isFalse();
    }
  }

  private static final String EVERY_TYPE =
      """
      SELECT true AS b, 1::TINYINT AS t, 2::SMALLINT AS s, 3::INTEGER AS i, 4::BIGINT AS l,
        1.5::FLOAT AS f, 2.5::DOUBLE AS d, 12.34::DECIMAL(10,2) AS n, 'żółw' AS c,
        'ab'::BLOB AS x, DATE '2024-02-29' AS day,
        TIMESTAMPTZ '2024-02-29 12:34:56.123456+00' AS ts,
        TIMESTAMP '2024-02-29 12:34:56.5' AS ntz, [1, NULL, 3]::INTEGER[] AS a,
        MAP {'k': 1::INTEGER} AS m, {'p': 1::INTEGER, 'q': 'z'} AS r
      UNION ALL SELECT NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL""";

  private static final List<Column> EVERY_COLUMN =
      List.of(
          Column.of("b", Simple.BOOLEAN),
          Column.of("t", Simple.TINYINT),
          Column.of("s", Simple.SMALLINT),
          Column.of("i", Simple.INT),
          Column.of("l", Simple.BIGINT),
          Column.of("f", Simple.FLOAT),
          Column.of("d", Simple.DOUBLE),
          Column.of("n", new DataType.Decimal(10, 2)),
          Column.of("c", Simple.STRING),
          Column.of("x", Simple.BINARY),
          Column.of("day", Simple.DATE),
          Column.of("ts", Simple.TIMESTAMP),
          Column.of("ntz", Simple.TIMESTAMP_NTZ),
          Column.of("a", new DataType.Array(Simple.INT, true)),
          Column.of("m", new DataType.Map(Simple.STRING, Simple.INT, true)),
          Column.of(
              "r",
              new DataType.Struct(
                  List.of(
                      new DataType.Field("p", Simple.INT, true),
                      new DataType.Field("q", Simple.STRING, true)))));

  @Test
  void readsEveryTypeAndItsNull() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TYPES)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getBoolean("b")).isTrue();
      assertThat(rows.getByte("t")).isEqualTo((byte) 1);
      assertThat(rows.getShort("s")).isEqualTo((short) 2);
      assertThat(rows.getInt("i")).isEqualTo(3);
      assertThat(rows.getLong("l")).isEqualTo(4);
      assertThat(rows.getFloat("f")).isEqualTo(1.5f);
      assertThat(rows.getDouble("d")).isEqualTo(2.5);
      assertThat(rows.getBigDecimal("n")).isEqualByComparingTo(new BigDecimal("12.34"));
      assertThat(rows.getString("c")).isEqualTo("żółw");
      assertThat(rows.getString("x")).isEqualTo("ab");
      assertThat(rows.getDate("day")).isEqualTo(Date.valueOf("2024-02-29"));
      assertThat(rows.getTimestamp("ts"))
          .isEqualTo(Timestamp.valueOf("2024-02-29 12:34:56.123456"));
      assertThat(rows.getTimestamp("ntz")).isEqualTo(Timestamp.valueOf("2024-02-29 12:34:56.5"));
      assertThat(rows.getString("a")).isEqualTo("[1,null,3]");
      assertThat(rows.getString("m")).isEqualTo("{\"k\":1}");
      assertThat(rows.getString("r")).isEqualTo("{\"p\":1,\"q\":\"z\"}");
      assertThat(rows.next()).isTrue();
      for (int i = 1; i <= EVERY_COLUMN.size(); i++) {
        assertThat(rows.getObject(i)).isNull();
        assertThat(rows.wasNull()).isTrue();
      }
      assertThat(rows.next()).isFalse();
      ResultSetMetaData metadata = rows.getMetaData();
      assertThat(metadata.getColumnType(8)).isEqualTo(Types.DECIMAL);
      assertThat(metadata.getPrecision(8)).isEqualTo(10);
      assertThat(metadata.getScale(8)).isEqualTo(2);
    }
  }

  @Test
  void readsAMillionRows() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setFetchSize(5000);
      long sum = 0;
      int count = 0;
      try (ResultSet rows = statement.executeQuery(MILLION)) {
        while (rows.next()) {
          sum += rows.getLong(1);
          count++;
          if (count == 777_777) {
            assertThat(rows.getString(2)).isEqualTo("row 777776");
            assertThat(rows.getDouble(3)).isEqualTo(194444.0);
          }
        }
      }
      assertThat(count).isEqualTo(1_000_000);
      assertThat(sum).isEqualTo(499_999_500_000L);
    }
  }

  @Test
  void stopsAtMaxRows() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setMaxRows(10);
      int count = 0;
      try (ResultSet rows = statement.executeQuery(MILLION)) {
        while (rows.next()) {
          count++;
        }
      }
      assertThat(count).isEqualTo(10);
    }
  }

  @Test
  void cancelsFromAnotherThread() throws Exception {
    for (String text : List.of(ENDLESS, "wait")) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        CompletableFuture<Throwable> failure =
            CompletableFuture.supplyAsync(
                () -> {
                  try {
                    statement.executeQuery(text).close();
                    return new AssertionError("it came to an end");
                  } catch (SQLException e) {
                    return e;
                  }
                });
        // A cancel that comes before the driver knows the statement's handle is lost in the driver:
        // give ExecuteStatement, which is held for 100 ms, the time to answer.
        await()
            .pollDelay(Duration.ofSeconds(1))
            .until(() -> fixture.gateway.runningStatements() == 1);
        statement.cancel();
        assertThat(failure.get(60, TimeUnit.SECONDS))
            .isInstanceOf(SQLException.class)
            .hasMessageContaining("cancel");
        await()
            .atMost(Duration.ofSeconds(60))
            .until(() -> fixture.gateway.runningStatements() == 0);
        try (Statement next = connection.createStatement();
            ResultSet rows = next.executeQuery(ONE)) {
          assertThat(rows.next()).isTrue();
        }
      }
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> engine.unclosed.get() == 0);
  }

  @Test
  void stopsAtTheQueryTimeout() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(1);
      assertThatThrownBy(() -> statement.executeQuery(ENDLESS))
          .isInstanceOf(SQLTimeoutException.class);
    }
  }

  @Test
  void tellsErrorsWithCodeAndState() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("selec 1"))
          .isInstanceOfSatisfying(
              SQLException.class,
              error -> {
                assertThat(error.getMessage())
                    .contains("PARSE_SYNTAX_ERROR: Syntax error at or near 'selec 1'.")
                    .doesNotContain("io.kitsune");
                assertThat(error.getSQLState()).isEqualTo("42601");
              });
      assertThatThrownBy(() -> statement.executeQuery("fail"))
          .hasMessageContaining("ENGINE_FAILED: It failed: fail");
      try (ResultSet rows = statement.executeQuery(ONE)) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void refusesAWrongPassword() {
    assertThatThrownBy(
            () -> connect(fixture.gateway.port(), Transport.SASL_PLAIN, ";user=mallory;password=x"))
        .isInstanceOf(SQLException.class)
        .hasStackTraceContaining("AUTHENTICATION_FAILED");
  }

  @Test
  void speaksWithoutSasl() throws Exception {
    try (GatewayFixture plain =
        new GatewayFixture(GatewayFixture.defaults(Transport.NOSASL), Map.of())) {
      script(plain);
      try (Connection connection = connect(plain.gateway.port(), Transport.NOSASL, "");
          Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(ONE)) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void listsWhatThereIs() throws SQLException {
    try (Connection connection = connect()) {
      var metadata = connection.getMetaData();
      assertThat(metadata.getDatabaseProductName()).isEqualTo("Spark SQL");
      assertThat(metadata.getDatabaseProductVersion()).startsWith("3.5");
      assertThat(column(metadata.getCatalogs(), 1)).containsExactly("lake", "spark_catalog");
      assertThat(column(metadata.getSchemas(), 1)).contains("default", "shop");
      assertThat(column(metadata.getSchemas("lake", "%"), 1)).containsExactly("raw.web");
      assertThat(column(metadata.getTableTypes(), 1)).containsExactly("TABLE", "VIEW");
      assertThat(column(metadata.getTables(null, "shop", "%", null), 3))
          .containsExactly("order_lines", "orders", "v");
      assertThat(column(metadata.getTables("spark_catalog", "sh_p", "order\\_%", null), 3))
          .containsExactly("order_lines");
      assertThat(column(metadata.getTables("spark_catalog", "shop", "%", new String[] {"VIEW"}), 3))
          .containsExactly("v");
      if (knowsCatalogs()) {
        assertThat(column(metadata.getTables("lake", "%", "%", null), 3)).isEmpty();
      }
      assertThat(column(metadata.getPrimaryKeys(null, "shop", "orders"), 1)).isEmpty();
      assertThat(column(metadata.getFunctions(null, null, "percentile\\_appro_"), 3))
          .containsExactly("percentile_approx");
      assertThat(column(metadata.getFunctions(null, "%", "%"), 3))
          .contains("abs", "explode", "sum")
          .isSorted();
      assertThat(column(metadata.getFunctions(null, "shop", "%"), 3)).isEmpty();
      assertThat(column(metadata.getTypeInfo(), 1)).contains("DECIMAL", "STRING", "ARRAY");
    }
  }

  private static List<String> column(ResultSet rows, int index) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(rows.getString(index));
      }
    }
    return values;
  }

  @Test
  void describesColumns() throws SQLException {
    try (Connection connection = connect();
        ResultSet rows = connection.getMetaData().getColumns(null, "shop", "orders", "%")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("TABLE_CAT")).isEqualTo("spark_catalog");
      assertThat(rows.getString("TABLE_SCHEM")).isEqualTo("shop");
      assertThat(rows.getString("COLUMN_NAME")).isEqualTo("id");
      assertThat(rows.getInt("DATA_TYPE")).isEqualTo(Types.BIGINT);
      assertThat(rows.getString("REMARKS")).isEqualTo("the key");
      assertThat(rows.getString("IS_NULLABLE")).isEqualTo("NO");
      assertThat(rows.getInt("ORDINAL_POSITION")).isEqualTo(1);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("TYPE_NAME")).isEqualTo("DECIMAL(10,2)");
      assertThat(rows.getInt("COLUMN_SIZE")).isEqualTo(10);
      assertThat(rows.getInt("DECIMAL_DIGITS")).isEqualTo(2);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString("COLUMN_NAME")).isEqualTo("day");
      assertThat(rows.getInt("ORDINAL_POSITION")).isEqualTo(3);
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void movesAround() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute("USE shop");
      assertThat(column(statement.executeQuery("SHOW TABLES"), 2))
          .containsExactly("order_lines", "orders", "v");
      if (knowsCatalogs()) {
        assertThat(connection.getSchema()).isEqualTo("shop");
        assertThat(connection.getCatalog()).isEqualTo("spark_catalog");
        connection.setCatalog("lake");
        assertThat(connection.getCatalog()).isEqualTo("lake");
        connection.setCatalog("spark_catalog");
        connection.setSchema("shop");
        assertThat(connection.getSchema()).isEqualTo("shop");
      }
    }
  }

  @Test
  void servesManyClientsAtOnce() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<CompletableFuture<Void>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        clients.add(
            CompletableFuture.runAsync(
                () -> {
                  try (Connection connection = connect();
                      Statement statement = connection.createStatement()) {
                    for (int round = 0; round < 10; round++) {
                      try (ResultSet rows = statement.executeQuery("select " + number + " as n")) {
                        assertThat(rows.next()).isTrue();
                        assertThat(rows.getInt(1)).isEqualTo(number);
                        assertThat(rows.next()).isFalse();
                      }
                    }
                  } catch (SQLException e) {
                    throw new IllegalStateException(e);
                  }
                },
                threads));
      }
      CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> fixture.gateway.sessions() == 0);
  }
}
