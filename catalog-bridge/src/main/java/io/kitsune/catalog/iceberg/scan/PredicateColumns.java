// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.ExpressionVisitors;
import org.apache.iceberg.expressions.ExpressionVisitors.ExpressionVisitor;
import org.apache.iceberg.expressions.UnboundPredicate;

/** The names that a predicate is about. */
final class PredicateColumns extends ExpressionVisitor<Set<String>> {
  private final Set<String> names = new TreeSet<>();

  private PredicateColumns() {}

  static Set<String> of(Expression predicate) {
    PredicateColumns visitor = new PredicateColumns();
    ExpressionVisitors.visit(predicate, visitor);
    return visitor.names;
  }

  @Override
  public Set<String> alwaysTrue() {
    return names;
  }

  @Override
  public Set<String> alwaysFalse() {
    return names;
  }

  @Override
  public Set<String> not(Set<String> result) {
    return names;
  }

  @Override
  public Set<String> and(Set<String> left, Set<String> right) {
    return names;
  }

  @Override
  public Set<String> or(Set<String> left, Set<String> right) {
    return names;
  }

  @Override
  public <T> Set<String> predicate(UnboundPredicate<T> predicate) {
    names.add(predicate.ref().name());
    return names;
  }
}
