// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ContractStatements;
import io.kitsune.router.Dispatch;
import java.util.List;
import java.util.Set;

/** In Spark's SQL. */
public final class SparkContractStatements implements ContractStatements {
  @Override
  public Dispatch rows(long count) {
    return new Dispatch.SparkStatement(
        "SELECT id, concat('row-', id) AS name FROM range(0, " + count + ", 1, 2)");
  }

  @Override
  public long manyRows() {
    return 200_000;
  }

  @Override
  public Dispatch wide(int columns) {
    return new Dispatch.SparkStatement(ContractStatements.selectNumbers(columns));
  }

  @Override
  public Dispatch slow() {
    // One task, so that it leaves room for others on a machine with two cores.
    return new Dispatch.SparkStatement("SELECT sum(id % 7) FROM range(0, 1000000000000, 1, 1)");
  }

  @Override
  public Dispatch malformed() {
    return new Dispatch.SparkStatement("SELEC 1");
  }

  @Override
  public Dispatch failing() {
    return new Dispatch.SparkStatement(
        "SELECT CAST(if(id = 90000, 'abc', '1') AS INT) FROM range(100000)");
  }

  @Override
  public Dispatch foreign() {
    return new Dispatch.DuckDbQuery("SELECT 1", List.of(), Set.of(), "UTC");
  }

  @Override
  public Dispatch everyType() {
    return new Dispatch.SparkStatement(
        """
        SELECT b, t, s, i, l, f, d, d1, d2, v, x, dt, ts, ntz, a, m, st, NULL AS n FROM (
          SELECT 1 AS ordinal, true AS b, 1Y AS t, 2S AS s, 3 AS i, 4L AS l, 1.5F AS f, 2.25D AS d,
            CAST('12345.67' AS DECIMAL(10,2)) AS d1,
            CAST('0.000000000000000001' AS DECIMAL(38,18)) AS d2,
            'it\\'s "quoted", π and 🦊' AS v, X'0001FF' AS x, DATE'2024-02-29' AS dt,
            TIMESTAMP'2024-02-29 12:34:56.789012' AS ts,
            TIMESTAMP_NTZ'2024-02-29 12:34:56.7' AS ntz, array(1, NULL, 3) AS a,
            map('two', NULL, 'one', 1) AS m, named_struct('p', 7, 'q', 'text') AS st
          UNION ALL
          SELECT 2, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
            NULL, NULL, NULL
          UNION ALL
          SELECT 3, false, CAST(-128 AS TINYINT), CAST(-32768 AS SMALLINT), -2147483648,
            CAST('-9223372036854775808' AS BIGINT), CAST('-Infinity' AS FLOAT), CAST('-0.0' AS DOUBLE),
            CAST('-99999999.99' AS DECIMAL(10,2)),
            CAST('-99999999999999999999.999999999999999999' AS DECIMAL(38,18)), '', X'',
            DATE'0001-01-01', TIMESTAMP'0001-01-01 00:00:00', TIMESTAMP_NTZ'0001-01-01 00:00:00',
            CAST(array() AS ARRAY<INT>), CAST(map() AS MAP<STRING, INT>),
            named_struct('p', CAST(NULL AS INT), 'q', CAST(NULL AS STRING))
          UNION ALL
          SELECT 4, true, 127Y, 32767S, 2147483647, 9223372036854775807L, CAST('NaN' AS FLOAT),
            1.7976931348623157E308D, CAST('99999999.99' AS DECIMAL(10,2)),
            CAST('99999999999999999999.999999999999999999' AS DECIMAL(38,18)), ' blanks ', X'00',
            DATE'9999-12-31', TIMESTAMP'9999-12-31 23:59:59.999999',
            TIMESTAMP_NTZ'9999-12-31 23:59:59.999999', array(2147483647), map('', 0),
            named_struct('p', -1, 'q', '')
        ) ORDER BY ordinal
        """);
  }

  @Override
  public Dispatch hour(String zone) {
    return new Dispatch.SparkStatement("SELECT hour(TIMESTAMP'2024-01-01 12:00:00Z') AS h");
  }
}
