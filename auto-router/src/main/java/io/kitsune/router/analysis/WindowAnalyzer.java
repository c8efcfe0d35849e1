// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.router.analysis.Expression.Window;
import io.kitsune.router.reading.SparkFunction;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWindow;

/** {@code f(x) OVER (…)}: ranking functions and aggregates over the frames that are known. */
final class WindowAnalyzer {
  private final ExpressionAnalyzer expressions;
  private final List<SqlWindow> named;

  WindowAnalyzer(ExpressionAnalyzer expressions, List<SqlWindow> named) {
    this.expressions = expressions;
    this.named = List.copyOf(named);
  }

  List<SqlWindow> named() {
    return named;
  }

  Expression analyze(SqlCall over, Place place) {
    if (!(over.operand(0) instanceof SqlCall call)
        || !(call.getOperator() instanceof SparkFunction function)
        || function.qualified()) {
      throw new Refusal("OVER", place, "The function is not known over a window.");
    }
    if (!(over.operand(1) instanceof SqlWindow window) || window.getRefName() != null) {
      throw new Refusal("WINDOW", place, "Named windows are not known to mean the same.");
    }
    List<Expression> partition = new ArrayList<>();
    for (SqlNode node : window.getPartitionList()) {
      partition.add(inside(node));
    }
    List<SortKey> order = new ArrayList<>();
    for (SqlNode node : window.getOrderList()) {
      order.add(SortKeys.of(node, this::inside));
    }
    String name = function.getName();
    if (AggregateTypes.isRanking(name)) {
      if (window.getLowerBound() != null || order.isEmpty()) {
        throw new Refusal(name, place, "It is known only with ORDER BY and without a frame.");
      }
      Expression ranking = AggregateTypes.ranking(name, operands(call), place);
      return new Window(ranking, partition, order, Window.Frame.ROWS_TO_CURRENT, place);
    }
    if (!AggregateTypes.isAggregate(name) || name.equals(AggregateTypes.GROUPING)) {
      throw new Refusal(name, place, "The function is not known over a window.");
    }
    return new Window(
        expressions.windowAggregate(name, call, place),
        partition,
        order,
        frame(window, order.isEmpty(), place),
        place);
  }

  private List<Expression> operands(SqlCall call) {
    List<Expression> operands = new ArrayList<>();
    for (SqlNode node : call.getOperandList()) {
      operands.add(inside(node));
    }
    return operands;
  }

  private Expression inside(SqlNode node) {
    return expressions.analyze(node);
  }

  private static Window.Frame frame(SqlWindow window, boolean unordered, Place place) {
    SqlNode lower = window.getLowerBound();
    SqlNode upper = window.getUpperBound();
    if (lower == null && upper == null) {
      return unordered ? Window.Frame.WHOLE : Window.Frame.RANGE_TO_CURRENT;
    }
    if (lower != null
        && SqlWindow.isUnboundedPreceding(lower)
        && (upper == null || SqlWindow.isCurrentRow(upper))
        && !unordered) {
      return window.isRows() ? Window.Frame.ROWS_TO_CURRENT : Window.Frame.RANGE_TO_CURRENT;
    }
    if (lower != null
        && SqlWindow.isUnboundedPreceding(lower)
        && upper != null
        && SqlWindow.isUnboundedFollowing(upper)
        && window.isRows()) {
      return Window.Frame.WHOLE;
    }
    throw new Refusal("a window's frame", place, "This frame is not known to mean the same.");
  }
}
