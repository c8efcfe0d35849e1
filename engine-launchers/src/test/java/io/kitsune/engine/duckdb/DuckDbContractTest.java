// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.EngineContract;
import io.kitsune.engine.EngineLauncher;
import io.kitsune.router.Dispatch;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class DuckDbContractTest extends EngineContract {
  @TempDir private static Path temporary;
  private static DuckDbLauncher launcher;

  @BeforeAll
  static void start() {
    launcher = new DuckDbLauncher(DuckDbSettings.defaults(temporary));
  }

  @AfterAll
  static void stop() {
    launcher.close();
    assertThat(temporary).isEmptyDirectory();
  }

  @Override
  protected EngineLauncher launcher() {
    return launcher;
  }

  @Override
  protected Dispatch rows(long count) {
    return query(
        "SELECT range AS id, 'row-' || range AS name FROM range(" + count + ")",
        Column.of("id", Simple.BIGINT),
        Column.of("name", Simple.STRING));
  }

  @Override
  protected long manyRows() {
    return 5_000_000;
  }

  @Override
  protected Dispatch wide(int columns) {
    return query(
        IntStream.range(0, columns)
            .mapToObj(i -> i + " AS c" + i)
            .collect(Collectors.joining(", ", "SELECT ", "")),
        IntStream.range(0, columns)
            .mapToObj(i -> Column.of("c" + i, Simple.INT))
            .toArray(Column[]::new));
  }

  @Override
  protected Dispatch slow() {
    return query(
        "SELECT count(*) AS n FROM range(4000000000) a, range(1000) b WHERE a.range % 7 = b.range",
        Column.of("n", Simple.BIGINT));
  }

  @Override
  protected Dispatch malformed() {
    return query("SELEC 1", Column.of("n", Simple.INT));
  }

  @Override
  protected Dispatch failing() {
    return query(
        "SELECT CAST(CASE WHEN range = 90000 THEN 'abc' ELSE '1' END AS INTEGER) AS n FROM range(100000)",
        Column.of("n", Simple.INT));
  }

  @Override
  protected Dispatch foreign() {
    return new Dispatch.SparkStatement("SELECT 1");
  }

  @Override
  protected Dispatch everyType() {
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
        Column.of("b", Simple.BOOLEAN),
        Column.of("t", Simple.TINYINT),
        Column.of("s", Simple.SMALLINT),
        Column.of("i", Simple.INT),
        Column.of("l", Simple.BIGINT),
        Column.of("f", Simple.FLOAT),
        Column.of("d", Simple.DOUBLE),
        Column.of("d1", new DataType.Decimal(10, 2)),
        Column.of("d2", new DataType.Decimal(38, 18)),
        Column.of("v", Simple.STRING),
        Column.of("x", Simple.BINARY),
        Column.of("dt", Simple.DATE),
        Column.of("ts", Simple.TIMESTAMP),
        Column.of("ntz", Simple.TIMESTAMP_NTZ),
        Column.of("a", new DataType.Array(Simple.INT, true)),
        Column.of("m", new DataType.Map(Simple.STRING, Simple.INT, true)),
        Column.of(
            "st",
            new DataType.Struct(
                List.of(
                    new DataType.Field("p", Simple.INT, true),
                    new DataType.Field("q", Simple.STRING, true)))),
        Column.of("n", Simple.VOID));
  }

  @Override
  protected void assertNothingIsLeft() {
    assertThat(launcher.openStatements()).isZero();
    assertThat(launcher.resultBytes()).isZero();
  }

  @Override
  protected long heldBytes() {
    return launcher.resultBytes();
  }

  private static Dispatch query(String text, Column... columns) {
    return new Dispatch.DuckDbQuery(text, List.of(columns), Set.of(), "UTC");
  }
}
