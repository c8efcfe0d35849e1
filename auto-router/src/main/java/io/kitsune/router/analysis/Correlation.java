// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.Expression.Exists;
import io.kitsune.router.analysis.Expression.InSubquery;
import io.kitsune.router.analysis.Expression.ScalarSubquery;
import io.kitsune.router.analysis.TypedQuery.Item;
import io.kitsune.router.analysis.TypedQuery.Select;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which references to the query around are known to mean the same: those in the WHERE of a
 * sub-query, and beneath an aggregate only equalities, as Spark allows them.
 */
final class Correlation {
  private static final Set<String> EQUALITIES = Set.of("=");

  private Correlation() {}

  /** Refuses references to the query around anywhere but in WHERE. */
  static void requireWhereOnly(
      List<Item> items,
      List<Expression> having,
      List<Expression> groups,
      List<SortKey> keys,
      Place place) {
    List<Expression> elsewhere = new ArrayList<>(having);
    items.forEach(item -> elsewhere.add(item.expression()));
    elsewhere.addAll(groups);
    keys.forEach(key -> elsewhere.add(key.expression()));
    if (elsewhere.stream().anyMatch(Correlation::refersOut)) {
      throw new Refusal(
          "a correlated sub-query", place, "A reference outside its WHERE is not known.");
    }
    boolean aggregated =
        elsewhere.stream().anyMatch(Grouping::containsAggregate) || !groups.isEmpty();
    if (aggregated && elsewhere.stream().anyMatch(Correlation::holdsCorrelated)) {
      throw new Refusal(
          "a correlated sub-query", place, "Over a grouping it is not known to mean the same.");
    }
  }

  /** Refuses references to the query around in WHERE too. */
  static void requireNone(List<Expression> where, Place place) {
    if (where.stream().anyMatch(Correlation::refersOut)) {
      throw new Refusal(
          "a correlated sub-query", place, "With grouping sets it is not known to mean the same.");
    }
  }

  /** A query in EXISTS or IN: correlated ones may not be grouped or limited. */
  static void requirePlain(TypedQuery query, Place place) {
    if (!isCorrelated(query)) {
      return;
    }
    if (!(query instanceof Select select)
        || select.from() instanceof Source.Aggregation
        || isLimited(select)) {
      throw new Refusal(
          "a correlated sub-query", place, "Grouped or limited it is not known to mean the same.");
    }
  }

  /** A scalar query: correlated ones are one aggregate with equalities to the query around. */
  static void requireScalar(TypedQuery query, Place place) {
    if (!isCorrelated(query)) {
      return;
    }
    if (!(query instanceof Select select)
        || !(select.from() instanceof Source.Aggregation aggregation)
        || !aggregation.keys().isEmpty()
        || !select.filter().isEmpty()
        || isLimited(select)) {
      throw new Refusal(
          "a correlated sub-query",
          place,
          "As a value it is known only as one aggregate without GROUP BY.");
    }
    for (Expression conjunct : aggregation.filter()) {
      if (refersOut(conjunct) && !isEqualityToOuter(conjunct)) {
        throw new Refusal(
            "a correlated sub-query",
            conjunct.place(),
            "Beneath an aggregate only equalities to the query around are known.");
      }
    }
  }

  private static boolean isEqualityToOuter(Expression conjunct) {
    if (!(conjunct instanceof Call call) || !EQUALITIES.contains(call.function())) {
      return false;
    }
    Expression left = call.arguments().get(0);
    Expression right = call.arguments().get(1);
    return (!refersOut(left) && refersOnlyOut(right)) || (!refersOut(right) && refersOnlyOut(left));
  }

  private static boolean isLimited(Select select) {
    return select.limit().isPresent() || select.offset().isPresent();
  }

  /** Whether the query refers to the one around it. */
  static boolean isCorrelated(TypedQuery query) {
    if (!(query instanceof Select select)) {
      return false;
    }
    Stream<Expression> inGrouping =
        select.from() instanceof Source.Aggregation aggregation
            ? aggregation.filter().stream()
            : Stream.empty();
    return Stream.concat(select.filter().stream(), inGrouping).anyMatch(Correlation::refersOut);
  }

  private static boolean refersOut(Expression expression) {
    return (expression instanceof ColumnReference column
            && column.origin() == ColumnReference.Origin.OUTER)
        || expression.children().stream().anyMatch(Correlation::refersOut);
  }

  private static boolean refersOnlyOut(Expression expression) {
    return expression instanceof ColumnReference column
        ? column.origin() == ColumnReference.Origin.OUTER
        : !expression.children().isEmpty()
            && expression.children().stream()
                .allMatch(child -> child instanceof Expression.Literal || refersOnlyOut(child));
  }

  private static boolean holdsCorrelated(Expression expression) {
    boolean here =
        (expression instanceof ScalarSubquery scalar && isCorrelated(scalar.query()))
            || (expression instanceof Exists exists && isCorrelated(exists.query()))
            || (expression instanceof InSubquery in && isCorrelated(in.query()));
    return here || expression.children().stream().anyMatch(Correlation::holdsCorrelated);
  }
}
