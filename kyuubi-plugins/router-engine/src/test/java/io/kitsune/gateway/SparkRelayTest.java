// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.RowSets;
import io.kitsune.engine.duckdb.DuckDbLauncher;
import io.kitsune.engine.duckdb.DuckDbSettings;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.engine.spark.MetastoreAddress;
import io.kitsune.engine.spark.SparkLauncher;
import io.kitsune.engine.spark.SparkSettings;
import io.kitsune.engine.spark.SparkSource;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.Engine;
import io.kitsune.router.Router;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.equivalence.DuckDbEquivalence;
import io.kitsune.router.reading.ReadingLimits;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client's session as Spark sees it: the real router, a real Spark, a real DuckDB. */
class SparkRelayTest {
  private static final MemoryCatalogs CATALOGS =
      new MemoryCatalogs().add("spark_catalog", List.of("shop"));

  private static SparkLauncher spark;
  private static DuckDbLauncher duckDb;
  private static EngineFleet fleet;
  private static Gateway gateway;

  @BeforeAll
  static void start(@TempDir Path folder) throws SQLException {
    spark =
        new SparkLauncher(
            new SparkSettings(
                new SparkSource.Download(TestArtifacts.shared()),
                folder.resolve("spark"),
                folder.resolve("warehouse"),
                JvmProgram.currentJavaHome(),
                1024,
                MetastoreAddress.NONE,
                Map.of("spark.driver.extraJavaOptions", "-XX:TieredStopAtLevel=1"),
                SparkSettings.Limits.DEFAULT));
    duckDb = new DuckDbLauncher(DuckDbSettings.defaults(folder.resolve("duckdb")));
    duckDb.start();
    fleet = EngineFleet.of(List.of(spark, duckDb));
    Router router =
        new Router(
            CATALOGS,
            request -> {
              throw new AssertionError("no statement here reads a stored table: " + request);
            },
            Redirections::none,
            fleet::statuses,
            Map.of(Engine.DUCKDB, new DuckDbEquivalence()),
            CostModel.DEFAULT,
            ReadingLimits.DEFAULT);
    gateway =
        Gateway.start(
            GatewayFixture.defaults(Transport.SASL_PLAIN),
            router::decide,
            CATALOGS,
            fleet,
            new GatewayFixture.Doorkeeper(),
            List::of,
            StatementListener.NONE);
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE shop");
    }
  }

  @AfterAll
  static void stop() {
    gateway.close();
    fleet.close();
    spark.close();
    duckDb.close();
  }

  private static Connection connect(String settings) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:kyuubi://127.0.0.1:" + gateway.port() + "/default;user=alice;password=x?" + settings);
  }

  private static String one(Statement statement, String text) throws SQLException {
    try (ResultSet rows = statement.executeQuery(text)) {
      assertThat(rows.next()).isTrue();
      String value = rows.getString(1);
      assertThat(rows.next()).isFalse();
      return value;
    }
  }

  @Test
  void sparkHasTheSessionsSettingsAndPlace() throws SQLException {
    try (Connection connection = connect("spark.sql.session.timeZone=Asia/Tokyo");
        Statement statement = connection.createStatement()) {
      statement.execute("SET kitsune.engine=spark");
      assertThat(one(statement, "SELECT current_timezone()")).isEqualTo("Asia/Tokyo");
      statement.execute("SET TIME ZONE 'Europe/Warsaw'");
      assertThat(one(statement, "SELECT current_timezone()")).isEqualTo("Europe/Warsaw");
      statement.execute("SET spark.sql.shuffle.partitions=3");
      statement.execute("SET odd.key=a `quoted` value; not more");
      assertThat(one(statement, "SELECT '${odd.key}'")).contains("`quoted`");
      statement.execute("USE shop");
      assertThat(one(statement, "SELECT current_database()")).isEqualTo("shop");
      statement.execute("USE spark_catalog.default");
      assertThat(one(statement, "SELECT current_database()")).isEqualTo("default");
    }
  }

  @Test
  void temporaryViewMeansTheSameEverywhere() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TEMPORARY VIEW v AS SELECT 41 + 1 AS answer");
      for (String engine : List.of("spark", "duckdb")) {
        statement.execute("SET kitsune.engine=" + engine);
        assertThat(one(statement, "SELECT answer FROM v")).isEqualTo("42");
      }
      statement.execute("SET kitsune.engine=spark");
      statement.execute("CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 43 AS answer");
      statement.execute("SET kitsune.engine=duckdb");
      assertThat(one(statement, "SELECT answer FROM v")).isEqualTo("43");
      statement.execute("SET kitsune.engine=spark");
      assertThatThrownBy(() -> statement.execute("ALTER VIEW v AS SELECT 1 AS answer"))
          .hasMessageContaining("CREATE OR REPLACE TEMPORARY VIEW");
      assertThat(one(statement, "DESCRIBE v")).isEqualTo("answer");
      statement.execute("DROP VIEW v");
      assertThatThrownBy(() -> one(statement, "SELECT answer FROM v"))
          .hasMessageContaining("TABLE_OR_VIEW_NOT_FOUND");
    }
  }

  @Test
  void temporaryFunctionMayTakeABuiltInName() throws SQLException {
    try (Connection connection = connect("");
        Statement statement = connection.createStatement()) {
      assertThat(one(statement, "SELECT abs(-255)")).isEqualTo("255");
      statement.execute(
          "CREATE OR REPLACE TEMPORARY FUNCTION abs AS 'org.apache.hadoop.hive.ql.udf.UDFHex'");
      // This Spark has no Hive to run it with, but it is the one that is asked.
      assertThatThrownBy(() -> one(statement, "SELECT abs(-255)")).hasMessageContaining("UDFHex");
    }
  }

  @Test
  void connectionMayNameWhatOnlyCountsAtTheStart() throws Exception {
    try (RawClient client = RawClient.plain(gateway.port(), "alice")) {
      TSessionHandle session =
          client.open(
              TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11,
              Map.of("spark.executor.memory", "7g", "kitsune.engine", "spark"));
      TOperationHandle operation = client.execute(session, "SELECT 1");
      assertThat(client.awaitEnd(operation).getErrorMessage()).isNull();
      assertThat(client.log(operation, TFetchOrientation.FETCH_NEXT))
          .anyMatch(line -> line.startsWith("refused by the engine: SET `spark.executor.memory`"));
      assertThat(RowSets.count(client.next(operation, 10).getResults())).isEqualTo(1);
    }
  }

  @Test
  void oldClientsGetRowsOfSparkToo() throws Exception {
    try (RawClient client = RawClient.plain(gateway.port(), "alice")) {
      TSessionHandle session =
          client.open(
              TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V1, Map.of("kitsune.engine", "spark"));
      TOperationHandle operation = client.execute(session, "SELECT id FROM range(5)");
      client.awaitEnd(operation);
      assertThat(client.next(operation, 10).getResults().getRows()).hasSize(5);
      TOperationHandle ddl = client.execute(session, "CREATE DATABASE IF NOT EXISTS shop");
      client.awaitEnd(ddl);
      assertThat(RowSets.count(client.next(ddl, 10).getResults())).isZero();
    }
  }

  @Test
  void statementWithoutResultHasAnEmptyColumn() throws Exception {
    try (RawClient client = RawClient.plain(gateway.port(), "alice")) {
      TOperationHandle ddl = client.execute(client.open(), "CREATE DATABASE IF NOT EXISTS shop");
      client.awaitEnd(ddl);
      assertThat(client.next(ddl, 10).getResults().getColumns()).hasSize(1);
    }
  }

  @Test
  void errorsOfSparkComeWithCodeAndState() throws SQLException {
    try (Connection connection = connect("kitsune.engine=spark");
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("SELECT raise_error('on purpose')").next())
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("on purpose")
          .extracting(Throwable::getMessage)
          .asString()
          .doesNotContain("org.apache.spark.sql.catalyst.expressions");
    }
  }
}
