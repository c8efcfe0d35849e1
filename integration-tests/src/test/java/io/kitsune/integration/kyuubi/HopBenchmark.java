// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import io.kitsune.engine.ProgressListener;
import io.kitsune.gateway.demo.TpchData;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What each hop costs: {@code SELECT 1} and a million rows, past everything, through the router
 * engine, through Kyuubi and the router engine, and through Kyuubi to a Spark engine of its own; in
 * turns, so that whatever else the machine does falls on all alike. Prints the medians as a table,
 * and as ratios to the router engine alone.
 *
 * <p>Run by {@code -Pkyuubi … -Dtest=HopBenchmark}; {@code -Dkitsune.hop.rounds} (11) sets how
 * often a million rows are read.
 */
@NeedsKyuubi
@ExtendWith(KyuubiStack.class)
class HopBenchmark {
  private static final int ROUNDS = Integer.getInteger("kitsune.hop.rounds", 11);
  private static final int SHORT_STATEMENTS = 20;
  private static final int FETCH_ROWS = 10_000;
  private static final double SCALE = 0.2;
  private static final String ARROW = "kyuubi.operation.result.format=arrow";
  private static final String OWN_SPARK = "kyuubi.engine.type=SPARK_SQL";
  private static final String SHORT = "SELECT 1 AS one";

  /** No dates: those come as rows always. */
  private static final String LONG =
      "SELECT l_orderkey, l_partkey, l_quantity, l_extendedprice, l_shipmode FROM %s"
          + " WHERE l_orderkey <= 1000000";

  /** A way to an engine. */
  private record Way(Connection connection, String table) {}

  /** Milliseconds of each way. */
  private record Times(List<Double> shorts, List<Double> longs) {
    Times() {
      this(new ArrayList<>(), new ArrayList<>());
    }
  }

  @Test
  void measure() throws Exception {
    Path data = Path.of("target", "tpch-" + SCALE).toAbsolutePath();
    new TpchData(SCALE).write(data, ProgressListener.NONE);
    Path lineitem = data.resolve("lineitem");
    KyuubiStack stack = KyuubiStack.get();
    prepare(stack, lineitem);
    Map<String, Way> ways = new LinkedHashMap<>();
    try {
      open(ways, stack, lineitem);
      Map<String, Times> times = new LinkedHashMap<>();
      ways.keySet().forEach(name -> times.put(name, new Times()));
      long rows = 0;
      for (int round = -1; round < ROUNDS; round++) {
        for (Map.Entry<String, Way> way : ways.entrySet()) {
          Times taken = times.get(way.getKey());
          for (int i = 0; i < SHORT_STATEMENTS; i++) {
            keep(taken.shorts(), round, millis(way.getValue().connection(), SHORT, 1));
          }
          if (rows == 0) {
            rows = count(way.getValue());
          }
          keep(
              taken.longs(),
              round,
              millis(way.getValue().connection(), LONG.formatted(way.getValue().table()), rows));
        }
      }
      print(times, rows);
    } finally {
      for (Way way : ways.values()) {
        way.connection().close();
      }
    }
  }

  private static void prepare(KyuubiStack stack, Path lineitem) throws SQLException {
    try (Connection connection = stack.direct();
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE IF NOT EXISTS hop");
      statement.execute(
          "CREATE EXTERNAL TABLE IF NOT EXISTS hop.lineitem (%s) STORED AS PARQUET LOCATION '%s'"
              .formatted(TpchData.columnList("lineitem"), lineitem.toUri()));
    }
  }

  private static void open(Map<String, Way> ways, KyuubiStack stack, Path lineitem)
      throws Exception {
    Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
    ways.put("DuckDB, in the client", new Way(duckdb, "'" + lineitem + "/*.parquet'"));
    ways.put("router engine (DuckDB)", new Way(stack.direct(), "hop.lineitem"));
    ways.put(
        "router engine (DuckDB), Arrow",
        new Way(past(stack.engine().port(), ARROW), "hop.lineitem"));
    ways.put("Kyuubi, router engine (DuckDB)", new Way(stack.kyuubi().connect(), "hop.lineitem"));
    ways.put(
        "Kyuubi, router engine (DuckDB), Arrow",
        new Way(stack.kyuubi().connect(ARROW), "hop.lineitem"));
    if (GivenKyuubi.hasSpark()) {
      ways.put("Kyuubi, its Spark engine", overFiles(stack.kyuubi().connect(OWN_SPARK), lineitem));
      ways.put(
          "Kyuubi, its Spark engine, Arrow",
          overFiles(stack.kyuubi().connect(OWN_SPARK, ARROW), lineitem));
      int port = sparkPort(stack);
      ways.put("Kyuubi's Spark engine", overFiles(past(port, ""), lineitem));
      ways.put("Kyuubi's Spark engine, Arrow", overFiles(past(port, ARROW), lineitem));
    }
  }

  private static Way overFiles(Connection connection, Path lineitem) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TEMPORARY VIEW lineitem USING parquet OPTIONS (path '%s')"
              .formatted(lineitem.toUri()));
    }
    return new Way(connection, "lineitem");
  }

  private static Connection past(int port, String setting) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "tester");
    return new KyuubiHiveDriver()
        .connect("jdbc:kyuubi://127.0.0.1:" + port + "/default;?" + setting, properties);
  }

  /** Where Kyuubi's Spark engine for the user listens. */
  private static int sparkPort(KyuubiStack stack) throws Exception {
    String place = "/kyuubi_%s_USER_SPARK_SQL/tester/default".formatted(GivenKyuubi.version());
    try (CuratorFramework client =
        CuratorFrameworkFactory.newClient(stack.quorum(), new RetryOneTime(1_000))) {
      client.start();
      String node = client.getChildren().forPath(place).get(0);
      String address =
          new String(client.getData().forPath(place + "/" + node), StandardCharsets.UTF_8);
      return Integer.parseInt(address.substring(address.indexOf(':') + 1));
    }
  }

  private static long count(Way way) throws SQLException {
    try (Statement statement = way.connection().createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT count(*) FROM (" + LONG.formatted(way.table()) + ") AS counted")) {
      result.next();
      return result.getLong(1);
    }
  }

  /** From the statement's text to the last value of the last row. */
  private static double millis(Connection connection, String sql, long expected)
      throws SQLException {
    long start = System.nanoTime();
    long rows = 0;
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      try (ResultSet result = statement.executeQuery(sql)) {
        int width = result.getMetaData().getColumnCount();
        while (result.next()) {
          for (int i = 1; i <= width; i++) {
            result.getObject(i);
          }
          rows++;
        }
      }
    }
    if (rows != expected) {
      throw new AssertionError(rows + " rows in the place of " + expected);
    }
    return (System.nanoTime() - start) / 1e6;
  }

  /** The first round warms up. */
  private static void keep(List<Double> times, int round, double millis) {
    if (round >= 0) {
      times.add(millis);
    }
  }

  private static double median(List<Double> times) {
    double[] sorted = times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
    return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
  }

  private static void print(Map<String, Times> times, long rows) {
    Times base = times.get("router engine (DuckDB)");
    System.out.printf("%n%,d rows, %d rounds, medians%n%n", rows, ROUNDS);
    System.out.println("| way | `SELECT 1` | ratio | a million rows | ratio |");
    System.out.println("|---|---|---|---|---|");
    times.forEach(
        (name, taken) ->
            System.out.println(
                String.format(
                    Locale.ROOT,
                    "| %s | %.1f ms | %.2f | %.0f ms | %.2f |",
                    name,
                    median(taken.shorts()),
                    median(taken.shorts()) / median(base.shorts()),
                    median(taken.longs()),
                    median(taken.longs()) / median(base.longs()))));
  }
}
