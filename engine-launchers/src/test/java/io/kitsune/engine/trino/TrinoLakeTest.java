// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.spark.SparkTables;
import io.kitsune.router.Dispatch;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Tables that Spark wrote, in a Metastore that both see, on the local file system. */
@Timeout(400)
final class TrinoLakeTest {
  private static final String COLUMNS =
      """
      id BIGINT, b BOOLEAN, i INT, d DOUBLE, f FLOAT, n DECIMAL(38, 6), s STRING, x BINARY,
      dt DATE, ts TIMESTAMP, a ARRAY<INT>, m MAP<STRING, INT>, r STRUCT<p: INT, q: STRING>
      """;
  private static final String VALUES =
      """
      SELECT 1L, true, -7, 2.25D, CAST('NaN' AS FLOAT),
        CAST('12345678901234567890123456789012.345678' AS DECIMAL(38, 6)), 'π', X'00FF',
        DATE'1582-10-15', TIMESTAMP'2024-02-29 12:34:56.789012', array(1, NULL), map('k', 1),
        named_struct('p', 1, 'q', 'x')
      UNION ALL SELECT 2L, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL
      """;
  private static final List<List<Object>> ROWS =
      List.of(
          List.of(
              1L,
              "true|-7|2.25|NaN|12345678901234567890123456789012.345678|π|00FF|1582-10-15",
              "2024-02-29 12:34:56.789012",
              "[1,null]",
              "{\"k\":1}",
              "{\"p\":1,\"q\":\"x\"}"));

  @BeforeAll
  static void makeTables() throws Exception {
    SharedTrino.assumeJava();
    SparkTables.run(
        "CREATE DATABASE IF NOT EXISTS trino_lake",
        "CREATE TABLE trino_lake.plain (" + COLUMNS + ") STORED AS PARQUET",
        "INSERT INTO trino_lake.plain " + VALUES,
        "CREATE TABLE trino_lake.files USING parquet AS SELECT * FROM trino_lake.plain",
        "CREATE TABLE trino_lake.parts (v STRING) PARTITIONED BY (p INT) STORED AS PARQUET",
        "INSERT INTO trino_lake.parts PARTITION (p = 1) VALUES ('one')",
        "INSERT INTO trino_lake.parts PARTITION (p = 2) VALUES ('two')",
        "CREATE TABLE trino_lake.ice (" + COLUMNS + ") USING iceberg",
        "INSERT INTO trino_lake.ice " + VALUES);
  }

  @Test
  void hiveTables() {
    assertThat(read("hive", "plain", "with_timezone(ts, 'UTC')")).isEqualTo(ROWS);
  }

  @Test
  void tablesOfSparksOwnKind() {
    assertThat(read("hive", "files", "with_timezone(ts, 'UTC')")).isEqualTo(ROWS);
  }

  @Test
  void icebergTables() {
    assertThat(read("iceberg", "ice", "ts AT TIME ZONE 'UTC'")).isEqualTo(ROWS);
  }

  @Test
  void whatSparkHasJustWrittenIsThere() throws Exception {
    assertThat(count("iceberg", "ice")).isEqualTo(2L);
    assertThat(count("hive", "plain")).isEqualTo(2L);
    SparkTables.run(
        "CREATE TABLE trino_lake.ice2 USING iceberg AS SELECT * FROM trino_lake.ice",
        "CREATE TABLE trino_lake.plain2 STORED AS PARQUET AS SELECT * FROM trino_lake.plain");
    assertThat(count("iceberg", "ice2")).isEqualTo(2L);
    assertThat(count("hive", "plain2")).isEqualTo(2L);
    SparkTables.run(
        "INSERT INTO trino_lake.ice2 SELECT * FROM trino_lake.ice",
        "INSERT INTO trino_lake.plain2 SELECT * FROM trino_lake.plain");
    assertThat(count("iceberg", "ice2")).isEqualTo(4L);
    assertThat(count("hive", "plain2")).isEqualTo(4L);
  }

  @Test
  void partitions() {
    assertThat(
            TrinoQueries.read(
                SharedTrino.launcher(),
                query(
                    "SELECT v, p FROM " + table("hive", "parts") + " WHERE p = 2",
                    Column.of("v", Simple.STRING),
                    Column.of("p", Simple.INT))))
        .containsExactly(List.of("two", 2));
  }

  private static Object count(String kind, String table) {
    return TrinoQueries.read(
            SharedTrino.launcher(),
            query("SELECT count(*) AS n FROM " + table(kind, table), Column.of("n", Simple.BIGINT)))
        .get(0)
        .get(0);
  }

  private static List<List<Object>> read(String kind, String table, String timestamp) {
    return TrinoQueries.read(
        SharedTrino.launcher(),
        query(
            """
            SELECT id,
              concat_ws('|', CAST(b AS VARCHAR), CAST(i AS VARCHAR), format('%%.2f', d),
                CAST(f AS VARCHAR), CAST(n AS VARCHAR), s, to_hex(x), CAST(dt AS VARCHAR)) AS t,
              CAST(%s AS TIMESTAMP(6) WITH TIME ZONE) AS ts, a, m, r
            FROM %s WHERE id = 1
            """
                .formatted(timestamp, table(kind, table)),
            Column.of("id", Simple.BIGINT),
            Column.of("t", Simple.STRING),
            Column.of("ts", Simple.TIMESTAMP),
            Column.of("a", new DataType.Array(Simple.INT, true)),
            Column.of("m", new DataType.Map(Simple.STRING, Simple.INT, true)),
            Column.of(
                "r",
                new DataType.Struct(
                    List.of(
                        new DataType.Field("p", Simple.INT, true),
                        new DataType.Field("q", Simple.STRING, true))))));
  }

  private static String table(String kind, String name) {
    String catalog =
        kind.equals("hive")
            ? SharedTrino.catalogs().hive().get("spark_catalog")
            : SharedTrino.catalogs().iceberg().get("spark_catalog");
    return catalog + ".trino_lake." + name;
  }

  private static Dispatch query(String text, Column... columns) {
    return new Dispatch.TrinoQuery(text, List.of(columns), "UTC");
  }
}
