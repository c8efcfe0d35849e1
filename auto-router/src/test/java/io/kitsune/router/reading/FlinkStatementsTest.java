// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.router.Statement;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FlinkStatementsTest {
  private final StatementReader reader = new StatementReader();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t (id BIGINT, WATERMARK FOR ts AS ts) WITH ('connector' = 'kafka')",
        "create temporary table if not exists t with ('connector' = 'datagen') like other",
        "-- comment\nCREATE TABLE t (id INT) WITH ( 'connector'='print' );",
        "EXECUTE STATEMENT SET BEGIN INSERT INTO a SELECT 1; INSERT INTO b SELECT 2; END",
        "SHOW JOBS",
        "stop job 'abc' with savepoint",
        "CREATE CATALOG x WITH ('type' = 'jdbc')",
        "DROP CATALOG x",
        "SELECT * FROM t /*+ OPTIONS('streaming' = 'true') */",
      })
  void whatOnlyFlinkHasIsFlinks(String text) {
    assertThat(reader.read(text)).isInstanceOf(Statement.Flink.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CREATE TABLE t USING iceberg AS WITH q AS (SELECT 'a') SELECT * FROM q",
        "WITH jobs AS (SELECT 1) SELECT * FROM jobs",
        "SELECT /*+ OPTIONS(x) */ 1",
        "SHOW TABLES",
        "CREATE TABLE t (catalog INT) OPTIONS ('connector' = 'kafka')",
      })
  void whatSparkHasTooIsNot(String text) {
    assertThat(reader.read(text)).isNotInstanceOf(Statement.Flink.class);
  }
}
