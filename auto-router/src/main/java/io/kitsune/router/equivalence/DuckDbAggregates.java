// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.DecimalTypes;
import io.kitsune.router.analysis.Expression.Aggregate;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.DuckDbText;
import java.math.BigInteger;

/** The aggregates that mean the same in DuckDB, of values and over windows. */
final class DuckDbAggregates {
  private DuckDbAggregates() {}

  /**
   * The aggregate.
   *
   * @param over the window it is taken over, with OVER, or empty text
   */
  static String write(Aggregate aggregate, String argument, String over) {
    DataType input = aggregate.arguments().get(0).type();
    String values =
        (aggregate.quantifier() == Aggregate.Quantifier.DISTINCT ? "DISTINCT " : "") + argument;
    return switch (aggregate.function()) {
      case "count" -> call("count", values, over);
      case "grouping" ->
          DuckDbText.cast(call("GROUPING", argument, over), aggregate.type(), aggregate.place());
      case "min", "max" -> ordered(aggregate, values, over);
      case "sum" -> sum(aggregate, input, values, over);
      case "avg", "mean" -> average(aggregate, input, values, over);
      default -> throw refused(aggregate, input);
    };
  }

  private static String ordered(Aggregate aggregate, String values, String over) {
    DataType type = aggregate.type();
    boolean known =
        DuckDbCasts.isIntegral(type)
            || type instanceof Decimal
            || type == Simple.STRING
            || type == Simple.DATE
            || type == Simple.DOUBLE
            || type == Simple.TIMESTAMP
            || type == Simple.BOOLEAN;
    if (!known) {
      throw refused(aggregate, type);
    }
    return call(aggregate.function(), values, over);
  }

  private static String sum(Aggregate aggregate, DataType input, String values, String over) {
    if (input instanceof Decimal decimal) {
      return decimalSum(aggregate, decimal, values, over);
    }
    if (DuckDbCasts.isIntegral(input)) {
      // DuckDB sums in 128 bits; Spark's 64 wrap, whatever the order.
      return DuckDbCasts.wrapped(call("sum", values, over), Simple.BIGINT);
    }
    if (input == Simple.DOUBLE) {
      return call("sum", values, over);
    }
    throw refused(aggregate, input);
  }

  private static String decimalSum(Aggregate aggregate, Decimal input, String values, String over) {
    String sum = call("sum", values, over);
    Decimal type = (Decimal) aggregate.type();
    if (input.precision() + 10 <= DecimalTypes.MAX_PRECISION) {
      return DuckDbText.cast(sum, type, aggregate.place());
    }
    // A HUGEINT holds a little more than 38 digits: beyond them Spark's sum is NULL.
    String limit = limit(type);
    return "CASE WHEN " + sum + " BETWEEN -" + limit + " AND " + limit + " THEN " + sum + " END";
  }

  private static String limit(Decimal type) {
    String digits = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE).toString();
    int point = digits.length() - type.scale();
    String number =
        type.scale() == 0 ? digits : digits.substring(0, point) + "." + digits.substring(point);
    return "CAST('" + number + "' AS DECIMAL(" + type.precision() + "," + type.scale() + "))";
  }

  private static String average(Aggregate aggregate, DataType input, String values, String over) {
    if (input instanceof Decimal decimal) {
      Decimal result = (Decimal) aggregate.type();
      Decimal sum = new Decimal(Math.min(decimal.precision() + 10, 38), decimal.scale());
      return DuckDbDecimals.average(
          call("sum", values, over), sum, call("count", values, over), result, aggregate.place());
    }
    if (aggregate.quantifier() == Aggregate.Quantifier.DISTINCT) {
      throw refused(aggregate, input);
    }
    if (DuckDbCasts.isIntegral(input) || input == Simple.DOUBLE) {
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
        "It is not known to mean the same in DuckDB for " + input.sql() + ".");
  }
}
