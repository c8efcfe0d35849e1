// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.router.analysis.Expression.Exists;
import io.kitsune.router.analysis.Expression.InSubquery;
import io.kitsune.router.analysis.Expression.ScalarSubquery;
import io.kitsune.router.analysis.TypedQuery.Select;
import io.kitsune.router.analysis.TypedQuery.SetOperation;
import io.kitsune.router.analysis.TypedQuery.Values;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** Visits every query, source and expression once, WITH items that are named included. */
abstract class QueryWalk {
  private final Set<TypedQuery> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  /** Called for each expression and each of its parts. */
  abstract void expression(Expression expression);

  /** Called for each SELECT before what is in it. */
  void select(Select select) {}

  final void query(TypedQuery query) {
    if (!seen.add(query)) {
      return;
    }
    if (query instanceof Select select) {
      select(select);
      source(select.from());
      select.filter().forEach(this::deep);
      select.items().forEach(item -> deep(item.expression()));
      select.order().forEach(key -> deep(key.expression()));
    } else if (query instanceof SetOperation operation) {
      query(operation.left());
      query(operation.right());
    } else if (query instanceof Values values) {
      values.rows().forEach(row -> row.forEach(this::deep));
    }
  }

  private void source(Source source) {
    if (source instanceof Source.Derived derived) {
      query(derived.query());
    } else if (source instanceof Source.Common common) {
      query(common.definition().query());
    } else if (source instanceof Source.Join join) {
      source(join.left());
      source(join.right());
      join.condition().forEach(this::deep);
    } else if (source instanceof Source.Aggregation aggregation) {
      source(aggregation.input());
      aggregation.filter().forEach(this::deep);
      aggregation.keys().forEach(key -> deep(key.expression()));
      aggregation.values().forEach(value -> deep(value.aggregate()));
    }
  }

  private void deep(Expression expression) {
    expression(expression);
    expression.children().forEach(this::deep);
    if (expression instanceof ScalarSubquery scalar) {
      query(scalar.query());
    } else if (expression instanceof Exists exists) {
      query(exists.query());
    } else if (expression instanceof InSubquery in) {
      query(in.query());
    }
  }
}
