// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Tables of many shapes, written by a real Spark and read by a real Trino as Spark reads them. */
@ExtendWith(LiveLake.class)
class TrinoReadsTest {
  private static Connection spark;
  private static Connection trino;

  @BeforeAll
  static void open() throws SQLException {
    spark = session("spark");
    trino = session("trino");
    execute("CREATE DATABASE reads");
  }

  @AfterAll
  static void close() throws SQLException {
    trino.close();
    spark.close();
  }

  private static Connection session(String engine) throws SQLException {
    Connection connection = LiveLake.get().connect();
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET kitsune.engine=" + engine);
      statement.execute("SET spark.sql.session.timeZone=America/New_York");
    }
    return connection;
  }

  @Test
  void hiveTablesOfEveryType() throws SQLException {
    execute(
        "CREATE TABLE reads.types (id INT, ti TINYINT, sm SMALLINT, b BIGINT, f FLOAT, d DOUBLE,"
            + " money DECIMAL(9,2), big DECIMAL(38,10), s STRING, flag BOOLEAN, day DATE,"
            + " ts TIMESTAMP) STORED AS PARQUET",
        "INSERT INTO reads.types VALUES (1, 1Y, -2S, 3L, 1.5F, 2.5D, 1.25, 1.0000000001, 'ä', true,"
            + " DATE '2024-02-29', TIMESTAMP '2024-03-10 03:30:00.123456'),"
            + " (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
            + " (3, -128Y, 32767S, -9223372036854775807L, -0.0F, DOUBLE('NaN'), -9999999.99,"
            + " -1234567890123456789012345678.5, '', false, DATE '9999-12-31',"
            + " TIMESTAMP '1969-12-31 18:59:59.999999')");
    assertSame("SELECT * FROM reads.types ORDER BY id");
    assertSame("SELECT id FROM reads.types WHERE ts > TIMESTAMP '1970-01-01' ORDER BY id");
    assertSame("SELECT min(ts), max(ts), count(ts), max(d), min(day) FROM reads.types");
    assertSame(
        "SELECT k.id FROM reads.types k LEFT SEMI JOIN reads.types l ON k.ts = l.ts ORDER BY 1");
    assertSame("SELECT count(*) FROM reads.types");
  }

  @Test
  void hivePartitionsWithTheirValues() throws SQLException {
    execute(
        "CREATE TABLE reads.parts (id INT) PARTITIONED BY (p STRING, k INT, day DATE)"
            + " STORED AS PARQUET",
        "INSERT INTO reads.parts VALUES (1, '01', 7, DATE '2024-01-01'),"
            + " (2, 'a b/c=%41', -3, DATE '1969-12-31'), (3, NULL, NULL, NULL), (4, '1', 7, NULL)");
    assertSame("SELECT * FROM reads.parts ORDER BY id");
    assertSame("SELECT id, p FROM reads.parts WHERE p = '01' OR k = -3 ORDER BY id");
    assertSame("SELECT p, k, day, count(*) FROM reads.parts GROUP BY p, k, day ORDER BY p, k, day");
    assertSame("SELECT id FROM reads.parts WHERE day IS NULL AND k IS NOT NULL");
  }

  @Test
  void icebergTablesOfEveryType() throws SQLException {
    execute(
        "CREATE TABLE reads.kinds (id INT, b BIGINT, f FLOAT, d DOUBLE, money DECIMAL(9,2),"
            + " big DECIMAL(38,10), s STRING, flag BOOLEAN, day DATE, ts TIMESTAMP) USING iceberg",
        "INSERT INTO reads.kinds VALUES (1, 3L, 1.5F, 2.5D, 1.25, 1.0000000001, 'ä', true,"
            + " DATE '2024-02-29', TIMESTAMP '2024-03-10 03:30:00.123456'),"
            + " (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),"
            + " (3, -9223372036854775807L, -0.0F, DOUBLE('NaN'), -9999999.99,"
            + " -1234567890123456789012345678.5, '', false, DATE '9999-12-31',"
            + " TIMESTAMP '1969-12-31 18:59:59.999999')");
    assertSame("SELECT * FROM reads.kinds ORDER BY id");
    assertSame("SELECT id FROM reads.kinds WHERE ts > TIMESTAMP '1970-01-01' ORDER BY id");
    assertSame("SELECT min(ts), max(ts), count(ts), max(d), min(day) FROM reads.kinds");
    assertSame(
        "SELECT k.id FROM reads.kinds k LEFT SEMI JOIN reads.kinds l ON k.ts = l.ts ORDER BY 1");
    assertSame("SELECT count(*) FROM reads.kinds");
  }

  @Test
  void icebergRowsThatWereDeletedUpdatedAndMerged() throws SQLException {
    execute(
        "CREATE TABLE reads.deleted (id INT, s STRING, ts TIMESTAMP, p STRING) USING iceberg"
            + " PARTITIONED BY (p) TBLPROPERTIES ('format-version'='2',"
            + " 'write.delete.mode'='merge-on-read', 'write.update.mode'='merge-on-read',"
            + " 'write.merge.mode'='merge-on-read')",
        "INSERT INTO reads.deleted SELECT CAST(id AS INT), concat('n', id), TIMESTAMP '2020-01-01',"
            + " CAST(id % 3 AS STRING) FROM range(30)",
        "INSERT INTO reads.deleted VALUES (100, NULL, NULL, NULL)",
        "DELETE FROM reads.deleted WHERE id IN (1, 4, 29)",
        "UPDATE reads.deleted SET s = 'updated' WHERE id = 2",
        "MERGE INTO reads.deleted t USING (SELECT 100 AS id) u ON t.id = u.id"
            + " WHEN MATCHED THEN UPDATE SET s = 'merged'");
    assertSame("SELECT * FROM reads.deleted ORDER BY id");
    assertSame("SELECT count(*), sum(id), count(DISTINCT p) FROM reads.deleted");
  }

  @Test
  void icebergColumnsThatWereRenamedWidenedAndAddedAgain() throws SQLException {
    execute(
        "CREATE TABLE reads.evolved (id INT, a STRING, b FLOAT, c DECIMAL(5,2)) USING iceberg",
        "INSERT INTO reads.evolved VALUES (1, 'a1', 1.5F, 1.25)",
        "ALTER TABLE reads.evolved RENAME COLUMN a TO a2",
        "ALTER TABLE reads.evolved ALTER COLUMN id TYPE BIGINT",
        "ALTER TABLE reads.evolved ALTER COLUMN b TYPE DOUBLE",
        "ALTER TABLE reads.evolved ALTER COLUMN c TYPE DECIMAL(9,2)",
        "ALTER TABLE reads.evolved ADD COLUMN a STRING");
    assertThatThrownBy(() -> ResultTable.of(trino, "SELECT id FROM reads.evolved"))
        .hasMessageContaining("schema has changed since its last snapshot");
    execute("INSERT INTO reads.evolved VALUES (5000000000, 'r', 2.5D, 1234567.25, 'new')");
    assertSame("SELECT * FROM reads.evolved ORDER BY id");
    String first = snapshots("reads.evolved").get(0);
    assertSame("SELECT * FROM reads.evolved VERSION AS OF " + first);
    assertSame("SELECT count(*) FROM reads.evolved VERSION AS OF " + first);
  }

  @Test
  void icebergPartitionsByEveryTransform() throws SQLException {
    execute(
        "CREATE TABLE reads.transformed (id INT, k INT, s STRING, ts TIMESTAMP, m DECIMAL(9,2))"
            + " USING iceberg PARTITIONED BY (k, truncate(2, s), days(ts), bucket(4, id))",
        "INSERT INTO reads.transformed VALUES (1, 1, 'abc', TIMESTAMP '2020-01-01 23:30:00', 1.5),"
            + " (2, NULL, NULL, NULL, NULL), (3, -5, 'äö', TIMESTAMP '1960-01-01', -2.25)");
    assertSame("SELECT * FROM reads.transformed ORDER BY id");
    assertSame("SELECT id FROM reads.transformed WHERE ts < TIMESTAMP '1970-01-01'");
    assertSame("SELECT id FROM reads.transformed WHERE ts >= TIMESTAMP '2020-01-01 23:30:00'");
    assertSame("SELECT id FROM reads.transformed WHERE s LIKE 'ab%' AND k = 1");
    assertSame("SELECT id FROM reads.transformed WHERE k IS NULL");
  }

  private static List<String> snapshots(String table) throws SQLException {
    ResultTable found =
        ResultTable.of(
            spark, "SELECT snapshot_id FROM " + table + ".snapshots ORDER BY committed_at");
    return found.rows().stream().map(row -> row.get(0).toString()).toList();
  }

  private static void execute(String... statements) throws SQLException {
    try (Statement statement = spark.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static void assertSame(String sql) throws SQLException {
    assertThat(ResultTable.of(trino, sql)).as(sql).isEqualTo(ResultTable.of(spark, sql));
  }
}
