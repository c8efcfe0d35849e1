// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.ColumnReference;
import io.kitsune.router.analysis.ExpressionAnalyzer.Allowed;
import io.kitsune.router.analysis.TypedQuery.Duplicates;
import io.kitsune.router.analysis.TypedQuery.Item;
import io.kitsune.router.reading.SparkLiteral;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWindow;

/** Analyses one SELECT with the ORDER BY and LIMIT around it. */
final class SelectAnalyzer {
  private final QueryAnalyzer queries;
  private final SqlSelect select;
  private final SourceAnalyzer.Analyzed from;
  private final Scope scope;
  private final List<SqlWindow> windows = new ArrayList<>();
  private final Optional<GroupingSets> sets;

  SelectAnalyzer(
      QueryAnalyzer queries, SourceAnalyzer sources, SqlSelect select, Optional<Scope> around) {
    this.queries = queries;
    this.select = select;
    this.from = sources.analyze(select.getFrom());
    this.scope = new Scope(from.columns(), around);
    if (select.getWindowList() != null) {
      select.getWindowList().forEach(window -> windows.add((SqlWindow) window));
    }
    ExpressionAnalyzer columns =
        expressions(
            (parts, place) -> scope.findOwn(parts, place).map(found -> found),
            EnumSet.noneOf(Allowed.class));
    this.sets = GroupingSets.of(select.getGroup(), columns::analyze);
  }

  TypedQuery analyze(Optional<SqlOrderBy> order) {
    List<Expression> where = where();
    List<Item> items = items();
    List<Expression> groups = groups(items);
    List<Expression> having = having(items);
    List<SortKey> keys = order.map(o -> orderKeys(o, items)).orElse(List.of());
    Source source = from.source();
    List<Expression> filter = where;
    List<Item> written = items;
    List<SortKey> sorted = keys;
    if (isAggregated(items, keys)) {
      Correlation.requireWhereOnly(items, having, groups, keys, Place.of(select));
      if (sets.isPresent()) {
        Correlation.requireNone(where, Place.of(select));
      }
      Grouping grouping = new Grouping(from.source(), where, groups, sets, items);
      written = grouping.items(items);
      filter = having.stream().map(grouping::over).toList();
      sorted =
          keys.stream()
              .map(k -> new SortKey(grouping.over(k.expression()), k.direction(), k.nulls()))
              .toList();
      source = grouping.source();
    } else {
      Correlation.requireWhereOnly(items, having, groups, keys, Place.of(select));
    }
    Duplicates duplicates = select.isDistinct() ? Duplicates.DROPPED : Duplicates.KEPT;
    return new TypedQuery.Select(
        source,
        filter,
        written,
        duplicates,
        outputFirst(sorted, written, duplicates == Duplicates.DROPPED || !having.isEmpty()),
        order.map(o -> QueryAnalyzer.rows(o.fetch, "LIMIT")).orElse(OptionalLong.empty()),
        order.map(o -> QueryAnalyzer.rows(o.offset, "OFFSET")).orElse(OptionalLong.empty()));
  }

  private boolean isAggregated(List<Item> items, List<SortKey> keys) {
    return select.getGroup() != null
        || select.getHaving() != null
        || items.stream().anyMatch(item -> Grouping.containsAggregate(item.expression()))
        || keys.stream().anyMatch(key -> Grouping.containsAggregate(key.expression()));
  }

  private ExpressionAnalyzer expressions(ExpressionAnalyzer.Names names, Set<Allowed> allowed) {
    return new ExpressionAnalyzer(names, scope, queries, windows, allowed);
  }

  private Optional<Expression> inScope(List<String> parts, Place place) {
    return scope.find(parts, place).map(found -> found);
  }

  /** The query's own column, as the select list, HAVING and ORDER BY see it. */
  private Optional<Expression> own(List<String> parts, Place place) {
    return scope
        .findOwn(parts, place)
        .map(found -> sets.<Expression>map(known -> known.over(found)).orElse(found));
  }

  private List<Expression> where() {
    return select.getWhere() == null
        ? List.of()
        : condition(
            "WHERE",
            select.getWhere(),
            expressions(
                this::inScope, EnumSet.of(Allowed.PREDICATE_QUERIES, Allowed.SCALAR_QUERIES)));
  }

  private static List<Expression> condition(
      String clause, SqlNode node, ExpressionAnalyzer expressions) {
    Expression typed = expressions.analyze(node);
    FunctionTypes.requireCondition(clause, typed, Place.of(node));
    return QueryAnalyzer.conjuncts(typed);
  }

  private List<Item> items() {
    List<Item> items = new ArrayList<>();
    for (SqlNode node : select.getSelectList()) {
      if (node instanceof SqlIdentifier star && star.isStar()) {
        items.addAll(star(star));
      } else {
        items.add(item(node, items));
      }
    }
    return items;
  }

  private List<Item> star(SqlIdentifier star) {
    List<String> qualifier = star.names.subList(0, star.names.size() - 1);
    List<Scope.Column> columns = qualifier.isEmpty() ? scope.star() : scope.star(qualifier);
    if (columns.isEmpty()) {
      throw new Refusal(star.toString(), Place.of(star), "The star means no column known here.");
    }
    List<Item> items = new ArrayList<>();
    for (Scope.Column column : columns) {
      String name = column.field().name();
      ColumnReference own = column.reference(name, ColumnReference.Origin.OWN, Place.of(star));
      items.add(named(sets.map(known -> known.over(own)).orElse(own), name));
    }
    return items;
  }

  private Item item(SqlNode node, List<Item> before) {
    ExpressionAnalyzer expressions =
        expressions(
            (parts, place) -> selected(parts, place, before),
            EnumSet.of(Allowed.AGGREGATES, Allowed.WINDOWS, Allowed.SCALAR_QUERIES));
    if (node.getKind() == SqlKind.AS) {
      SqlCall as = (SqlCall) node;
      return named(expressions.analyze(as.operand(0)), ((SqlIdentifier) as.operand(1)).getSimple());
    }
    Expression expression = expressions.analyze(node);
    boolean castOfColumn =
        expression instanceof Cast cast && cast.input() instanceof ColumnReference;
    Expression labelled = castOfColumn ? ((Cast) expression).input() : expression;
    return named(expression, Labels.of(labelled).orElse(""));
  }

  private Optional<Expression> selected(List<String> parts, Place place, List<Item> before) {
    Optional<Expression> own = own(parts, place);
    if (own.isEmpty() && alias(parts, before).isPresent()) {
      throw new Refusal(
          parts.get(0), place, "Lateral column aliases are not known to mean the same.");
    }
    return own.isPresent() ? own : inScope(parts, place);
  }

  private static Item named(Expression expression, String name) {
    return new Item(expression, new Field(name, expression.type(), expression.nullable()));
  }

  private static Optional<Item> alias(List<String> parts, List<Item> items) {
    return parts.size() != 1
        ? Optional.empty()
        : items.stream().filter(i -> i.field().name().equalsIgnoreCase(parts.get(0))).findFirst();
  }

  private List<Expression> groups(List<Item> items) {
    List<Expression> groups = new ArrayList<>();
    if (select.getGroup() == null) {
      return groups;
    }
    if (sets.isPresent()) {
      return sets.get().keys();
    }
    ExpressionAnalyzer expressions =
        expressions(
            (parts, place) -> {
              Optional<Expression> own = inScope(parts, place);
              return own.isPresent()
                  ? own
                  : alias(parts, items)
                      .filter(item -> unique(item, items))
                      .map(item -> item.expression());
            },
            EnumSet.noneOf(Allowed.class));
    for (SqlNode node : select.getGroup()) {
      groups.add(group(node, items, expressions));
    }
    for (Expression group : groups) {
      if (Grouping.containsAggregate(group)) {
        throw new Refusal("GROUP BY", group.place(), "It names an aggregate; Spark reports it.");
      }
    }
    return groups;
  }

  private static Expression group(SqlNode node, List<Item> items, ExpressionAnalyzer expressions) {
    if (node instanceof SparkLiteral literal && literal.type() == Simple.INT) {
      int position = literal.number().intValueExact();
      if (position < 1 || position > items.size()) {
        throw new Refusal("GROUP BY " + position, Place.of(node), "There is no such column.");
      }
      return items.get(position - 1).expression();
    }
    return expressions.analyze(node);
  }

  private static boolean unique(Item item, List<Item> items) {
    return items.stream()
            .filter(i -> i.field().name().equalsIgnoreCase(item.field().name()))
            .count()
        == 1;
  }

  private List<Expression> having(List<Item> items) {
    if (select.getHaving() == null) {
      return List.of();
    }
    ExpressionAnalyzer.Names names =
        (parts, place) -> {
          Optional<Expression> own = own(parts, place);
          Optional<Item> alias = alias(parts, items);
          if (own.isPresent() && alias.isPresent()) {
            if (!own.get().equals(alias.get().expression())) {
              throw conflict("HAVING", parts, place);
            }
          }
          return own.isPresent()
              ? own
              : alias.filter(item -> unique(item, items)).map(Item::expression);
        };
    return condition(
        "HAVING",
        select.getHaving(),
        expressions(
            names,
            EnumSet.of(Allowed.AGGREGATES, Allowed.PREDICATE_QUERIES, Allowed.SCALAR_QUERIES)));
  }

  private List<SortKey> orderKeys(SqlOrderBy order, List<Item> items) {
    List<SortKey> keys = new ArrayList<>();
    for (SqlNode item : order.orderList) {
      SqlNode inner = SortKeys.inner(item);
      keys.add(SortKeys.of(item, node -> orderKey(node, node == inner, items)));
    }
    return keys;
  }

  private Expression orderKey(SqlNode node, boolean whole, List<Item> items) {
    Optional<Expression> ordinal = QueryAnalyzer.ordinal(node, items);
    if (ordinal.isPresent()) {
      return ordinal.get();
    }
    boolean bareName = whole && node instanceof SqlIdentifier;
    ExpressionAnalyzer.Names names =
        (parts, place) -> {
          Optional<Item> alias = alias(parts, items);
          if (bareName && alias.isPresent() && unique(alias.get(), items)) {
            // The result's columns come first: what the name would mean below is not asked, where
            // it may well be ambiguous.
            return alias.map(Item::expression);
          }
          Optional<Expression> own = own(parts, place);
          if (alias.isEmpty()) {
            return own;
          }
          boolean same = own.isPresent() && own.get().equals(alias.get().expression());
          if (!unique(alias.get(), items) && !same) {
            throw new Refusal(parts.get(0), place, "The name is ambiguous in ORDER BY.");
          }
          if (own.isPresent() && !same) {
            throw conflict("ORDER BY", parts, place);
          }
          return Optional.of(alias.get().expression());
        };
    // Behind a HAVING Spark finds no aggregates, not even those of the select list.
    boolean having = select.getHaving() != null;
    return expressions(
            names,
            having
                ? EnumSet.noneOf(Allowed.class)
                : EnumSet.of(Allowed.AGGREGATES, Allowed.WINDOWS))
        .analyze(node);
  }

  private static Refusal conflict(String clause, List<String> parts, Place place) {
    return new Refusal(
        parts.get(0),
        place,
        "In " + clause + " the name may mean a column or an alias; which is not known here.");
  }

  /**
   * Keys that an output column computes refer to that column. Behind DISTINCT and HAVING Spark
   * resolves no others.
   */
  private static List<SortKey> outputFirst(
      List<SortKey> keys, List<Item> items, boolean onlyOutput) {
    List<SortKey> result = new ArrayList<>();
    for (SortKey key : keys) {
      Optional<Item> same =
          items.stream().filter(item -> item.expression().equals(key.expression())).findFirst();
      boolean output =
          key.expression() instanceof ColumnReference reference
              && items.stream().anyMatch(item -> item.field() == reference.field());
      if (same.isEmpty() && !output && onlyOutput) {
        throw new Refusal(
            "ORDER BY",
            key.expression().place(),
            "With DISTINCT or HAVING only columns of the result are known.");
      }
      Expression expression =
          same.<Expression>map(
                  item ->
                      new ColumnReference(
                          item.field(),
                          item.field().name(),
                          ColumnReference.Origin.OWN,
                          item.field().nullable(),
                          key.expression().place()))
              .orElse(key.expression());
      result.add(new SortKey(expression, key.direction(), key.nulls()));
    }
    return result;
  }
}
