// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.kitsune.router.Dispatch;
import io.kitsune.router.equivalence.EngineEquivalence.Outcome;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/**
 * Every probe is answered as Spark 3.5.4 answered it, or refused; those in {@code spark-only} are
 * refused, and no others. What Spark answers with an error is refused too.
 */
class ProbesTest {
  private static DuckDbRun duckDb;

  @BeforeAll
  static void generate() throws IOException, SQLException {
    ProbeData.write();
    duckDb = new DuckDbRun();
  }

  @AfterAll
  static void close() throws SQLException {
    duckDb.close();
  }

  @TestFactory
  Stream<DynamicNode> probes() {
    return Stream.concat(SparkAnswer.PROBES.stream(), Stream.of(SparkAnswer.SPARK_ONLY))
        .filter(
            name -> ProbesTest.class.getResource("/equivalence/answers/" + name + ".json") != null)
        .map(ProbesTest::container);
  }

  private static DynamicContainer container(String name) {
    List<String> statements = Resources.statements("/equivalence/probes/" + name + ".sql");
    List<SparkAnswer> answers = SparkAnswer.of(name);
    List<DynamicNode> tests = new ArrayList<>();
    tests.add(
        dynamicTest(
            "answers are recorded for the probes as they are",
            () ->
                assertThat(answers.stream().map(SparkAnswer::sql).toList()).isEqualTo(statements)));
    for (SparkAnswer answer : answers) {
      tests.add(
          dynamicTest(answer.sql(), () -> check(answer, name.equals(SparkAnswer.SPARK_ONLY))));
    }
    return dynamicContainer(name, tests);
  }

  private static void check(SparkAnswer answer, boolean sparkOnly) throws SQLException {
    Outcome outcome = duckDb.translate(answer.sql(), Map.of());
    if (sparkOnly || answer.error().isPresent()) {
      assertThat(outcome).as(answer.sql()).isInstanceOf(Outcome.Vetoed.class);
      return;
    }
    assertThat(outcome).as(answer.sql()).isInstanceOf(Outcome.Equivalent.class);
    Dispatch.DuckDbQuery query = (Dispatch.DuckDbQuery) ((Outcome.Equivalent) outcome).dispatch();
    AnswersAssert.assertSame(answer, query, duckDb.rows(query));
  }
}
