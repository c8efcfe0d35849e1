// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;

/**
 * The gateway with Kyuubi's driver, over rows and over Arrow, beside DuckDB's own driver, on the
 * same Parquet file and by turns in one process: {@code select 1}, a point query, and a million
 * rows of eight columns read to the end. It prints medians and their ratios, by the clock and by
 * the processor time of the process (client, gateway and DuckDB together). How to run it:
 * docs/benchmarks/fetch.md.
 */
final class FetchBenchmark implements AutoCloseable {
  private static final int ROWS = 1_000_000;
  private static final com.sun.management.OperatingSystemMXBean SYSTEM =
      (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("id", Simple.BIGINT),
          Column.of("n", Simple.INT),
          Column.of("price", new DataType.Decimal(15, 2)),
          Column.of("rate", Simple.DOUBLE),
          Column.of("name", Simple.STRING),
          Column.of("flag", Simple.STRING),
          Column.of("day", Simple.DATE),
          Column.of("at", Simple.TIMESTAMP));

  /** With a date, a result goes as rows whatever is asked for. */
  private static final List<Column> WITHOUT_DATE =
      COLUMNS.stream()
          .map(c -> c.name().equals("day") ? Column.of("day", Simple.TIMESTAMP_NTZ) : c)
          .toList();

  private final GatewayFixture fixture = new GatewayFixture();
  private final Connection direct;
  private final Connection rows;
  private final Connection arrow;

  /** One run: what it took on the clock and of processors, in nanoseconds. */
  private record Run(long clock, long processors) {}

  /** A query under the text that the gateway's clients send for it. */
  private record Query(String name, String sql, int times, int fetchSize) {
    /** What its columns are. */
    List<Column> columns() {
      if (sql.startsWith("SELECT 1")) {
        return List.of(Column.of("1", Simple.INT));
      }
      return dates() ? COLUMNS : WITHOUT_DATE;
    }

    boolean dates() {
      return sql.startsWith("SELECT * FROM");
    }
  }

  private FetchBenchmark(List<Query> queries, String file) throws Exception {
    Properties streaming = new Properties();
    streaming.setProperty("jdbc_stream_results", "true");
    direct = DriverManager.getConnection("jdbc:duckdb:", streaming);
    try (Statement statement = direct.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
    }
    for (Query query : queries) {
      fixture.routing.on(
          query.sql(),
          state ->
              ScriptedRouting.decision(
                  Engine.DUCKDB,
                  ScriptedRouting.opaque(query.sql()),
                  new Dispatch.DuckDbQuery(query.sql(), query.columns(), Set.of(file), "UTC")));
    }
    rows = fixture.connect();
    arrow = fixture.connect("alice", "default;?kyuubi.operation.result.format=arrow");
  }

  public static void main(String[] arguments) throws Exception {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 7;
    try (TemporaryFolder folder = TemporaryFolder.create("fetch-benchmark")) {
      String file = folder.path().resolve("rows.parquet").toString();
      write(file);
      measure(file, rounds);
    }
  }

  private static void measure(String file, int rounds) throws Exception {
    String all = "SELECT * FROM read_parquet(['" + file + "'])";
    String dateless = all.replace("SELECT *", "SELECT * REPLACE (day::TIMESTAMP AS day)");
    List<Query> queries =
        List.of(
            new Query("select 1", "SELECT 1 AS \"1\"", 200, 0),
            new Query("point query", all + " WHERE id = 765432", 40, 0),
            new Query("1M rows, 1,000 a fetch", all, 1, 1_000),
            new Query("1M rows, 10,000 a fetch", all, 1, 10_000),
            new Query("without a date, 1,000 a fetch", dateless, 1, 1_000),
            new Query("without a date, 10,000 a fetch", dateless, 1, 10_000));
    try (FetchBenchmark benchmark = new FetchBenchmark(queries, file)) {
      Map<Query, List<List<Run>>> runs = new LinkedHashMap<>();
      for (int round = 0; round < rounds + 2; round++) {
        for (Query query : queries) {
          List<List<Run>> each =
              runs.computeIfAbsent(
                  query, q -> List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
          each.get(0).add(run(benchmark.direct, query));
          each.get(1).add(run(benchmark.rows, query));
          each.get(2).add(run(benchmark.arrow, query));
        }
      }
      report(runs);
    }
  }

  private static void write(String file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          COPY (SELECT range AS id, (range %% 1000)::INTEGER AS n, (range / 7)::DECIMAL(15,2) AS price,
              range / 3.0::DOUBLE AS rate, 'customer ' || range AS name, CASE range %% 3 WHEN 0 THEN 'A' WHEN 1 THEN 'N' END AS flag,
              DATE '1992-01-01' + (range %% 2500)::INTEGER AS day,
              TIMESTAMPTZ '2020-01-01 00:00:00+00' + INTERVAL (range) SECOND + INTERVAL (range %% 1000) MILLISECOND AS at
            FROM range(%d)) TO '%s' (FORMAT parquet)
          """
              .formatted(ROWS, file));
    }
  }

  private static Run run(Connection connection, Query query) throws SQLException {
    long clock = System.nanoTime();
    long processors = SYSTEM.getProcessCpuTime();
    for (int i = 0; i < query.times(); i++) {
      read(connection, query);
    }
    return new Run(
        (System.nanoTime() - clock) / query.times(),
        (SYSTEM.getProcessCpuTime() - processors) / query.times());
  }

  /** Reads every value in the form its type suggests. */
  private static void read(Connection connection, Query query) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (query.fetchSize() > 0) {
        statement.setFetchSize(query.fetchSize());
      }
      try (ResultSet result = statement.executeQuery(query.sql())) {
        int width = result.getMetaData().getColumnCount();
        int rows = 0;
        long sum = 0;
        while (result.next()) {
          rows++;
          sum += result.getLong(1);
          if (width > 1) {
            sum += result.getInt(2) + result.getBigDecimal(3).intValue();
            sum += (long) result.getDouble(4) + result.getString(5).length();
            String flag = result.getString(6);
            sum += (flag == null ? 0 : flag.length());
            sum += (query.dates() ? result.getDate(7) : result.getTimestamp(7)).getTime();
            sum += result.getTimestamp(8).getNanos();
          }
        }
        int expected = query.fetchSize() > 0 ? ROWS : 1;
        if (rows != expected || sum == 0) {
          throw new IllegalStateException(query.name() + ": " + rows + " rows, sum " + sum);
        }
      }
    }
  }

  private static void report(Map<Query, List<List<Run>>> runs) {
    System.out.println(
        "| query | DuckDB JDBC | rows | Arrow | rows / direct | Arrow / rows | the same of processor time | |");
    System.out.println("|---|---|---|---|---|---|---|---|");
    runs.forEach(
        (query, each) -> {
          Run direct = median(each.get(0));
          Run rows = median(each.get(1));
          Run arrow = median(each.get(2));
          System.out.printf(
              "| %s | %.2f ms | %.2f ms | %.2f ms | %.2f | %.2f | %.2f | %.2f |%n",
              query.name(),
              direct.clock() / 1e6,
              rows.clock() / 1e6,
              arrow.clock() / 1e6,
              (double) rows.clock() / direct.clock(),
              (double) arrow.clock() / rows.clock(),
              (double) rows.processors() / direct.processors(),
              (double) arrow.processors() / rows.processors());
        });
  }

  /** Of all but the first two, which warm the JVM. */
  private static Run median(List<Run> all) {
    List<Run> runs = all.subList(2, all.size());
    List<Long> clocks = new ArrayList<>(runs.stream().map(Run::clock).toList());
    List<Long> processors = new ArrayList<>(runs.stream().map(Run::processors).toList());
    Collections.sort(clocks);
    Collections.sort(processors);
    return new Run(clocks.get(clocks.size() / 2), processors.get(processors.size() / 2));
  }

  @Override
  public void close() throws SQLException {
    arrow.close();
    rows.close();
    direct.close();
    fixture.close();
  }
}
