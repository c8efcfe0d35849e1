// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.tree.RuleNode;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.BooleanExpressionContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ConstantDefaultContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.LogicalBinaryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.NamedExpressionContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.PrimaryExpressionContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.QueryContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.WhenClauseContext;

/** Expressions: operators, predicates, names, CASE, CAST; calls and literals by their builders. */
final class ExpressionBuilder extends TreeBuilder {
  private final LiteralBuilder literals;
  private final CallBuilder calls;
  private final PredicateBuilder predicates;
  private final QueryBuilder queries;

  ExpressionBuilder(Names names, Depth depth, Grammar grammar, QueryBuilder queries) {
    super(names, depth);
    this.queries = queries;
    this.literals = new LiteralBuilder(names, depth, grammar);
    this.calls = new CallBuilder(names, depth, this);
    this.predicates = new PredicateBuilder(names, depth, this);
  }

  LiteralBuilder literals() {
    return literals;
  }

  SqlNode query(QueryContext context) {
    return queries.build(context);
  }

  @Override
  public SqlNode visitNamedExpression(NamedExpressionContext context) {
    SqlNode value = build(context.expression());
    if (context.name != null) {
      return call(SqlStdOperatorTable.AS, position(context), value, names().simple(context.name));
    }
    return context.identifierList() == null
        ? value
        : call(
            SparkOperators.ALIASES,
            position(context),
            value,
            names().list(context.identifierList()));
  }

  @Override
  public SqlNode visitLogicalNot(SqlBaseParser.LogicalNotContext context) {
    return call(SqlStdOperatorTable.NOT, position(context), build(context.booleanExpression()));
  }

  @Override
  public SqlNode visitExists(SqlBaseParser.ExistsContext context) {
    return call(SqlStdOperatorTable.EXISTS, position(context), query(context.query()));
  }

  /**
   * Chains of one connective become a balanced tree, as in Spark: programs write thousands of ORs.
   */
  @Override
  public SqlNode visitLogicalBinary(LogicalBinaryContext context) {
    int type = context.operator.getType();
    Deque<BooleanExpressionContext> right = new ArrayDeque<>();
    BooleanExpressionContext left = context;
    while (left instanceof LogicalBinaryContext chain && chain.operator.getType() == type) {
      right.push(chain.right);
      left = chain.left;
    }
    List<SqlNode> operands = new ArrayList<>(right.size() + 1);
    operands.add(build(left));
    right.forEach(operand -> operands.add(build(operand)));
    SqlOperator operator =
        type == SqlBaseLexer.AND ? SqlStdOperatorTable.AND : SqlStdOperatorTable.OR;
    return balanced(operator, operands);
  }

  private static SqlNode balanced(SqlOperator operator, List<SqlNode> operands) {
    if (operands.size() <= 2) {
      return operands.size() == 1
          ? operands.get(0)
          : joined(operator, operands.get(0), operands.get(1));
    }
    // Short chains lean left, as they are written.
    int middle = operands.size() <= 16 ? operands.size() - 1 : operands.size() / 2;
    return joined(
        operator,
        balanced(operator, operands.subList(0, middle)),
        balanced(operator, operands.subList(middle, operands.size())));
  }

  private static SqlNode joined(SqlOperator operator, SqlNode left, SqlNode right) {
    SqlParserPos position = left.getParserPosition().plus(right.getParserPosition());
    return call(operator, position, left, right);
  }

  @Override
  public SqlNode visitPredicated(SqlBaseParser.PredicatedContext context) {
    SqlNode value = build(context.valueExpression());
    return context.predicate() == null
        ? value
        : predicates.predicate(value, context.predicate(), position(context));
  }

  @Override
  public SqlNode visitArithmeticUnary(SqlBaseParser.ArithmeticUnaryContext context) {
    SqlOperator operator =
        switch (context.operator.getType()) {
          case SqlBaseLexer.MINUS -> SqlStdOperatorTable.UNARY_MINUS;
          case SqlBaseLexer.PLUS -> SqlStdOperatorTable.UNARY_PLUS;
          default -> SparkOperators.BITWISE_NOT;
        };
    return call(operator, position(context), build(context.valueExpression()));
  }

  @Override
  public SqlNode visitArithmeticBinary(SqlBaseParser.ArithmeticBinaryContext context) {
    SqlNode left = build(context.left);
    return call(arithmetic(context.operator), position(context), left, build(context.right));
  }

  private static SqlOperator arithmetic(Token operator) {
    return switch (operator.getType()) {
      case SqlBaseLexer.PLUS -> SqlStdOperatorTable.PLUS;
      case SqlBaseLexer.MINUS -> SqlStdOperatorTable.MINUS;
      case SqlBaseLexer.ASTERISK -> SqlStdOperatorTable.MULTIPLY;
      case SqlBaseLexer.SLASH -> SparkOperators.DIVIDE;
      case SqlBaseLexer.PERCENT -> SparkOperators.REMAINDER;
      case SqlBaseLexer.DIV -> SparkOperators.INTEGRAL_DIVIDE;
      case SqlBaseLexer.CONCAT_PIPE -> SparkOperators.CONCAT;
      case SqlBaseLexer.AMPERSAND -> SparkOperators.BITWISE_AND;
      case SqlBaseLexer.HAT -> SparkOperators.BITWISE_XOR;
      case SqlBaseLexer.PIPE -> SparkOperators.BITWISE_OR;
      default -> throw new IllegalStateException("not in the grammar: " + operator.getText());
    };
  }

  @Override
  public SqlNode visitComparison(SqlBaseParser.ComparisonContext context) {
    SqlNode left = build(context.left);
    Token operator = context.comparisonOperator().getStart();
    return call(comparison(operator), position(context), left, build(context.right));
  }

  private static SqlOperator comparison(Token operator) {
    return switch (operator.getType()) {
      case SqlBaseLexer.EQ -> SqlStdOperatorTable.EQUALS;
      case SqlBaseLexer.NEQ, SqlBaseLexer.NEQJ -> SqlStdOperatorTable.NOT_EQUALS;
      case SqlBaseLexer.LT -> SqlStdOperatorTable.LESS_THAN;
      case SqlBaseLexer.LTE -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
      case SqlBaseLexer.GT -> SqlStdOperatorTable.GREATER_THAN;
      case SqlBaseLexer.GTE -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
      case SqlBaseLexer.NSEQ -> SparkOperators.NULL_SAFE_EQUALS;
      default -> throw new IllegalStateException("not in the grammar: " + operator.getText());
    };
  }

  @Override
  public SqlNode visitConstantDefault(ConstantDefaultContext context) {
    return literals.build(context.constant());
  }

  @Override
  public SqlNode visitParenthesizedExpression(
      SqlBaseParser.ParenthesizedExpressionContext context) {
    return build(context.expression());
  }

  @Override
  public SqlNode visitRowConstructor(SqlBaseParser.RowConstructorContext context) {
    SqlNode[] members = context.namedExpression().stream().map(this::build).toArray(SqlNode[]::new);
    return call(SqlStdOperatorTable.ROW, position(context), members);
  }

  @Override
  public SqlNode visitSubqueryExpression(SqlBaseParser.SubqueryExpressionContext context) {
    return call(SqlStdOperatorTable.SCALAR_QUERY, position(context), query(context.query()));
  }

  @Override
  public SqlNode visitSearchedCase(SqlBaseParser.SearchedCaseContext context) {
    return caseOf(context, null, context.whenClause(), context.elseExpression);
  }

  @Override
  public SqlNode visitSimpleCase(SqlBaseParser.SimpleCaseContext context) {
    return caseOf(context, build(context.value), context.whenClause(), context.elseExpression);
  }

  private SqlNode caseOf(
      ParserRuleContext context,
      SqlNode value,
      List<WhenClauseContext> clauses,
      ParserRuleContext otherwise) {
    SqlNodeList conditions = new SqlNodeList(position(context));
    SqlNodeList results = new SqlNodeList(position(context));
    for (WhenClauseContext clause : clauses) {
      conditions.add(build(clause.condition));
      results.add(build(clause.result));
    }
    SqlNode last = otherwise == null ? null : build(otherwise);
    return new SqlCase(position(context), value, conditions, results, last);
  }

  @Override
  public SqlNode visitCast(SqlBaseParser.CastContext context) {
    SqlOperator operator =
        context.name.getType() == SqlBaseLexer.CAST
            ? SqlStdOperatorTable.CAST
            : SparkOperators.TRY_CAST;
    SqlNode type =
        TypeBuilder.type(context.dataType())
            .map(known -> SparkTypeName.spec(known, position(context.dataType())))
            .orElseThrow(
                () -> unknown("the type " + context.dataType().getText(), context.dataType()));
    return call(operator, position(context), build(context.expression()), type);
  }

  @Override
  public SqlNode visitColumnReference(SqlBaseParser.ColumnReferenceContext context) {
    return names().simple(context.identifier());
  }

  @Override
  public SqlNode visitDereference(SqlBaseParser.DereferenceContext context) {
    List<ParserRuleContext> parts = new ArrayList<>();
    ParserRuleContext base = context;
    while (base instanceof SqlBaseParser.DereferenceContext link) {
      parts.add(link.fieldName);
      base = link.base;
    }
    if (base instanceof SqlBaseParser.ColumnReferenceContext column) {
      parts.add(column.identifier());
      Collections.reverse(parts);
      return names().compound(parts, context);
    }
    return call(
        SparkOperators.FIELD,
        position(context),
        build(context.base),
        names().simple(context.fieldName));
  }

  @Override
  public SqlNode visitStar(SqlBaseParser.StarContext context) {
    if (context.qualifiedName() == null) {
      return SqlIdentifier.star(position(context));
    }
    SqlIdentifier qualifier =
        names().compound(context.qualifiedName().identifier(), context.qualifiedName());
    List<String> parts = new ArrayList<>(qualifier.names);
    List<SqlParserPos> positions = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      positions.add(qualifier.getComponentParserPosition(i));
    }
    parts.add("");
    positions.add(names().position(context.getStop()));
    return new SqlIdentifier(parts, null, position(context), positions);
  }

  @Override
  public SqlNode visitSubscript(SqlBaseParser.SubscriptContext context) {
    return call(
        SparkOperators.SUBSCRIPT, position(context), build(context.value), build(context.index));
  }

  @Override
  public SqlNode visitLambda(SqlBaseParser.LambdaContext context) {
    List<SqlNode> parameters = new ArrayList<>();
    context.identifier().forEach(name -> parameters.add(names().simple(name)));
    return call(
        SparkOperators.LAMBDA,
        position(context),
        new SqlNodeList(parameters, position(context)),
        build(context.expression()));
  }

  /** A sort item: DESC inside, NULLS FIRST or LAST outside, as Calcite nests them. */
  @Override
  public SqlNode visitSortItem(SqlBaseParser.SortItemContext context) {
    SqlNode item = build(context.expression());
    if (context.ordering != null && context.ordering.getType() == SqlBaseLexer.DESC) {
      item = call(SqlStdOperatorTable.DESC, position(context), item);
    }
    if (context.nullOrder == null) {
      return item;
    }
    SqlOperator nulls =
        context.nullOrder.getType() == SqlBaseLexer.FIRST
            ? SqlStdOperatorTable.NULLS_FIRST
            : SqlStdOperatorTable.NULLS_LAST;
    return call(nulls, position(context), item);
  }

  @Override
  public SqlNode visitNamedArgumentExpression(
      SqlBaseParser.NamedArgumentExpressionContext context) {
    return call(
        SqlStdOperatorTable.ARGUMENT_ASSIGNMENT,
        position(context),
        build(context.value),
        names().simple(context.key));
  }

  /** Calls in all their forms have a builder of their own; what it does not know is unknown. */
  @Override
  public SqlNode visitChildren(RuleNode node) {
    return node instanceof PrimaryExpressionContext primary
        ? calls.build(primary)
        : super.visitChildren(node);
  }

  static String upper(Token token) {
    return token.getText().toUpperCase(Locale.ROOT);
  }
}
