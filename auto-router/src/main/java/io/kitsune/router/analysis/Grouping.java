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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
  private final Optional<GroupingSets> sets;

  /**
   * A grouping of which nothing is taken yet.
   *
   * @param groups the keys; those of the sets, if there are any
   */
  Grouping(
      Source input,
      List<Expression> filter,
      List<Expression> groups,
      Optional<GroupingSets> sets,
      List<Item> items) {
    this.input = input;
    this.filter = filter;
    this.sets = sets;
    items.forEach(item -> output.add(item.field()));
    for (Expression group : groups) {
      if (!known.containsKey(group)) {
        String name = group instanceof ColumnReference column ? column.field().name() : "key";
        boolean everywhere =
            sets.stream().flatMap(each -> each.sets().stream()).allMatch(s -> s.contains(group));
        Field field = new Field(name, group.type(), group.nullable() || !everywhere);
        keys.add(new Source.Aggregation.Key(group, field));
        known.put(group, field);
      }
    }
  }

  /** The grouping; complete only once all expressions went through {@link #over}. */
  Source.Aggregation source() {
    return sets.isEmpty()
        ? new Source.Aggregation(input, filter, keys, values, List.of())
        : overSets(sets.get());
  }

  /**
   * The grouping over a query that computes the keys and the arguments, so that they are columns: a
   * key as an aggregate's argument has its own value, not the NULL of a set without it, and Trino
   * takes no expressions in grouping sets.
   */
  private Source.Aggregation overSets(GroupingSets known) {
    List<Item> columns = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    Map<Expression, Source.Aggregation.Key> byExpression = new LinkedHashMap<>();
    for (Source.Aggregation.Key key : keys) {
      Field field = column(key.expression(), columns, fields);
      byExpression.put(
          key.expression(),
          new Source.Aggregation.Key(reference(field, key.expression()), key.field()));
    }
    List<Source.Aggregation.Value> over = new ArrayList<>();
    for (Source.Aggregation.Value value : values) {
      Aggregate aggregate = value.aggregate();
      Expression argument = aggregate.arguments().get(0);
      Expression below =
          isGrouping(aggregate)
              ? byExpression.get(argument).expression()
              : argument instanceof Literal
                  ? argument
                  : reference(column(argument, columns, fields), argument);
      over.add(new Source.Aggregation.Value(aggregate.of(List.of(below)), value.field()));
    }
    Source below =
        new Source.Derived(
            new TypedQuery.Select(
                input,
                filter,
                columns,
                TypedQuery.Duplicates.KEPT,
                List.of(),
                OptionalLong.empty(),
                OptionalLong.empty()),
            "ungrouped",
            fields);
    return new Source.Aggregation(
        below,
        List.of(),
        List.copyOf(byExpression.values()),
        over,
        known.sets().stream().map(set -> set.stream().map(byExpression::get).toList()).toList());
  }

  private static Field column(Expression expression, List<Item> columns, List<Field> fields) {
    String name = expression instanceof ColumnReference column ? column.field().name() : "value";
    columns.add(new Item(expression, new Field(name, expression.type(), expression.nullable())));
    Field field = new Field(name, expression.type(), expression.nullable());
    fields.add(field);
    return field;
  }

  private static boolean isGrouping(Aggregate aggregate) {
    return aggregate.function().equals(AggregateTypes.GROUPING);
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
      if (isGrouping(aggregate)) {
        requireKey(aggregate);
      }
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

  private void requireKey(Aggregate grouping) {
    Expression argument = grouping.arguments().get(0);
    if (sets.stream().noneMatch(each -> each.keys().contains(argument))) {
      throw new Refusal(
          grouping.function(), grouping.place(), "It is known of a key of grouping sets only.");
    }
  }

  private Expression window(Window window) {
    Expression function =
        window.function() instanceof Aggregate aggregate
            ? aggregate.of(aggregate.arguments().stream().map(this::over).toList())
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
