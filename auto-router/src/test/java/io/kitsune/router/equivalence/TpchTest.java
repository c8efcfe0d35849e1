// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.router.Dispatch;
import io.kitsune.router.equivalence.EngineEquivalence.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** TPC-H at scale 0.01: values, types and labels are those that Spark 3.5.4 gave. */
class TpchTest {
  private static DuckDbRun duckDb;
  private static List<SparkAnswer> answers;

  @BeforeAll
  static void generate() throws IOException, SQLException {
    ProbeData.write();
    duckDb = new DuckDbRun();
    answers = SparkAnswer.of("tpch");
  }

  @AfterAll
  static void close() throws SQLException {
    duckDb.close();
  }

  static IntStream queries() {
    return IntStream.rangeClosed(1, 22);
  }

  @ParameterizedTest(name = "q{0}")
  @MethodSource("queries")
  void answersAsSpark(int number) throws SQLException {
    String sql = Resources.text("/tpch/q" + number + ".sql");
    SparkAnswer spark = answers.get(number - 1);
    assertThat(spark.sql()).isEqualTo(sql);
    Outcome outcome = duckDb.translate(sql, Map.of());
    assertThat(outcome).isInstanceOf(Outcome.Equivalent.class);
    Dispatch.DuckDbQuery query = (Dispatch.DuckDbQuery) ((Outcome.Equivalent) outcome).dispatch();
    AnswersAssert.assertSame(spark, query, duckDb.rows(query));
  }
}
