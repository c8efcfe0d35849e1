// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.PredicateContext;

/** What may follow a value: BETWEEN, IN, LIKE and its kin, IS. */
final class PredicateBuilder extends TreeBuilder {
  private final ExpressionBuilder expressions;

  PredicateBuilder(Names names, Depth depth, ExpressionBuilder expressions) {
    super(names, depth);
    this.expressions = expressions;
  }

  SqlNode predicate(SqlNode value, PredicateContext context, SqlParserPos position) {
    boolean not = context.NOT() != null;
    return switch (context.kind.getType()) {
      case SqlBaseLexer.BETWEEN ->
          call(
              not ? SqlStdOperatorTable.NOT_BETWEEN : SqlStdOperatorTable.BETWEEN,
              position,
              value,
              expressions.build(context.lower),
              expressions.build(context.upper));
      case SqlBaseLexer.IN ->
          call(
              not ? SqlStdOperatorTable.NOT_IN : SqlStdOperatorTable.IN,
              position,
              value,
              context.query() != null
                  ? expressions.query(context.query())
                  : expressions.list(context.expression()));
      case SqlBaseLexer.RLIKE ->
          negated(not, SparkOperators.RLIKE, position, value, expressions.build(context.pattern));
      case SqlBaseLexer.LIKE, SqlBaseLexer.ILIKE -> like(value, context, position);
      case SqlBaseLexer.DISTINCT ->
          call(
              not ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.IS_DISTINCT_FROM,
              position,
              value,
              expressions.build(context.right));
      default -> call(is(context.kind.getType(), not, context), position, value);
    };
  }

  private SqlNode like(SqlNode value, PredicateContext context, SqlParserPos position) {
    boolean not = context.NOT() != null;
    boolean ignoreCase = context.kind.getType() == SqlBaseLexer.ILIKE;
    if (context.quantifier != null) {
      boolean all = context.quantifier.getType() == SqlBaseLexer.ALL;
      SqlOperator operator =
          ignoreCase
              ? (all ? SparkOperators.ILIKE_ALL : SparkOperators.ILIKE_ANY)
              : (all ? SparkOperators.LIKE_ALL : SparkOperators.LIKE_ANY);
      if (context.expression().isEmpty() || not) {
        // NOT LIKE ANY is not the negation of LIKE ANY: it asks for one pattern that fails.
        throw unknown((not ? "NOT " : "") + operator.getName(), context);
      }
      SqlNodeList patterns = expressions.list(context.expression());
      return call(operator, position, value, patterns);
    }
    SqlNode[] operands =
        context.escapeChar == null
            ? new SqlNode[] {value, expressions.build(context.pattern)}
            : new SqlNode[] {
              value,
              expressions.build(context.pattern),
              expressions.literals().string(context.escapeChar)
            };
    if (ignoreCase) {
      return negated(not, SparkOperators.ILIKE, position, operands);
    }
    return call(not ? SqlStdOperatorTable.NOT_LIKE : SqlStdOperatorTable.LIKE, position, operands);
  }

  private static SqlNode negated(
      boolean not, SqlOperator operator, SqlParserPos position, SqlNode... operands) {
    SqlNode positive = call(operator, position, operands);
    return not ? call(SqlStdOperatorTable.NOT, position, positive) : positive;
  }

  private SqlOperator is(int kind, boolean not, PredicateContext context) {
    return switch (kind) {
      case SqlBaseLexer.NULL -> not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL;
      case SqlBaseLexer.TRUE -> not ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE;
      case SqlBaseLexer.FALSE ->
          not ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE;
      case SqlBaseLexer.UNKNOWN ->
          not ? SqlStdOperatorTable.IS_NOT_UNKNOWN : SqlStdOperatorTable.IS_UNKNOWN;
      default -> throw unknown("IS " + context.kind.getText(), context);
    };
  }
}
