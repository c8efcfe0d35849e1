// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
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
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.DuckDbQueryWriter;
import io.kitsune.router.writing.DuckDbText;
import io.kitsune.router.writing.ExpressionWriter;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The allow-list for DuckDB: every expression that is not written here is refused. Stateless. */
final class DuckDbExpressions implements ExpressionWriter {
  /** Longer texts come of forms that repeat their operands; such a query is not worth it. */
  private static final int LONGEST_EXPRESSION = 200_000;

  @Override
  public String write(Expression expression, Names names) {
    String text = unbounded(expression, names);
    if (text.length() > LONGEST_EXPRESSION) {
      throw new Refusal(
          "an expression", expression.place(), "It becomes too long when it is written exactly.");
    }
    return text;
  }

  @Override
  public String canonical(String text, DataType type) {
    // -0.0 and 0.0 are one group; Spark shows it as 0.0.
    return type == Simple.DOUBLE || type == Simple.FLOAT
        ? "(" + text + " + CAST(0 AS " + type.sql() + "))"
        : text;
  }

  private String unbounded(Expression expression, Names names) {
    Optional<Literal> constant = Constants.fold(expression);
    if (constant.isPresent()) {
      return literal(constant.get());
    }
    if (expression instanceof ColumnReference column) {
      // Refuses types that are not known to hold the same values.
      DuckDbText.type(column.type(), column.place());
      return names.column(column.field());
    }
    if (expression instanceof Cast cast) {
      return DuckDbCasts.write(
          write(cast.input(), names), cast.input().type(), cast.type(), cast.place());
    }
    if (expression instanceof Call call) {
      return DuckDbFunctions.write(call, all(call.arguments(), names));
    }
    if (expression instanceof Aggregate aggregate) {
      return DuckDbAggregates.write(aggregate, argument(aggregate, names), "");
    }
    if (expression instanceof Window window) {
      return window(window, names);
    }
    if (expression instanceof ScalarSubquery scalar) {
      DuckDbText.type(scalar.type(), scalar.place());
      return "(" + names.subquery(scalar.query()) + ")";
    }
    if (expression instanceof Exists exists) {
      return "EXISTS (" + names.subquery(exists.query()) + ")";
    }
    if (expression instanceof InSubquery in) {
      return "("
          + write(in.value(), names)
          + " IN ("
          + names.subquery(in.query(), in.comparedAs())
          + "))";
    }
    throw new Refusal(
        expression.type().sql(), expression.place(), "It is not known to mean the same in DuckDB.");
  }

  private List<String> all(List<Expression> expressions, Names names) {
    return expressions.stream().map(each -> write(each, names)).toList();
  }

  private String argument(Aggregate aggregate, Names names) {
    return write(aggregate.arguments().get(0), names);
  }

  private String window(Window window, Names names) {
    String partition =
        window.partition().isEmpty()
            ? ""
            : "PARTITION BY " + String.join(", ", all(window.partition(), names)) + " ";
    String order =
        window.order().isEmpty()
            ? ""
            : window.order().stream()
                .map(key -> write(key.expression(), names) + DuckDbQueryWriter.direction(key))
                .collect(Collectors.joining(", ", "ORDER BY ", " "));
    if (window.function() instanceof Aggregate aggregate) {
      String over = " OVER (" + partition + order + window.frame().sql() + ")";
      return DuckDbAggregates.write(aggregate, argument(aggregate, names), over);
    }
    Call ranking = (Call) window.function();
    return switch (ranking.function()) {
      case "rank", "dense_rank", "row_number" ->
          "CAST(" + ranking.function() + "() OVER (" + partition + order + ") AS INTEGER)";
      default ->
          throw new Refusal(ranking.function(), window.place(), "It is not known over a window.");
    };
  }

  private static String literal(Literal literal) {
    DataType type = literal.type();
    Object value = literal.value();
    if (value == null) {
      return type == Simple.VOID ? "NULL" : DuckDbText.cast("NULL", type, literal.place());
    }
    if (type == Simple.STRING) {
      return DuckDbText.string((String) value);
    }
    if (type == Simple.BOOLEAN) {
      return (Boolean) value ? "TRUE" : "FALSE";
    }
    if (type == Simple.DATE) {
      return "DATE '" + LocalDate.ofEpochDay((Long) value) + "'";
    }
    if (type == Simple.TIMESTAMP) {
      return "make_timestamptz(CAST('" + value + "' AS BIGINT))";
    }
    if (type == Simple.INT && (Long) value >= 0) {
      return value.toString();
    }
    if (type == Simple.DOUBLE || DuckDbCasts.isIntegral(type)) {
      return DuckDbText.cast("'" + value + "'", type, literal.place());
    }
    if (type instanceof Decimal) {
      return DuckDbText.cast(
          "'" + ((BigDecimal) value).toPlainString() + "'", type, literal.place());
    }
    throw new Refusal(
        "a literal of type " + type.sql(), literal.place(), "It is not known to mean the same.");
  }
}
