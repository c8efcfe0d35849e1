// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.FromClauseContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.FunctionTableArgumentContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierReferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.JoinRelationContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.JoinTypeContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.LateralViewContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.RelationContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.RelationExtensionContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SampleContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.TableAliasContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.TemporalClauseContext;

/** What stands in a FROM clause. */
final class RelationBuilder extends TreeBuilder {
  private final ExpressionBuilder expressions;
  private final QueryBuilder queries;
  private final CallBuilder calls;

  RelationBuilder(Names names, Depth depth, ExpressionBuilder expressions, QueryBuilder queries) {
    super(names, depth);
    this.expressions = expressions;
    this.queries = queries;
    this.calls = new CallBuilder(names, depth, expressions);
  }

  SqlNode from(FromClauseContext context) {
    if (context.pivotClause() != null) {
      throw unknown("PIVOT", context.pivotClause());
    }
    if (context.unpivotClause() != null) {
      throw unknown("UNPIVOT", context.unpivotClause());
    }
    SqlNode left = build(context.relation(0));
    for (RelationContext next : context.relation().subList(1, context.relation().size())) {
      SqlNode right = build(next);
      SqlParserPos position = left.getParserPosition().plus(right.getParserPosition());
      left = join(position, left, false, JoinType.COMMA, right, JoinConditionType.NONE, null);
    }
    return lateralViews(left, context.lateralView());
  }

  SqlNode lateralViews(SqlNode relation, List<LateralViewContext> views) {
    SqlNode result = relation;
    for (LateralViewContext view : views) {
      result = lateralView(result, view);
    }
    return result;
  }

  private SqlNode lateralView(SqlNode relation, LateralViewContext context) {
    SqlNode[] arguments =
        context.expression().stream().map(expressions::build).toArray(SqlNode[]::new);
    SqlNode function =
        SparkFunction.named(context.qualifiedName().identifier().stream().map(Names::text).toList())
            .createCall(null, position(context), arguments);
    List<SqlNode> columns = new ArrayList<>();
    context.colName.forEach(name -> columns.add(names().simple(name)));
    SqlOperator operator =
        context.OUTER() == null ? SparkOperators.LATERAL_VIEW : SparkOperators.LATERAL_VIEW_OUTER;
    return call(
        operator,
        position(context),
        relation == null ? SparkLiteral.ofNull(position(context)) : relation,
        function,
        names().simple(context.tblName),
        new SqlNodeList(columns, position(context)));
  }

  @Override
  public SqlNode visitRelation(RelationContext context) {
    SqlNode left = lateral(context.LATERAL() != null, build(context.relationPrimary()), context);
    for (RelationExtensionContext extension : context.relationExtension()) {
      if (extension.joinRelation() == null) {
        throw unknown(extension.pivotClause() == null ? "UNPIVOT" : "PIVOT", extension);
      }
      left = join(left, extension.joinRelation());
    }
    return left;
  }

  private SqlNode join(SqlNode left, JoinRelationContext context) {
    SqlNode right = lateral(context.LATERAL() != null, build(context.right), context.right);
    SqlParserPos position = left.getParserPosition().plus(position(context));
    boolean natural = context.NATURAL() != null;
    boolean using =
        context.joinCriteria() != null && context.joinCriteria().booleanExpression() == null;
    if (context.LATERAL() != null && (natural || using)) {
      throw unknown(natural ? "NATURAL JOIN LATERAL" : "JOIN LATERAL USING", context);
    }
    JoinType type = type(context.joinType());
    if (context.joinCriteria() == null) {
      return join(position, left, natural, type, right, JoinConditionType.NONE, null);
    }
    if (context.joinCriteria().booleanExpression() != null) {
      SqlNode condition = expressions.build(context.joinCriteria().booleanExpression());
      return join(position, left, natural, type, right, JoinConditionType.ON, condition);
    }
    SqlNodeList columns = names().list(context.joinCriteria().identifierList());
    return join(position, left, natural, type, right, JoinConditionType.USING, columns);
  }

  private static SqlNode join(
      SqlParserPos position,
      SqlNode left,
      boolean natural,
      JoinType type,
      SqlNode right,
      JoinConditionType conditionType,
      SqlNode condition) {
    return new SqlJoin(
        position,
        left,
        SqlLiteral.createBoolean(natural, position),
        type.symbol(position),
        right,
        conditionType.symbol(position),
        condition);
  }

  private static JoinType type(JoinTypeContext context) {
    if (context.SEMI() != null) {
      return JoinType.LEFT_SEMI_JOIN;
    }
    if (context.ANTI() != null) {
      return JoinType.LEFT_ANTI_JOIN;
    }
    if (context.LEFT() != null) {
      return JoinType.LEFT;
    }
    if (context.RIGHT() != null) {
      return JoinType.RIGHT;
    }
    if (context.FULL() != null) {
      return JoinType.FULL;
    }
    return context.CROSS() != null ? JoinType.CROSS : JoinType.INNER;
  }

  private SqlNode lateral(boolean lateral, SqlNode relation, ParserRuleContext context) {
    return lateral ? call(SqlStdOperatorTable.LATERAL, position(context), relation) : relation;
  }

  @Override
  public SqlNode visitTableName(SqlBaseParser.TableNameContext context) {
    SqlNode table = tableName(context.identifierReference());
    TemporalClauseContext version = context.temporalClause();
    if (version != null) {
      SqlParserPos position = table.getParserPosition().plus(position(version));
      table =
          version.version() == null
              ? call(
                  SparkOperators.TIMESTAMP_AS_OF,
                  position,
                  table,
                  expressions.build(version.timestamp))
              : call(
                  SparkOperators.VERSION_AS_OF,
                  position,
                  table,
                  SparkLiteral.string(version(version), position(version.version())));
    }
    return aliased(sampled(table, context.sample()), context.tableAlias(), context);
  }

  private String version(TemporalClauseContext context) {
    return context.version().stringLit() == null
        ? context.version().getText()
        : expressions.literals().text(List.of(context.version().stringLit()));
  }

  SqlIdentifier tableName(IdentifierReferenceContext context) {
    if (context.multipartIdentifier() == null) {
      throw unknown("IDENTIFIER(…)", context);
    }
    return names().multipart(context.multipartIdentifier());
  }

  @Override
  public SqlNode visitAliasedQuery(SqlBaseParser.AliasedQueryContext context) {
    SqlNode query = queries.build(context.query());
    return aliased(sampled(query, context.sample()), context.tableAlias(), context);
  }

  @Override
  public SqlNode visitAliasedRelation(SqlBaseParser.AliasedRelationContext context) {
    SqlNode relation = build(context.relation());
    return aliased(sampled(relation, context.sample()), context.tableAlias(), context);
  }

  private SqlNode sampled(SqlNode relation, SampleContext sample) {
    if (sample == null) {
      return relation;
    }
    SqlParserPos position = position(sample);
    return call(
        SparkOperators.TABLE_SAMPLE,
        relation.getParserPosition().plus(position),
        relation,
        SparkLiteral.string(names().source().slice(position), position));
  }

  private SqlNode aliased(SqlNode relation, TableAliasContext alias, ParserRuleContext context) {
    if (alias.strictIdentifier() == null) {
      return relation;
    }
    List<SqlNode> operands = new ArrayList<>();
    operands.add(relation);
    operands.add(names().simple(alias.strictIdentifier()));
    if (alias.identifierList() != null) {
      operands.addAll(names().list(alias.identifierList()));
    }
    return call(SqlStdOperatorTable.AS, position(context), operands.toArray(new SqlNode[0]));
  }

  @Override
  public SqlNode visitInlineTable(SqlBaseParser.InlineTableContext context) {
    SqlNode[] rows =
        context.expression().stream()
            .map(expression -> row(expressions.build(expression), expression))
            .toArray(SqlNode[]::new);
    SqlNode values = call(SqlStdOperatorTable.VALUES, position(context), rows);
    return aliased(values, context.tableAlias(), context);
  }

  private SqlNode row(SqlNode value, ParserRuleContext context) {
    if (value.getKind() == SqlKind.ROW) {
      return value;
    }
    if (value instanceof SqlCall && SparkFunction.nameOf(value).equals("struct")) {
      // Spark takes a struct's members as the row's columns.
      throw unknown("STRUCT as a row of VALUES", context);
    }
    return call(SqlStdOperatorTable.ROW, value.getParserPosition(), value);
  }

  @Override
  public SqlNode visitTableValuedFunction(SqlBaseParser.TableValuedFunctionContext context) {
    SqlBaseParser.FunctionTableContext function = context.functionTable();
    List<SqlNode> arguments = new ArrayList<>();
    for (FunctionTableArgumentContext argument : function.functionTableArgument()) {
      if (argument.functionArgument() == null) {
        throw unknown("a TABLE argument", argument);
      }
      arguments.add(expressions.build(argument.functionArgument()));
    }
    SparkFunction named = calls.function(function.funcName);
    if (named.qualified()) {
      throw unknown("a table function's name with a schema", function);
    }
    SqlNode call = named.createCall(null, position(function), arguments.toArray(new SqlNode[0]));
    return aliased(
        call(SqlStdOperatorTable.COLLECTION_TABLE, position(function), call),
        function.tableAlias(),
        context);
  }
}
