// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Aggregate;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Expression.ScalarSubquery;
import io.kitsune.router.analysis.Expression.Window;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The labels that Spark gives to columns without an alias ({@code toPrettySQL}): implicit casts do
 * not show, strings stand without quotes, {@code count(*)} is {@code count(1)}. Only for the kinds
 * of expressions whose label is known; verified against Spark by the recorded answers.
 */
final class Labels {
  private static final Set<String> INFIX =
      Set.of(
          "+", "-", "*", "/", "%", "=", "<", "<=", ">", ">=", "<=>", "and", "or", "div", "&", "|",
          "^");

  private Labels() {}

  /** The label, or empty if it is not known. */
  static Optional<String> of(Expression expression) {
    if (expression instanceof ColumnReference column) {
      return Optional.of(column.name());
    }
    if (expression instanceof Literal literal) {
      return literal(literal);
    }
    if (expression instanceof Cast cast) {
      return cast.reason() == Cast.Reason.COERCION
          ? of(cast.input())
          : of(cast.input())
              .map(
                  input ->
                      "CAST(" + input + " AS " + cast.type().sql().toUpperCase(Locale.ROOT) + ")");
    }
    if (expression instanceof Aggregate aggregate) {
      return list(aggregate.arguments())
          .map(
              arguments ->
                  aggregate.function()
                      + (aggregate.quantifier() == Aggregate.Quantifier.DISTINCT
                          ? "(DISTINCT "
                          : "(")
                      + arguments
                      + ")");
    }
    if (expression instanceof Window window) {
      return window(window);
    }
    if (expression instanceof ScalarSubquery scalar) {
      return Correlation.isCorrelated(scalar.query())
          ? Optional.empty()
          : Optional.of("scalarsubquery()");
    }
    return expression instanceof Call call ? call(call) : Optional.empty();
  }

  private static Optional<String> literal(Literal literal) {
    DataType type = literal.type();
    if (literal.value() == null) {
      return Optional.of("NULL");
    }
    if (type == Simple.DATE) {
      return Optional.of("DATE '" + LocalDate.ofEpochDay((Long) literal.value()) + "'");
    }
    if (literal.value() instanceof BigDecimal number && type instanceof Decimal) {
      return Optional.of(number.toString());
    }
    return type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ || type == Simple.FLOAT
        ? Optional.empty()
        : Optional.of(literal.value().toString());
  }

  private static Optional<String> call(Call call) {
    List<Optional<String>> known = call.arguments().stream().map(Labels::of).toList();
    if (known.stream().anyMatch(Optional::isEmpty)) {
      return Optional.empty();
    }
    List<String> arguments = known.stream().map(Optional::get).toList();
    String name = call.function();
    if (INFIX.contains(name) && arguments.size() == 2) {
      boolean word = name.equals("and") || name.equals("or");
      String sign = word ? name.toUpperCase(Locale.ROOT) : name;
      return Optional.of("(" + arguments.get(0) + " " + sign + " " + arguments.get(1) + ")");
    }
    return switch (name) {
      case "negative" -> Optional.of("(- " + arguments.get(0) + ")");
      case "positive" -> Optional.of("(+ " + arguments.get(0) + ")");
      case "not" -> Optional.of("(NOT " + arguments.get(0) + ")");
      case "isnull" -> Optional.of("(" + arguments.get(0) + " IS NULL)");
      case "isnotnull" -> Optional.of("(" + arguments.get(0) + " IS NOT NULL)");
      case "like" ->
          Optional.of(arguments.get(0) + " LIKE " + arguments.get(1))
              .filter(l -> known.size() == 2);
      case "in" ->
          Optional.of(
              "("
                  + arguments.get(0)
                  + " IN ("
                  + String.join(", ", arguments.subList(1, arguments.size()))
                  + "))");
      case "case" -> Optional.of(caseLabel(arguments));
      case "extract" ->
          Optional.of("extract(" + arguments.get(0) + " FROM " + extracted(call) + ")");
      case "substr", "substring" ->
          Optional.of(
              name
                  + "("
                  + String.join(", ", arguments)
                  + (arguments.size() == 2 ? ", 2147483647)" : ")"));
      case "round" ->
          Optional.of(
              "round(" + String.join(", ", arguments) + (arguments.size() == 1 ? ", 0)" : ")"));
      case "ceil", "floor" ->
          Optional.of(name.toUpperCase(Locale.ROOT) + "(" + arguments.get(0) + ")");
      case "if" -> Optional.of("(IF(" + String.join(", ", arguments) + "))");
      default ->
          FunctionTypes.hasPlainLabel(name)
              ? Optional.of(name + "(" + String.join(", ", arguments) + ")")
              : Optional.empty();
    };
  }

  private static String extracted(Call extract) {
    Call field = (Call) extract.arguments().get(1);
    return of(field.arguments().get(0)).orElse("");
  }

  private static String caseLabel(List<String> arguments) {
    StringBuilder label = new StringBuilder("CASE");
    int i = 0;
    for (; i + 1 < arguments.size(); i += 2) {
      label.append(" WHEN ").append(arguments.get(i)).append(" THEN ").append(arguments.get(i + 1));
    }
    if (i < arguments.size()) {
      label.append(" ELSE ").append(arguments.get(i));
    }
    return label.append(" END").toString();
  }

  private static Optional<String> window(Window window) {
    boolean ranking = window.function() instanceof Call;
    Optional<String> function =
        ranking && !((Call) window.function()).function().equals("row_number")
            ? Optional.of(((Call) window.function()).function().toUpperCase(Locale.ROOT) + "()")
            : ranking ? Optional.of("row_number()") : of(window.function());
    Optional<String> partition = list(window.partition());
    Optional<String> order = list(window.order().stream().map(SortKey::expression).toList());
    if (function.isEmpty() || partition.isEmpty() || order.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder label = new StringBuilder(function.get()).append(" OVER (");
    if (!window.partition().isEmpty()) {
      label.append("PARTITION BY ").append(partition.get()).append(' ');
    }
    if (!window.order().isEmpty()) {
      label.append("ORDER BY ");
      label.append(window.order().stream().map(Labels::sortKey).collect(Collectors.joining(", ")));
      label.append(' ');
    }
    return Optional.of(label.append(window.frame().sql()).append(")").toString());
  }

  private static String sortKey(SortKey key) {
    return of(key.expression()).orElseThrow()
        + (key.direction() == SortKey.Direction.ASCENDING ? " ASC" : " DESC")
        + (key.nulls() == SortKey.Nulls.FIRST ? " NULLS FIRST" : " NULLS LAST");
  }

  private static Optional<String> list(List<Expression> expressions) {
    List<Optional<String>> known = expressions.stream().map(Labels::of).toList();
    return known.stream().anyMatch(Optional::isEmpty)
        ? Optional.empty()
        : Optional.of(known.stream().map(Optional::get).collect(Collectors.joining(", ")));
  }
}
