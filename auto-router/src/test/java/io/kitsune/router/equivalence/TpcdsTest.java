// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.router.Dispatch;
import io.kitsune.router.equivalence.EngineEquivalence.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * TPC-DS at scale 0.01: each query of which Spark's answer is recorded is answered with its values,
 * types and labels. Rows are compared in any order: many queries leave ties open.
 */
class TpcdsTest {
  private static DuckDbRun duckDb;

  @BeforeAll
  static void generate() throws IOException, SQLException {
    TpcdsData.write();
    duckDb = new DuckDbRun("tpcds_");
  }

  @AfterAll
  static void close() throws SQLException {
    duckDb.close();
  }

  @TestFactory
  Stream<DynamicTest> answersAsSpark() {
    List<SparkAnswer> answers = SparkAnswer.of("tpcds");
    return answers.stream()
        .map(
            answer ->
                DynamicTest.dynamicTest(
                    "query " + (answers.indexOf(answer) + 1), () -> check(answer)));
  }

  private static void check(SparkAnswer answer) throws SQLException {
    Outcome outcome = duckDb.translate(answer.sql(), Map.of());
    assertThat(outcome).as(answer.sql()).isInstanceOf(Outcome.Equivalent.class);
    Dispatch.DuckDbQuery query = (Dispatch.DuckDbQuery) ((Outcome.Equivalent) outcome).dispatch();
    AnswersAssert.assertSame(answer, query, duckDb.rows(query), false);
  }
}
