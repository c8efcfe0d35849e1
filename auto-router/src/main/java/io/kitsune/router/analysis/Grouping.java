// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.router.analysis.Expression.Aggregate;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.Expression.InSubquery;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Expression.Window;
import io.kitsune.router.analysis.TypedQuery.Item;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Splits an aggregated SELECT in two: the grouping with its aggregates, and expressions over their
 * results. A column that is neither grouped nor inside an aggregate is refused.
 */
final class Grouping {
  private final Source input;
  private final List<Expression> filter;
  private final List<Source.Aggregation.Key> keys = new ArrayList<>();
  private final List<Source.Aggregation.Value> values = new ArrayList<>();
  private final Map<Expression, Field> known = new HashMap<>();
  private final Set<Field> output = new HashSet<>();

  Grouping(Source input, List<Expression> filter, List<Expression> groups, List<Item> items) {
    this.input = input;
    this.filter = filter;
    items.forEach(item -> output.add(item.field()));
    for (Expression group : groups) {
      if (!known.containsKey(group)) {
        String name = group instanceof ColumnReference column ? column.field().name() : "key";
        Field field = new Field(name, group.type(), group.nullable());
        keys.add(new Source.Aggregation.Key(group, field));
        known.put(group, field);
      }
    }
  }

  /** The grouping; complete only once all expressions went through {@link #over}. */
  Source.Aggregation source() {
    return new Source.Aggregation(input, filter, keys, values);
  }

  List<Item> items(List<Item> items) {
    return items.stream().map(item -> new Item(over(item.expression()), item.field())).toList();
  }

  /** The expression over the grouping's fields. */
  Expression over(Expression expression) {
    if (expression instanceof ColumnReference column && output.contains(column.field())) {
      return column;
    }
    Field key = known.get(expression);
    if (key != null && !(expression instanceof Literal)) {
      return reference(key, expression);
    }
    if (expression instanceof Aggregate aggregate) {
      Field field = new Field(aggregate.function(), aggregate.type(), aggregate.nullable());
      values.add(new Source.Aggregation.Value(aggregate, field));
      known.put(aggregate, field);
      return reference(field, aggregate);
    }
    if (expression instanceof ColumnReference column) {
      throw new Refusal(
          column.name(),
          column.place(),
          "The column is neither grouped nor inside an aggregate; Spark reports it.");
    }
    if (expression instanceof Cast cast) {
      return new Cast(over(cast.input()), cast.type(), cast.reason(), cast.place());
    }
    if (expression instanceof Call call) {
      return new Call(
          call.function(),
          call.arguments().stream().map(this::over).toList(),
          call.type(),
          call.nullable(),
          call.place());
    }
    if (expression instanceof Window window) {
      return window(window);
    }
    if (expression instanceof InSubquery in) {
      return new InSubquery(over(in.value()), in.query(), in.comparedAs(), in.place());
    }
    return expression;
  }

  private Expression window(Window window) {
    Expression function =
        window.function() instanceof Aggregate aggregate
            ? new Aggregate(
                aggregate.function(),
                aggregate.quantifier(),
                aggregate.arguments().stream().map(this::over).toList(),
                aggregate.type(),
                aggregate.nullable(),
                aggregate.place())
            : window.function();
    return new Window(
        function,
        window.partition().stream().map(this::over).toList(),
        window.order().stream()
            .map(key -> new SortKey(over(key.expression()), key.direction(), key.nulls()))
            .toList(),
        window.frame(),
        window.place());
  }

  private static ColumnReference reference(Field field, Expression expression) {
    String name = expression instanceof ColumnReference column ? column.name() : field.name();
    return new ColumnReference(
        field, name, ColumnReference.Origin.OWN, field.nullable(), expression.place());
  }

  /** Whether the expression needs a grouping: an aggregate that is not a window's own. */
  static boolean containsAggregate(Expression expression) {
    return expression instanceof Aggregate
        || expression.children().stream().anyMatch(Grouping::containsAggregate);
  }
}
