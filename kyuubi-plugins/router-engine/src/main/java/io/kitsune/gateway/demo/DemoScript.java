// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.demo;

import io.kitsune.gateway.demo.DemoStep.Fails;
import io.kitsune.gateway.demo.DemoStep.Redirect;
import io.kitsune.gateway.demo.DemoStep.Succeeds;
import io.kitsune.gateway.demo.DemoStep.WhereItCan;
import io.kitsune.router.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The statements of the demo. Hive tables are in {@code tpch}, Iceberg tables in {@code lake}. */
final class DemoScript {
  private static final String REVENUE_BY_YEAR =
      "SELECT year(o_orderdate) AS year, count(*) AS orders, sum(o_totalprice) AS revenue"
          + " FROM tpch.orders GROUP BY year(o_orderdate) ORDER BY year";

  private static final String BEFORE = "A query before the table moves";

  private DemoScript() {}

  /** Creates what the demo reads; every statement may run again on a lake where it ran before. */
  static List<String> preparation(Path data) {
    return Stream.concat(
            Stream.of(
                "CREATE DATABASE IF NOT EXISTS tpch COMMENT 'TPC-H as Hive tables'",
                "CREATE DATABASE IF NOT EXISTS lake COMMENT 'Iceberg tables'",
                "DROP TABLE IF EXISTS lake.orders",
                "DROP TABLE IF EXISTS lake.big_orders"),
            TpchData.tableNames().stream().map(table -> createTable(table, data.resolve(table))))
        .toList();
  }

  private static String createTable(String table, Path folder) {
    return "CREATE EXTERNAL TABLE IF NOT EXISTS tpch.%s (%s) STORED AS PARQUET LOCATION '%s'"
        .formatted(
            table, TpchData.columnList(table), folder.toUri().toString().replace("'", "\\'"));
  }

  static List<DemoStep> steps() {
    return List.of(
        new Succeeds("What tables are there?", "SHOW TABLES IN tpch", Engine.GATEWAY),
        new Succeeds(
            "A dashboard's summary (TPC-H 1)",
            "SELECT l_returnflag, l_linestatus, sum(l_quantity) AS quantity,"
                + " sum(l_extendedprice * (1 - l_discount)) AS revenue, avg(l_discount) AS discount,"
                + " count(*) AS items FROM tpch.lineitem WHERE l_shipdate <= DATE '1998-09-02'"
                + " GROUP BY l_returnflag, l_linestatus ORDER BY l_returnflag, l_linestatus",
            Engine.DUCKDB),
        new Succeeds(
            "A join of three tables (TPC-H 3)",
            "SELECT l_orderkey, sum(l_extendedprice * (1 - l_discount)) AS revenue, o_orderdate,"
                + " o_shippriority FROM tpch.customer, tpch.orders, tpch.lineitem"
                + " WHERE c_mktsegment = 'BUILDING' AND c_custkey = o_custkey"
                + " AND l_orderkey = o_orderkey AND o_orderdate < DATE '1995-03-15'"
                + " AND l_shipdate > DATE '1995-03-15'"
                + " GROUP BY l_orderkey, o_orderdate, o_shippriority"
                + " ORDER BY revenue DESC, o_orderdate LIMIT 10",
            Engine.DUCKDB),
        new Succeeds(
            "A function that only Spark has",
            "SELECT o_orderpriority, percentile_approx(o_totalprice, 0.5) AS median"
                + " FROM tpch.orders GROUP BY o_orderpriority ORDER BY o_orderpriority",
            Engine.SPARK),
        new Succeeds(
            "A write, to an Iceberg table",
            "CREATE TABLE lake.big_orders USING iceberg AS"
                + " SELECT * FROM tpch.orders WHERE o_totalprice > 300000",
            Engine.SPARK),
        new Succeeds(
            "Reading what was written",
            "SELECT o_orderpriority, count(*) AS orders FROM lake.big_orders"
                + " GROUP BY o_orderpriority ORDER BY o_orderpriority",
            Engine.DUCKDB),
        new Succeeds(
            "Why would it go where it goes?",
            "EXPLAIN ROUTE SELECT count(*) FROM tpch.lineitem WHERE l_shipdate >= DATE '1998-01-01'",
            Engine.GATEWAY),
        new Succeeds(BEFORE, REVENUE_BY_YEAR, Engine.DUCKDB),
        new Succeeds(
            "The table moves to Iceberg",
            "CREATE TABLE lake.orders USING iceberg AS SELECT * FROM tpch.orders",
            Engine.SPARK),
        new Redirect("tpch.orders means lake.orders now", "tpch.orders", "lake.orders"),
        new Succeeds(
            "The same query, the same answer", REVENUE_BY_YEAR, Engine.DUCKDB, Optional.of(BEFORE)),
        new Succeeds(
            "… and on Spark, because the user says so",
            REVENUE_BY_YEAR.replaceFirst("SELECT", "SELECT /*+ ENGINE(spark) */"),
            Engine.SPARK,
            Optional.of(BEFORE)),
        new WhereItCan(
            "SELECT /*+ ENGINE(trino) */ 1",
            new Succeeds(
                "… and on Trino",
                REVENUE_BY_YEAR.replaceFirst("SELECT", "SELECT /*+ ENGINE(trino) */"),
                Engine.TRINO,
                Optional.of(BEFORE))),
        new WhereItCan(
            "CREATE TEMPORARY TABLE clicks (id BIGINT, page INT) WITH ('connector' = 'datagen',"
                + " 'fields.id.kind' = 'sequence', 'fields.id.start' = '1', 'fields.id.end' = '5')",
            new Succeeds(
                "A stream, with a connector of Flink's",
                "SELECT id, page FROM clicks /*+ OPTIONS('rows-per-second' = '100') */",
                Engine.FLINK)),
        new Fails(
            "An engine that cannot is refused",
            "SELECT /*+ ENGINE(duckdb) */ percentile_approx(o_totalprice, 0.5) FROM tpch.orders",
            "percentile_approx"),
        new Fails("A clear error", "SELECT * FROM tpch.no_such_table", "no_such_table"));
  }
}
