// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.ContractStatements;
import io.kitsune.router.Dispatch;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** In Flink's SQL. */
final class FlinkContractStatements implements ContractStatements {
  @Override
  public Dispatch rows(long count) {
    String select = "SELECT id, 'row-' || CAST(id AS STRING) AS name FROM " + table("numbers");
    return flink(
        count == 0
            ? select + " WHERE 1 = 0"
            : select
                + " /*+ OPTIONS('number-of-rows' = '%d', 'fields.id.end' = '%d') */"
                    .formatted(count, count - 1));
  }

  @Override
  public long manyRows() {
    return 200_000;
  }

  @Override
  public Dispatch wide(int columns) {
    return flink(ContractStatements.selectNumbers(columns));
  }

  @Override
  public Dispatch slow() {
    return flink("SELECT id FROM " + table("drops") + " WHERE id < 0");
  }

  @Override
  public Dispatch malformed() {
    return flink("SELEC 1");
  }

  @Override
  public Dispatch failing() {
    return flink("SELECT CAST(x AS INT) FROM (VALUES ('1'), ('abc')) AS t(x)");
  }

  @Override
  public Dispatch foreign() {
    return new Dispatch.DuckDbQuery("SELECT 1", List.of(), Set.of(), "UTC");
  }

  @Override
  public Dispatch everyType() {
    // Where NULL were a literal, Flink would fold the casts, and it can't fold infinities.
    return flink(
        """
        SELECT CAST(NULLIF(b, '~') AS BOOLEAN) AS b, CAST(NULLIF(t, '~') AS TINYINT) AS t,
          CAST(NULLIF(s, '~') AS SMALLINT) AS s, CAST(NULLIF(i, '~') AS INT) AS i,
          CAST(NULLIF(l, '~') AS BIGINT) AS l, CAST(NULLIF(f, '~') AS FLOAT) AS f,
          CAST(NULLIF(d, '~') AS DOUBLE) AS d, CAST(NULLIF(d1, '~') AS DECIMAL(10, 2)) AS d1,
          CAST(NULLIF(d2, '~') AS DECIMAL(38, 18)) AS d2, NULLIF(v, '~') AS v,
          UNHEX(NULLIF(x, '~')) AS x, CAST(NULLIF(dt, '~') AS DATE) AS dt,
          CAST(CAST(NULLIF(ts, '~') AS TIMESTAMP(6)) AS TIMESTAMP_LTZ(6)) AS ts,
          CAST(NULLIF(ntz, '~') AS TIMESTAMP(6)) AS ntz,
          CASE k WHEN 1 THEN ARRAY[1, CAST(NULL AS INT), 3] WHEN 2 THEN CAST(NULL AS ARRAY<INT>)
            WHEN 3 THEN ARRAY_REMOVE(ARRAY[1], 1) ELSE ARRAY[2147483647] END AS a,
          CASE k WHEN 1 THEN MAP['two', CAST(NULL AS INT), 'one', 1]
            WHEN 2 THEN CAST(NULL AS MAP<STRING, INT>)
            WHEN 3 THEN MAP_FROM_ARRAYS(ARRAY_REMOVE(ARRAY['x'], 'x'), ARRAY_REMOVE(ARRAY[1], 1))
            ELSE MAP['', 0] END AS m,
          CASE k WHEN 1 THEN CAST(ROW(7, 'text') AS ROW<p INT, q STRING>)
            WHEN 2 THEN CAST(NULL AS ROW<p INT, q STRING>)
            WHEN 3 THEN CAST(ROW(CAST(NULL AS INT), CAST(NULL AS STRING)) AS ROW<p INT, q STRING>)
            ELSE CAST(ROW(-1, '') AS ROW<p INT, q STRING>) END AS st,
          CAST(NULL AS INT) AS n
        FROM (VALUES
          (1, 'true', '1', '2', '3', '4', '1.5', '2.25', '12345.67', '0.000000000000000001',
            'it''s "quoted", π and 🦊', '0001FF', '2024-02-29', '2024-02-29 12:34:56.789012',
            '2024-02-29 12:34:56.7'),
          (2, '~', '~', '~', '~', '~', '~', '~', '~', '~', '~', '~', '~', '~', '~'),
          (3, 'false', '-128', '-32768', '-2147483648', '-9223372036854775808', '-Infinity',
            '-0.0', '-99999999.99', '-99999999999999999999.999999999999999999', '', '',
            '0001-01-01', '0001-01-01 00:00:00', '0001-01-01 00:00:00'),
          (4, 'true', '127', '32767', '2147483647', '9223372036854775807', 'NaN',
            '1.7976931348623157E308', '99999999.99', '99999999999999999999.999999999999999999',
            ' blanks ', '00', '9999-12-31', '9999-12-31 23:59:59.999999',
            '9999-12-31 23:59:59.999999')
        ) AS r(k, b, t, s, i, l, f, d, d1, d2, v, x, dt, ts, ntz)
        ORDER BY k
        """);
  }

  @Override
  public Dispatch hour(String zone) {
    return flink("SELECT HOUR(CAST(TO_TIMESTAMP_LTZ(1704110400000, 3) AS TIMESTAMP(3))) AS h");
  }

  @Override
  public List<Dispatch> first() {
    return List.of(
        flink(
            """
            CREATE TABLE IF NOT EXISTS flink.`default`.numbers (id BIGINT) WITH (
              'connector' = 'datagen', 'rows-per-second' = '1000000000', 'number-of-rows' = '1',
              'fields.id.kind' = 'sequence', 'fields.id.start' = '0', 'fields.id.end' = '0')
            """),
        // Bounded, so that it is a batch; it takes days.
        flink(
            """
            CREATE TABLE IF NOT EXISTS flink.`default`.drops (id BIGINT) WITH (
              'connector' = 'datagen', 'rows-per-second' = '1000', 'number-of-rows' = '1000000000',
              'fields.id.min' = '1', 'fields.id.max' = '7')
            """));
  }

  /** A table's name in full: the catalog of its session is not the same everywhere. */
  static String table(String name) {
    return "flink.`default`." + name;
  }

  static Dispatch flink(String text) {
    return flink(text, Map.of());
  }

  static Dispatch flink(String text, Map<String, String> settings) {
    return new Dispatch.FlinkStatement(text, settings);
  }
}
