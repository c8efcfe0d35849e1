// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Aggregate;
import io.kitsune.router.analysis.Expression.Call;
import java.util.List;
import java.util.Set;

/** The types of Spark's aggregate and ranking functions; what is not here is refused. */
final class AggregateTypes {
  /** Whether a row is of a set without the key: 1, or 0. */
  static final String GROUPING = "grouping";

  private static final Set<String> AGGREGATES =
      Set.of("count", "sum", "avg", "mean", "min", "max", GROUPING);
  private static final Set<String> RANKINGS = Set.of("rank", "dense_rank", "row_number");

  private AggregateTypes() {}

  static boolean isAggregate(String function) {
    return AGGREGATES.contains(function);
  }

  static boolean isRanking(String function) {
    return RANKINGS.contains(function);
  }

  /** A ranking function, which is only known over a window with an order. */
  static Expression ranking(String function, List<Expression> arguments, Place place) {
    if (!arguments.isEmpty()) {
      throw FunctionTypes.unknownTypes(function, arguments, place);
    }
    return new Call(function, List.of(), Simple.INT, false, place);
  }

  static Aggregate aggregate(
      String function, Aggregate.Quantifier quantifier, List<Expression> arguments, Place place) {
    boolean distinctGrouping =
        function.equals(GROUPING) && quantifier == Aggregate.Quantifier.DISTINCT;
    if (arguments.size() != 1 || distinctGrouping) {
      throw FunctionTypes.unknownTypes(function, arguments, place);
    }
    DataType input = arguments.get(0).type();
    DataType type =
        switch (function) {
          case "count" -> Simple.BIGINT;
          case GROUPING -> Simple.TINYINT;
          case "sum" -> sum(function, arguments, place);
          case "avg", "mean" ->
              input instanceof Decimal decimal
                  ? DecimalTypes.average(decimal)
                  : numericOr(function, arguments, Simple.DOUBLE, place);
          default -> ordered(function, arguments, place);
        };
    boolean nullable = !function.equals("count") && !function.equals(GROUPING);
    return new Aggregate(function, quantifier, arguments, type, nullable, place);
  }

  private static DataType sum(String function, List<Expression> arguments, Place place) {
    DataType input = arguments.get(0).type();
    if (input instanceof Decimal decimal) {
      return DecimalTypes.total(decimal);
    }
    return numericOr(
        function, arguments, Coercion.isFractional(input) ? Simple.DOUBLE : Simple.BIGINT, place);
  }

  private static DataType numericOr(
      String function, List<Expression> arguments, DataType result, Place place) {
    if (!Coercion.isNumeric(arguments.get(0).type())) {
      throw FunctionTypes.unknownTypes(function, arguments, place);
    }
    return result;
  }

  private static DataType ordered(String function, List<Expression> arguments, Place place) {
    DataType input = arguments.get(0).type();
    if (!(input instanceof Simple || input instanceof Decimal) || input == Simple.VOID) {
      throw FunctionTypes.unknownTypes(function, arguments, place);
    }
    return input;
  }
}
