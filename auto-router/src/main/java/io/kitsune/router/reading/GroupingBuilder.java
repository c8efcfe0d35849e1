// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.AggregationClauseContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.GroupByClauseContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.GroupingAnalyticsContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.GroupingElementContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.GroupingSetContext;

/** GROUP BY in both of Spark's forms. */
final class GroupingBuilder extends TreeBuilder {
  private final ExpressionBuilder expressions;

  GroupingBuilder(Names names, Depth depth, ExpressionBuilder expressions) {
    super(names, depth);
    this.expressions = expressions;
  }

  SqlNodeList groupBy(AggregationClauseContext context) {
    SqlParserPos position = position(context);
    List<SqlNode> items = new ArrayList<>();
    for (GroupByClauseContext clause : context.groupingExpressionsWithGroupingAnalytics) {
      items.add(
          clause.groupingAnalytics() == null
              ? expressions.build(clause.expression())
              : analytics(clause.groupingAnalytics()));
    }
    if (!items.isEmpty()) {
      return new SqlNodeList(items, position);
    }
    if (context.kind == null) {
      return expressions.list(context.groupingExpressions, position);
    }
    return new SqlNodeList(List.of(trailing(context)), position);
  }

  /** {@code GROUP BY a, b WITH ROLLUP}, and Hive's {@code GROUP BY a, b GROUPING SETS (…)}. */
  private SqlNode trailing(AggregationClauseContext context) {
    if (context.kind.getType() == SqlBaseLexer.GROUPING) {
      return sets(SqlStdOperatorTable.GROUPING_SETS, context.groupingSet(), context);
    }
    SqlNode[] items =
        context.groupingExpressions.stream().map(expressions::build).toArray(SqlNode[]::new);
    return call(operator(context.kind.getType()), position(context), items);
  }

  private SqlNode analytics(GroupingAnalyticsContext context) {
    if (context.GROUPING() == null) {
      int kind = context.getStart().getType();
      return sets(operator(kind), context.groupingSet(), context);
    }
    List<SqlNode> elements = new ArrayList<>();
    for (GroupingElementContext element : context.groupingElement()) {
      elements.add(
          element.groupingAnalytics() == null
              ? set(element.groupingSet())
              : analytics(element.groupingAnalytics()));
    }
    return call(
        SqlStdOperatorTable.GROUPING_SETS, position(context), elements.toArray(new SqlNode[0]));
  }

  private SqlNode sets(
      SqlOperator operator, List<GroupingSetContext> sets, ParserRuleContext context) {
    boolean empty = sets.stream().anyMatch(set -> set.expression().isEmpty());
    if (empty && operator != SqlStdOperatorTable.GROUPING_SETS) {
      throw unknown("an empty set in " + operator.getName(), context);
    }
    return call(operator, position(context), sets.stream().map(this::set).toArray(SqlNode[]::new));
  }

  private SqlNode set(GroupingSetContext context) {
    List<SqlNode> members = new ArrayList<>();
    context.expression().forEach(member -> members.add(expressions.build(member)));
    if (members.isEmpty()) {
      return new SqlNodeList(position(context));
    }
    return members.size() == 1
        ? members.get(0)
        : call(SqlStdOperatorTable.ROW, position(context), members.toArray(new SqlNode[0]));
  }

  private static SqlOperator operator(int kind) {
    return kind == SqlBaseLexer.ROLLUP ? SqlStdOperatorTable.ROLLUP : SqlStdOperatorTable.CUBE;
  }
}
