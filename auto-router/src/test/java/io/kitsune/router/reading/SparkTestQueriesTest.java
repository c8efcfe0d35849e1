// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.reading.SparkTestQueries.Golden;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Reads what Spark's own tests read. */
class SparkTestQueriesTest {
  private final StatementReader reader = new StatementReader();

  @Test
  void everyTpcQueryHasTreeAndTables() {
    Map<String, String> queries = SparkTestQueries.tpc();
    assertThat(queries).hasSizeGreaterThan(170);
    queries.forEach(
        (name, text) -> {
          Statement statement = reader.read(text);
          assertThat(statement).as(name).isInstanceOf(Statement.Query.class);
          assertThat(statement.tables()).as(name).isNotEmpty();
          assertPositions(name, statement);
        });
  }

  @Test
  void goldenStatementsAreRefusedOnlyWhereSparkRefusesThem() {
    List<String> wrong = new ArrayList<>();
    Map<String, Integer> opaque = new TreeMap<>();
    int queries = 0;
    for (Golden golden : SparkTestQueries.golden()) {
      try {
        Statement statement = reader.read(golden.sql(), golden.grammar());
        assertPositions(golden.file(), statement);
        assertThat(statement.toString()).as("as a log would show it").isNotEmpty();
        if (statement instanceof Statement.Query) {
          queries++;
        } else if (statement instanceof Statement.Opaque unknown) {
          assertThat(unknown.position().line()).as(golden.sql()).isPositive();
          opaque.merge(unknown.construct(), 1, Integer::sum);
        }
      } catch (KitsuneException e) {
        assertThat(e.sqlState()).isIn("42601", "42617", "54001");
        if (!golden.refusedByParser() && !e.code().equals("PARSE_IDENTIFIER_NOT_LITERAL")) {
          wrong.add(golden.file() + ": " + golden.sql() + " -> " + e.getMessage());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(queries).isGreaterThan(6_000);
    int total = opaque.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(total).as("without a tree: %s", opaque).isLessThan(queries / 25);
    assertThat(opaque.keySet()).allSatisfy(construct -> assertThat(construct).isNotBlank());
  }

  private static void assertPositions(String name, Statement statement) {
    for (TableReference table : statement.tables()) {
      String written = statement.text().substring(table.start(), table.end());
      if (!written.toUpperCase(java.util.Locale.ROOT).startsWith("IDENTIFIER")) {
        String plain = written.replaceAll("\\s*\\.\\s*", ".").replaceAll("[`\"]", "");
        assertThat(plain).as(name).isEqualTo(String.join(".", table.parts()));
      }
    }
  }
}
