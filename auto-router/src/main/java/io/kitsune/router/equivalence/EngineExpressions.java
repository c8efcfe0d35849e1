// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.router.analysis.Constants;
import io.kitsune.router.analysis.Expression;
import io.kitsune.router.analysis.Expression.Aggregate;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.Expression.Exists;
import io.kitsune.router.analysis.Expression.InSubquery;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Expression.ScalarSubquery;
import io.kitsune.router.analysis.Expression.Window;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.analysis.SortKey;
import io.kitsune.router.writing.Dialect;
import io.kitsune.router.writing.ExpressionWriter;
import io.kitsune.router.writing.QueryWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An engine's allow-list of expressions: what the engines have in common is written here, the rest
 * is refused unless the engine's own rules write it. Stateless.
 */
abstract class EngineExpressions implements ExpressionWriter {
  /** Longer texts come of forms that repeat their operands; such a query is not worth it. */
  private static final int LONGEST_EXPRESSION = 200_000;

  private final Dialect dialect;

  EngineExpressions(Dialect dialect) {
    this.dialect = dialect;
  }

  /** A constant. */
  abstract String literal(Literal literal);

  /** A cast between types that differ. */
  abstract String cast(String text, DataType from, DataType to, Place place);

  /** A function of one row, its arguments already written. */
  abstract String call(Call call, List<String> arguments);

  /**
   * An aggregate.
   *
   * @param over the window it is taken over, with OVER, or empty text
   */
  abstract String aggregate(Aggregate aggregate, String argument, String over);

  /** A key of PARTITION BY: equal values have one text. */
  String partitionKey(String text, DataType type) {
    return text;
  }

  /** Refuses {@code IN (SELECT …)} of types whose equality differs. */
  void requireComparable(InSubquery in) {}

  @Override
  public final String write(Expression expression, Names names) {
    String text = unbounded(expression, names);
    if (text.length() > LONGEST_EXPRESSION) {
      throw new Refusal(
          "an expression", expression.place(), "It becomes too long when it is written exactly.");
    }
    return text;
  }

  private String unbounded(Expression expression, Names names) {
    Optional<Literal> constant = Constants.fold(expression);
    if (constant.isPresent()) {
      return literal(constant.get());
    }
    if (expression instanceof ColumnReference column) {
      // Refuses types that are not known to hold the same values.
      dialect.type(column.type(), column.place());
      return names.column(column.field());
    }
    if (expression instanceof Cast cast) {
      return cast(write(cast.input(), names), cast.input().type(), cast.type(), cast.place());
    }
    if (expression instanceof Call call) {
      return call(call, all(call.arguments(), names));
    }
    if (expression instanceof Aggregate aggregate) {
      return aggregate(aggregate, argument(aggregate, names), "");
    }
    if (expression instanceof Window window) {
      return window(window, names);
    }
    if (expression instanceof ScalarSubquery scalar) {
      dialect.type(scalar.type(), scalar.place());
      return "(" + names.subquery(scalar.query()) + ")";
    }
    if (expression instanceof Exists exists) {
      return "EXISTS (" + names.subquery(exists.query()) + ")";
    }
    if (expression instanceof InSubquery in) {
      requireComparable(in);
      return "("
          + write(in.value(), names)
          + " IN ("
          + names.subquery(in.query(), in.comparedAs())
          + "))";
    }
    throw new Refusal(
        expression.type().sql(), expression.place(), "It is not known to mean the same there.");
  }

  private List<String> all(List<Expression> expressions, Names names) {
    return expressions.stream().map(each -> write(each, names)).toList();
  }

  private String argument(Aggregate aggregate, Names names) {
    return write(aggregate.arguments().get(0), names);
  }

  private String window(Window window, Names names) {
    List<String> keys = new ArrayList<>();
    for (Expression key : window.partition()) {
      keys.add(partitionKey(write(key, names), key.type()));
    }
    String partition = keys.isEmpty() ? "" : "PARTITION BY " + String.join(", ", keys) + " ";
    String order =
        window.order().isEmpty()
            ? ""
            : window.order().stream()
                .map(key -> sortKey(key, names))
                .collect(Collectors.joining(", ", "ORDER BY ", " "));
    if (window.function() instanceof Aggregate aggregate) {
      String over = " OVER (" + partition + order + window.frame().sql() + ")";
      return aggregate(aggregate, argument(aggregate, names), over);
    }
    Call ranking = (Call) window.function();
    return switch (ranking.function()) {
      case "rank", "dense_rank", "row_number" ->
          "CAST(" + ranking.function() + "() OVER (" + partition + order + ") AS INTEGER)";
      default ->
          throw new Refusal(ranking.function(), window.place(), "It is not known over a window.");
    };
  }

  private String sortKey(SortKey key, Names names) {
    Expression expression = key.expression();
    return sortKeys(write(expression, names), expression.type()).stream()
        .map(text -> text + QueryWriter.direction(key))
        .collect(Collectors.joining(", "));
  }
}
