// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.TypedQuery.Duplicates;
import io.kitsune.router.analysis.TypedQuery.Item;
import io.kitsune.router.analysis.TypedQuery.Select;
import io.kitsune.router.analysis.TypedQuery.SetOperation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.iceberg.expressions.Expressions;

/**
 * The predicate that certainly holds of every row of a table that matters to the query. A predicate
 * wrongly added loses rows, so: conditions pass down through inner joins, the preserved side of
 * outer joins, the keys of a grouping, and columns that a derived table passes on unchanged; never
 * into the side of an outer join that may be all NULL, past a LIMIT or a window, or into a WITH
 * item, which others may read too.
 */
final class ScanPredicates {
  private final Map<Source.TableScan, org.apache.iceberg.expressions.Expression> predicates =
      new IdentityHashMap<>();

  private ScanPredicates() {}

  static Map<Source.TableScan, org.apache.iceberg.expressions.Expression> of(
      TypedQuery query, List<Source.TableScan> scans) {
    ScanPredicates collected = new ScanPredicates();
    Map<TypedQuery, Boolean> reached = new IdentityHashMap<>();
    new QueryWalk() {
      @Override
      void expression(Expression expression) {}

      @Override
      void select(Select select) {
        // A derived table is reached from its parent, together with what holds of it there.
        if (!reached.containsKey(select)) {
          collected.into(select, List.of(), reached);
        }
      }
    }.query(query);
    for (Source.TableScan scan : scans) {
      collected.predicates.putIfAbsent(scan, Expressions.alwaysTrue());
    }
    return Collections.unmodifiableMap(collected.predicates);
  }

  private void into(TypedQuery query, List<Expression> holding, Map<TypedQuery, Boolean> reached) {
    reached.put(query, true);
    if (query instanceof Select select) {
      List<Expression> inside = new ArrayList<>(select.filter());
      if (passesDown(select)) {
        holding.forEach(condition -> replaced(condition, select.items()).ifPresent(inside::add));
      }
      into(select.from(), inside, reached);
    } else if (query instanceof SetOperation operation) {
      into(operation.left(), List.of(), reached);
      into(operation.right(), List.of(), reached);
    }
  }

  private static boolean passesDown(Select select) {
    return select.limit().isEmpty()
        && select.offset().isEmpty()
        && (select.duplicates() == Duplicates.KEPT || select.order().isEmpty())
        && select.items().stream().noneMatch(item -> holdsWindow(item.expression()));
  }

  private static boolean holdsWindow(Expression expression) {
    return expression instanceof Expression.Window
        || expression.children().stream().anyMatch(ScanPredicates::holdsWindow);
  }

  private void into(Source source, List<Expression> holding, Map<TypedQuery, Boolean> reached) {
    if (source instanceof Source.TableScan scan) {
      holding.forEach(
          condition -> ColumnPredicates.of(condition, scan).ifPresent(p -> add(scan, p)));
    } else if (source instanceof Source.Derived derived) {
      List<Item> renaming = new ArrayList<>();
      for (int i = 0; i < derived.fields().size(); i++) {
        Field output = derived.query().output().get(i);
        renaming.add(new Item(reference(output), derived.fields().get(i)));
      }
      List<Expression> inside = new ArrayList<>();
      holding.forEach(condition -> replaced(condition, renaming).ifPresent(inside::add));
      into(derived.query(), inside, reached);
    } else if (source instanceof Source.Join join) {
      boolean keepsLeft =
          join.kind() != Source.Join.Kind.RIGHT && join.kind() != Source.Join.Kind.FULL;
      boolean keepsRight =
          join.kind() == Source.Join.Kind.INNER || join.kind() == Source.Join.Kind.RIGHT;
      boolean matchedLeft =
          switch (join.kind()) {
            case INNER, RIGHT, SEMI -> true;
            case LEFT, FULL, ANTI -> false;
          };
      boolean matchedRight =
          join.kind() != Source.Join.Kind.FULL && join.kind() != Source.Join.Kind.RIGHT;
      into(join.left(), both(keepsLeft, holding, matchedLeft, join.condition()), reached);
      into(join.right(), both(keepsRight, holding, matchedRight, join.condition()), reached);
    } else if (source instanceof Source.Aggregation aggregation) {
      List<Item> keys =
          aggregation.keys().stream().map(key -> new Item(key.expression(), key.field())).toList();
      List<Expression> inside = new ArrayList<>(aggregation.filter());
      // Without keys a group comes out even where nothing went in; and a key that is NULL for a set
      // without it says nothing of the rows below.
      if (!keys.isEmpty() && aggregation.sets().isEmpty()) {
        holding.forEach(condition -> replaced(condition, keys).ifPresent(inside::add));
      }
      into(aggregation.input(), inside, reached);
    }
  }

  private static List<Expression> both(
      boolean first, List<Expression> a, boolean second, List<Expression> b) {
    return Stream.concat(first ? a.stream() : Stream.empty(), second ? b.stream() : Stream.empty())
        .toList();
  }

  private void add(Source.TableScan scan, org.apache.iceberg.expressions.Expression predicate) {
    predicates.merge(scan, predicate, Expressions::and);
  }

  private static ColumnReference reference(Field field) {
    return new ColumnReference(
        field, field.name(), ColumnReference.Origin.OWN, field.nullable(), Place.NONE);
  }

  /**
   * The condition in terms of what the items compute; empty unless every column in it is one that
   * an item passes on unchanged.
   */
  private static Optional<Expression> replaced(Expression condition, List<Item> items) {
    if (condition instanceof ColumnReference reference) {
      return items.stream()
          .filter(item -> item.field() == reference.field())
          .map(Item::expression)
          .filter(ColumnReference.class::isInstance)
          .findFirst();
    }
    if (condition instanceof Expression.Literal) {
      return Optional.of(condition);
    }
    if (condition instanceof Cast cast) {
      return replaced(cast.input(), items)
          .map(input -> new Cast(input, cast.type(), cast.reason(), cast.place()));
    }
    if (condition instanceof Expression.Call call) {
      List<Expression> arguments = new ArrayList<>();
      for (Expression argument : call.arguments()) {
        Optional<Expression> inside = replaced(argument, items);
        if (inside.isEmpty()) {
          return Optional.empty();
        }
        arguments.add(inside.get());
      }
      return Optional.of(
          new Expression.Call(
              call.function(), arguments, call.type(), call.nullable(), call.place()));
    }
    return Optional.empty();
  }
}
