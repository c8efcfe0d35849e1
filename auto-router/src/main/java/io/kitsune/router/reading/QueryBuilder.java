// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlHint;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.AggregationClauseContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.FromClauseContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.HavingClauseContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.HintContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.HintStatementContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.LateralViewContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.NamedQueryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryOrganizationContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SelectClauseContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.WhereClauseContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.WindowClauseContext;

/** Queries, down to their relations and expressions. */
final class QueryBuilder extends TreeBuilder {
  private final ExpressionBuilder expressions;
  private final RelationBuilder relations;
  private final GroupingBuilder groupings;
  private final WindowBuilder windows;

  private QueryBuilder(Names names, Depth depth, Grammar grammar) {
    super(names, depth);
    this.expressions = new ExpressionBuilder(names, depth, grammar, this);
    this.relations = new RelationBuilder(names, depth, expressions, this);
    this.groupings = new GroupingBuilder(names, depth, expressions);
    this.windows = new WindowBuilder(names, depth, expressions);
  }

  /** The tree of a query; {@link UnknownConstruct} where it holds something that has no node. */
  static SqlNode query(QueryContext context, Names names, Grammar grammar) {
    return new QueryBuilder(names, new Depth(), grammar).build(context);
  }

  @Override
  public SqlNode visitQuery(QueryContext context) {
    SqlNode body = organized(build(context.queryTerm()), context.queryOrganization(), context);
    if (context.ctes() == null) {
      return body;
    }
    List<SqlNode> items = new ArrayList<>();
    Set<String> known = new HashSet<>();
    for (NamedQueryContext named : context.ctes().namedQuery()) {
      if (!known.add(Names.text(named.name).toLowerCase(Locale.ROOT))) {
        throw unknown("a name given twice in WITH", named);
      }
      SqlNodeList columns = named.columnAliases == null ? null : names().list(named.columnAliases);
      items.add(
          new SqlWithItem(
              position(named), names().simple(named.name), columns, build(named.query())));
    }
    return new SqlWith(position(context), new SqlNodeList(items, position(context.ctes())), body);
  }

  /** ORDER BY and its kin around a query. */
  private SqlNode organized(
      SqlNode query, QueryOrganizationContext clauses, ParserRuleContext whole) {
    if (clauses.windowClause() != null) {
      throw unknown("WINDOW after ORDER BY", clauses.windowClause());
    }
    SqlNode body = query;
    if (!clauses.clusterBy.isEmpty()) {
      body = spread(SparkOperators.CLUSTER_BY, body, clauses.clusterBy, whole);
    }
    if (!clauses.distributeBy.isEmpty()) {
      body = spread(SparkOperators.DISTRIBUTE_BY, body, clauses.distributeBy, whole);
    }
    if (!clauses.sort.isEmpty()) {
      body = spread(SparkOperators.SORT_BY, body, clauses.sort, whole);
    }
    if (clauses.order.isEmpty() && clauses.limit == null && clauses.offset == null) {
      return body;
    }
    return new SqlOrderBy(
        query.getParserPosition().plus(position(clauses)),
        body,
        clauses.order.isEmpty() ? SqlNodeList.EMPTY : expressions.list(clauses.order),
        clauses.offset == null ? null : expressions.build(clauses.offset),
        clauses.limit == null ? null : expressions.build(clauses.limit));
  }

  private SqlNode spread(
      SqlOperator operator,
      SqlNode query,
      List<? extends ParserRuleContext> by,
      ParserRuleContext whole) {
    return call(operator, position(whole), query, expressions.list(by));
  }

  @Override
  public SqlNode visitSetOperation(SqlBaseParser.SetOperationContext context) {
    boolean all = context.setQuantifier() != null && context.setQuantifier().ALL() != null;
    SqlOperator operator =
        switch (context.operator.getType()) {
          case SqlBaseLexer.UNION ->
              all ? SqlStdOperatorTable.UNION_ALL : SqlStdOperatorTable.UNION;
          case SqlBaseLexer.INTERSECT ->
              all ? SqlStdOperatorTable.INTERSECT_ALL : SqlStdOperatorTable.INTERSECT;
          default -> all ? SqlStdOperatorTable.EXCEPT_ALL : SqlStdOperatorTable.EXCEPT;
        };
    SqlNode left = build(context.left);
    return call(operator, position(context), left, build(context.right));
  }

  @Override
  public SqlNode visitSubquery(SqlBaseParser.SubqueryContext context) {
    return build(context.query());
  }

  @Override
  public SqlNode visitTable(SqlBaseParser.TableContext context) {
    return call(
        SqlStdOperatorTable.EXPLICIT_TABLE,
        position(context),
        relations.tableName(context.identifierReference()));
  }

  @Override
  public SqlNode visitInlineTable(SqlBaseParser.InlineTableContext context) {
    return relations.build(context);
  }

  @Override
  public SqlNode visitRegularQuerySpecification(
      SqlBaseParser.RegularQuerySpecificationContext context) {
    return select(
        position(context),
        context.selectClause(),
        context.fromClause(),
        context.lateralView(),
        context.whereClause(),
        context.aggregationClause(),
        context.havingClause(),
        context.windowClause());
  }

  @Override
  public SqlNode visitFromStatement(SqlBaseParser.FromStatementContext context) {
    if (context.fromStatementBody().size() > 1) {
      throw unknown("several SELECTs after one FROM", context);
    }
    SqlBaseParser.FromStatementBodyContext body = context.fromStatementBody(0);
    if (body.transformClause() != null) {
      throw unknown("TRANSFORM", body.transformClause());
    }
    SqlNode select =
        select(
            position(context),
            body.selectClause(),
            context.fromClause(),
            body.lateralView(),
            body.whereClause(),
            body.aggregationClause(),
            body.havingClause(),
            body.windowClause());
    return organized(select, body.queryOrganization(), context);
  }

  @Override
  public SqlNode visitTransformQuerySpecification(
      SqlBaseParser.TransformQuerySpecificationContext context) {
    throw unknown("TRANSFORM", context);
  }

  private SqlNode select(
      SqlParserPos position,
      SelectClauseContext clause,
      FromClauseContext from,
      List<LateralViewContext> lateralViews,
      WhereClauseContext where,
      AggregationClauseContext aggregation,
      HavingClauseContext having,
      WindowClauseContext window) {
    SqlNode source = from == null ? null : relations.from(from);
    return new SqlSelect(
        position,
        keywords(clause),
        expressions.list(
            clause.namedExpressionSeq().namedExpression(), position(clause.namedExpressionSeq())),
        relations.lateralViews(source, lateralViews),
        where == null ? null : expressions.build(where.booleanExpression()),
        aggregation == null ? null : groupings.groupBy(aggregation),
        having == null ? null : expressions.build(having.booleanExpression()),
        window == null ? null : windows.declarations(window),
        null,
        null,
        null,
        null,
        hints(clause));
  }

  private SqlNodeList keywords(SelectClauseContext clause) {
    if (clause.setQuantifier() == null) {
      return null;
    }
    SqlParserPos position = position(clause.setQuantifier());
    SqlLiteral keyword =
        clause.setQuantifier().DISTINCT() != null
            ? SqlSelectKeyword.DISTINCT.symbol(position)
            : SqlSelectKeyword.ALL.symbol(position);
    return new SqlNodeList(List.of(keyword), position);
  }

  private SqlNodeList hints(SelectClauseContext clause) {
    List<SqlNode> hints = new ArrayList<>();
    for (HintContext comment : clause.hints) {
      for (HintStatementContext hint : comment.hintStatements) {
        hints.add(hint(hint));
      }
    }
    return hints.isEmpty() ? null : new SqlNodeList(hints, position(clause.hints.get(0)));
  }

  /** A hint with its parameters as they are written, each as a name. */
  private SqlNode hint(HintStatementContext context) {
    List<SqlNode> parameters = new ArrayList<>();
    for (ParserRuleContext parameter : context.parameters) {
      parameters.add(
          new SqlIdentifier(names().source().slice(position(parameter)), position(parameter)));
    }
    return new SqlHint(
        position(context),
        names().simple(context.hintName),
        new SqlNodeList(parameters, position(context)),
        parameters.isEmpty() ? SqlHint.HintOptionFormat.EMPTY : SqlHint.HintOptionFormat.ID_LIST);
  }
}
