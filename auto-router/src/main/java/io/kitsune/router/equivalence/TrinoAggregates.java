// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Aggregate;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.TrinoText;

/** The aggregates that mean the same in Trino, of values and over windows. */
final class TrinoAggregates {
  private TrinoAggregates() {}

  /**
   * The aggregate.
   *
   * @param over the window it is taken over, with OVER, or empty text
   */
  static String write(Aggregate aggregate, String argument, String over) {
    DataType input = aggregate.arguments().get(0).type();
    boolean distinct = aggregate.quantifier() == Aggregate.Quantifier.DISTINCT;
    if (distinct && !over.isEmpty()) {
      throw refused(aggregate, input);
    }
    String values = (distinct ? "DISTINCT " : "") + argument;
    return switch (aggregate.function()) {
      case "count" -> call("count", values, over);
      case "grouping" ->
          TrinoText.cast(call("GROUPING", argument, over), aggregate.type(), aggregate.place());
      case "min", "max" -> ordered(aggregate, argument, over);
      case "sum" -> sum(aggregate, input, values, over);
      case "avg", "mean" -> average(aggregate, input, values, over);
      default -> throw refused(aggregate, input);
    };
  }

  private static String ordered(Aggregate aggregate, String values, String over) {
    DataType type = aggregate.type();
    String plain = call(aggregate.function(), values, over);
    if (type == Simple.DOUBLE) {
      // Trino leaves NaN out unless there is nothing else; in Spark it is the largest number.
      return aggregate.function().equals("min")
          ? plain
          : "CASE WHEN "
              + call("bool_or", "is_nan(" + values + ")", over)
              + " THEN nan() ELSE "
              + plain
              + " END";
    }
    boolean known =
        TrinoCasts.isIntegral(type)
            || type instanceof Decimal
            || type == Simple.STRING
            || type == Simple.DATE
            || type == Simple.TIMESTAMP
            || type == Simple.BOOLEAN;
    if (!known) {
      throw refused(aggregate, type);
    }
    return plain;
  }

  private static String sum(Aggregate aggregate, DataType input, String values, String over) {
    String sum = call("sum", values, over);
    if (input instanceof Decimal) {
      // Trino's sum has 38 digits and fails beyond them.
      return TrinoText.cast(sum, aggregate.type(), aggregate.place());
    }
    if (TrinoCasts.isIntegral(input) || input == Simple.DOUBLE) {
      return sum;
    }
    throw refused(aggregate, input);
  }

  private static String average(Aggregate aggregate, DataType input, String values, String over) {
    if (input instanceof Decimal decimal) {
      return TrinoDecimals.average(
          call("sum", values, over),
          decimal,
          call("count", values, over),
          (Decimal) aggregate.type(),
          aggregate.place());
    }
    if (aggregate.quantifier() == Aggregate.Quantifier.DISTINCT) {
      throw refused(aggregate, input);
    }
    if (TrinoCasts.isIntegral(input) || input == Simple.DOUBLE) {
      return call("avg", "CAST(" + values + " AS DOUBLE)", over);
    }
    throw refused(aggregate, input);
  }

  private static String call(String function, String values, String over) {
    return function + "(" + values + ")" + over;
  }

  private static Refusal refused(Aggregate aggregate, DataType input) {
    return new Refusal(
        aggregate.function(),
        aggregate.place(),
        "It is not known to mean the same in Trino for " + input.sql() + ".");
  }
}
