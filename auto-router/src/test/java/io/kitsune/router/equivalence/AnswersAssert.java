// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.router.Dispatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Compares an engine's answer with Spark's, as far as the text determines it. */
public final class AnswersAssert {
  /** Sums of doubles depend on the order of the rows, which the text leaves open. */
  private static final double TOLERANCE = 1e-9;

  private AnswersAssert() {}

  static void assertSame(SparkAnswer spark, Dispatch.DuckDbQuery query, List<List<String>> rows) {
    assertSame(spark, query, rows, isOrdered(spark));
  }

  static void assertSame(
      SparkAnswer spark, Dispatch.DuckDbQuery query, List<List<String>> rows, boolean ordered) {
    assertSame(spark, query.text(), query.columns(), rows, ordered);
  }

  /** Whether the statement puts its rows in order, ties aside. */
  public static boolean isOrdered(SparkAnswer spark) {
    return spark.sql().toLowerCase(Locale.ROOT).contains("order by");
  }

  /**
   * Labels, types and values; rows that are not ordered, or have ties, are compared in any order.
   */
  public static void assertSame(
      SparkAnswer spark,
      String written,
      List<Column> columns,
      List<List<String>> rows,
      boolean ordered) {
    assertThat(columns.stream().map(column -> column.name()).toList())
        .as("labels of %s", spark.sql())
        .isEqualTo(spark.columns().stream().map(SparkAnswer.Column::label).toList());
    assertThat(columns.stream().map(column -> column.type().sql()).toList())
        .as("types of %s", spark.sql())
        .isEqualTo(spark.columns().stream().map(SparkAnswer.Column::type).toList());
    List<List<String>> expected = ordered ? spark.rows() : sorted(spark.rows());
    List<List<String>> found = ordered ? rows : sorted(rows);
    assertThat(found.size()).as("rows of %s", spark.sql()).isEqualTo(expected.size());
    for (int i = 0; i < expected.size(); i++) {
      for (int j = 0; j < expected.get(i).size(); j++) {
        String type = spark.columns().get(j).type();
        String a = expected.get(i).get(j);
        String b = found.get(i).get(j);
        assertThat(type.equals("double") && close(a, b) ? a : b)
            .as(
                "row %d, %s of %s%nwritten as %s",
                i, spark.columns().get(j).label(), spark.sql(), written)
            .isEqualTo(a);
      }
    }
  }

  private static boolean close(String a, String b) {
    if (a == null || b == null) {
      return false;
    }
    double x = Double.parseDouble(a);
    double y = Double.parseDouble(b);
    return x != 0 && Math.abs(x - y) <= TOLERANCE * Math.abs(x);
  }

  private static List<List<String>> sorted(List<List<String>> rows) {
    List<List<String>> sorted = new ArrayList<>(rows);
    sorted.sort(Comparator.comparing(Object::toString));
    return sorted;
  }
}
