// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.ContractStatements;
import io.kitsune.router.Dispatch;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** In DuckDb's SQL. */
final class DuckDbContractStatements implements ContractStatements {
  @Override
  public Dispatch rows(long count) {
    return query(
        "SELECT range AS id, 'row-' || range AS name FROM range(" + count + ")",
        Column.of("id", Simple.BIGINT),
        Column.of("name", Simple.STRING));
  }

  @Override
  public long manyRows() {
    return 5_000_000;
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
        "SELECT count(*) AS n FROM range(4000000000) a, range(1000) b WHERE a.range % 7 = b.range",
        Column.of("n", Simple.BIGINT));
  }

  @Override
  public Dispatch malformed() {
    return query("SELEC 1", Column.of("n", Simple.INT));
  }

  @Override
  public Dispatch failing() {
    return query(
        "SELECT CAST(CASE WHEN range = 90000 THEN 'abc' ELSE '1' END AS INTEGER) AS n FROM"
            + " range(100000)",
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
        SELECT b, t::TINYINT AS t, s::SMALLINT AS s, i::INTEGER AS i, l::BIGINT AS l, f::FLOAT AS f,
          d::DOUBLE AS d, d1::DECIMAL(10,2) AS d1, d2::DECIMAL(38,18) AS d2, v, x::BLOB AS x,
          dt::DATE AS dt, ts::TIMESTAMPTZ AS ts, ntz::TIMESTAMP AS ntz, a::INTEGER[] AS a,
          m::MAP(VARCHAR, INTEGER) AS m, st::STRUCT(p INTEGER, q VARCHAR) AS st, NULL AS n
        FROM (VALUES
          (1, true, 1, 2, 3, 4, '1.5', '2.25', '12345.67', '0.000000000000000001',
            'it''s "quoted", π and 🦊', '\\x00\\x01\\xFF', '2024-02-29',
            '2024-02-29 12:34:56.789012+00', '2024-02-29 12:34:56.7', [1, NULL, 3],
            MAP {'two': NULL, 'one': 1}, {'p': 7, 'q': 'text'}),
          (2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            NULL, NULL),
          (3, false, -128, -32768, -2147483648, -9223372036854775808, '-inf', '-0.0', '-99999999.99',
            '-99999999999999999999.999999999999999999', '', '', '0001-01-01', '0001-01-01 00:00:00+00',
            '0001-01-01 00:00:00', [], MAP {}, {'p': NULL, 'q': NULL}),
          (4, true, 127, 32767, 2147483647, 9223372036854775807, 'nan', '1.7976931348623157e308',
            '99999999.99', '99999999999999999999.999999999999999999', ' blanks ', '\\x00', '9999-12-31',
            '9999-12-31 23:59:59.999999+00', '9999-12-31 23:59:59.999999', [2147483647], MAP {'': 0},
            {'p': -1, 'q': ''})
        ) AS data(ordinal, b, t, s, i, l, f, d, d1, d2, v, x, dt, ts, ntz, a, m, st)
        ORDER BY ordinal
        """,
        EVERY_COLUMN.toArray(Column[]::new));
  }

  @Override
  public Dispatch hour(String zone) {
    return new Dispatch.DuckDbQuery(
        "SELECT hour(TIMESTAMPTZ '2024-01-01 12:00:00+00')::BIGINT AS h",
        List.of(Column.of("h", Simple.BIGINT)),
        Set.of(),
        zone);
  }

  private static Dispatch query(String text, Column... columns) {
    return new Dispatch.DuckDbQuery(text, List.of(columns), Set.of(), "UTC");
  }
}
