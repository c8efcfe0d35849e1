// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.ContractStatements;
import io.kitsune.router.Dispatch;
import java.util.List;
import java.util.stream.IntStream;

/** In Trino's SQL. */
final class TrinoContractStatements implements ContractStatements {
  @Override
  public Dispatch rows(long count) {
    String range =
        count == 0
            ? "(SELECT BIGINT '0' WHERE false)"
            : "TABLE(sequence(start => 0, stop => " + (count - 1) + "))";
    return query(
        "SELECT id, 'row-' || CAST(id AS VARCHAR) AS name FROM " + range + " AS r(id) ORDER BY id",
        Column.of("id", Simple.BIGINT),
        Column.of("name", Simple.STRING));
  }

  @Override
  public long manyRows() {
    return 1_000_000;
  }

  @Override
  public Dispatch wide(int columns) {
    return query(
        ContractStatements.selectNumbers(columns),
        IntStream.range(0, columns)
            .mapToObj(i -> Column.of("c" + i, Simple.INT))
            .toArray(Column[]::new));
  }

  @Override
  public Dispatch slow() {
    return query(
        "SELECT count(*) AS n FROM TABLE(sequence(start => 0, stop => 1000000)) AS a(x) CROSS JOIN"
            + " TABLE(sequence(start => 0, stop => 1000000)) AS b(y) WHERE (x * 7 + y) % 11 = 3",
        Column.of("n", Simple.BIGINT));
  }

  @Override
  public Dispatch malformed() {
    return query("SELEC 1", Column.of("n", Simple.INT));
  }

  @Override
  public Dispatch failing() {
    return query(
        "SELECT CAST(CASE WHEN x = 90000 THEN 'abc' ELSE '1' END AS INTEGER) AS n FROM"
            + " TABLE(sequence(start => 0, stop => 100000)) AS r(x)",
        Column.of("n", Simple.INT));
  }

  @Override
  public Dispatch foreign() {
    return new Dispatch.SparkStatement("SELECT 1");
  }

  @Override
  public Dispatch everyType() {
    return query(
        """
        SELECT b, CAST(t AS TINYINT) AS t, CAST(s AS SMALLINT) AS s, CAST(i AS INTEGER) AS i,
          CAST(l AS BIGINT) AS l, CAST(f AS REAL) AS f, CAST(d AS DOUBLE) AS d,
          CAST(d1 AS DECIMAL(10,2)) AS d1, CAST(d2 AS DECIMAL(38,18)) AS d2, v,
          CAST(x AS VARBINARY) AS x, CAST(dt AS DATE) AS dt,
          CAST(ts AS TIMESTAMP(6) WITH TIME ZONE) AS ts, CAST(ntz AS TIMESTAMP(6)) AS ntz,
          CAST(a AS ARRAY(INTEGER)) AS a, CAST(m AS MAP(VARCHAR, INTEGER)) AS m,
          CAST(st AS ROW(p INTEGER, q VARCHAR)) AS st, NULL AS n
        FROM (VALUES
          (1, true, 1, 2, 3, BIGINT '4', '1.5', '2.25', '12345.67', '0.000000000000000001',
            VARCHAR 'it''s "quoted", π and 🦊', X'0001FF', '2024-02-29',
            '2024-02-29 12:34:56.789012 UTC', '2024-02-29 12:34:56.7', ARRAY[1, NULL, 3],
            MAP(ARRAY['two', 'one'], ARRAY[NULL, 1]), ROW(7, 'text')),
          (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            NULL, NULL),
          (3, false, -128, -32768, -2147483648, BIGINT '-9223372036854775808', '-Infinity', '-0.0',
            '-99999999.99', '-99999999999999999999.999999999999999999', '', X'', '0001-01-01',
            '0001-01-01 00:00:00 UTC', '0001-01-01 00:00:00', ARRAY[], MAP(ARRAY[], ARRAY[]),
            ROW(NULL, NULL)),
          (4, true, 127, 32767, 2147483647, BIGINT '9223372036854775807', 'NaN',
            '1.7976931348623157E308', '99999999.99', '99999999999999999999.999999999999999999',
            ' blanks ', X'00', '9999-12-31', '9999-12-31 23:59:59.999999 UTC',
            '9999-12-31 23:59:59.999999', ARRAY[2147483647], MAP(ARRAY[''], ARRAY[0]), ROW(-1, ''))
        ) AS data(ordinal, b, t, s, i, l, f, d, d1, d2, v, x, dt, ts, ntz, a, m, st)
        ORDER BY ordinal
        """,
        EVERY_COLUMN.toArray(Column[]::new));
  }

  @Override
  public Dispatch hour(String zone) {
    return new Dispatch.TrinoQuery(
        "SELECT CAST(hour(at_timezone(TIMESTAMP '2024-01-01 12:00:00 UTC', current_timezone())) AS"
            + " INTEGER) AS h",
        List.of(Column.of("h", Simple.INT)),
        zone);
  }

  static Dispatch.TrinoQuery query(String text, Column... columns) {
    return new Dispatch.TrinoQuery(text, List.of(columns), "UTC");
  }
}
