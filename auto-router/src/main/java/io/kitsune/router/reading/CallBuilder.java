// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.catalog.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.BooleanExpressionContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.FunctionArgumentContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.FunctionNameContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SetQuantifierContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.WindowSpecContext;

/** Function calls, and the forms of words around arguments that Spark reads as calls. */
final class CallBuilder extends TreeBuilder {
  private final ExpressionBuilder expressions;
  private final WindowBuilder windows;

  CallBuilder(Names names, Depth depth, ExpressionBuilder expressions) {
    super(names, depth);
    this.expressions = expressions;
    this.windows = new WindowBuilder(names, depth, expressions);
  }

  @Override
  public SqlNode visitFunctionCall(SqlBaseParser.FunctionCallContext context) {
    SqlNode[] arguments = context.argument.stream().map(this::argument).toArray(SqlNode[]::new);
    int close = context.RIGHT_PAREN(0).getSymbol().getStopIndex() + 1;
    SqlParserPos inner = names().source().position(context.getStart().getStartIndex(), close);
    SqlNode node =
        function(context.functionName())
            .createCall(quantifier(context.setQuantifier()), inner, arguments);
    if (context.nullsOption != null) {
      SqlOperator nulls =
          context.nullsOption.getType() == SqlBaseLexer.IGNORE
              ? SqlStdOperatorTable.IGNORE_NULLS
              : SqlStdOperatorTable.RESPECT_NULLS;
      node = call(nulls, position(context), node);
    }
    return over(filtered(node, context.where, context), context.windowSpec(), context);
  }

  private SqlNode argument(FunctionArgumentContext context) {
    return expressions.build(context);
  }

  SparkFunction function(FunctionNameContext context) {
    if (context.expression() != null) {
      throw unknown("IDENTIFIER(…)", context);
    }
    return SparkFunction.named(
        context.qualifiedName() == null
            ? List.of(context.getText())
            : context.qualifiedName().identifier().stream().map(Names::text).toList());
  }

  private SqlLiteral quantifier(SetQuantifierContext context) {
    if (context == null) {
      return null;
    }
    SqlSelectKeyword keyword =
        context.DISTINCT() != null ? SqlSelectKeyword.DISTINCT : SqlSelectKeyword.ALL;
    return keyword.symbol(position(context));
  }

  private SqlNode filtered(
      SqlNode node, BooleanExpressionContext where, ParserRuleContext context) {
    return where == null
        ? node
        : call(SqlStdOperatorTable.FILTER, position(context), node, expressions.build(where));
  }

  private SqlNode over(SqlNode node, WindowSpecContext window, ParserRuleContext context) {
    return window == null
        ? node
        : call(SqlStdOperatorTable.OVER, position(context), node, windows.specification(window));
  }

  private SqlNode function(String name, ParserRuleContext context, SqlNode... arguments) {
    return SparkFunction.named(name).createCall(null, position(context), arguments);
  }

  @Override
  public SqlNode visitCurrentLike(SqlBaseParser.CurrentLikeContext context) {
    return function(context.getText().toLowerCase(Locale.ROOT), context);
  }

  @Override
  public SqlNode visitStruct(SqlBaseParser.StructContext context) {
    return function(
        "struct",
        context,
        context.argument.stream().map(expressions::build).toArray(SqlNode[]::new));
  }

  @Override
  public SqlNode visitFirst(SqlBaseParser.FirstContext context) {
    return positional("first", context.expression(), context.IGNORE() != null, context);
  }

  @Override
  public SqlNode visitLast(SqlBaseParser.LastContext context) {
    return positional("last", context.expression(), context.IGNORE() != null, context);
  }

  @Override
  public SqlNode visitAny_value(SqlBaseParser.Any_valueContext context) {
    return positional("any_value", context.expression(), context.IGNORE() != null, context);
  }

  private SqlNode positional(
      String name, ParserRuleContext argument, boolean ignoreNulls, ParserRuleContext context) {
    SqlNode node = function(name, context, expressions.build(argument));
    return ignoreNulls ? call(SqlStdOperatorTable.IGNORE_NULLS, position(context), node) : node;
  }

  @Override
  public SqlNode visitPosition(SqlBaseParser.PositionContext context) {
    SqlNode one = SparkLiteral.number(BigDecimal.ONE, DataType.Simple.INT, "1", position(context));
    return function(
        "locate", context, expressions.build(context.substr), expressions.build(context.str), one);
  }

  @Override
  public SqlNode visitSubstring(SqlBaseParser.SubstringContext context) {
    return SparkFunction.named("substring", context.getStart().getText())
        .createCall(null, position(context), present(context.str, context.pos, context.len));
  }

  @Override
  public SqlNode visitOverlay(SqlBaseParser.OverlayContext context) {
    return function(
        "overlay",
        context,
        present(context.input, context.replace, context.position, context.length));
  }

  private SqlNode[] present(ParserRuleContext... arguments) {
    List<SqlNode> nodes = new ArrayList<>();
    for (ParserRuleContext argument : arguments) {
      if (argument != null) {
        nodes.add(expressions.build(argument));
      }
    }
    return nodes.toArray(new SqlNode[0]);
  }

  @Override
  public SqlNode visitExtract(SqlBaseParser.ExtractContext context) {
    return call(
        SparkOperators.EXTRACT,
        position(context),
        SparkLiteral.string(Names.text(context.field), position(context.field)),
        expressions.build(context.source));
  }

  @Override
  public SqlNode visitTrim(SqlBaseParser.TrimContext context) {
    String option =
        context.trimOption == null ? "BOTH" : ExpressionBuilder.upper(context.trimOption);
    return call(
        SparkOperators.TRIM,
        position(context),
        SparkLiteral.string(option, position(context)),
        context.trimStr == null
            ? SparkLiteral.ofNull(position(context))
            : expressions.build(context.trimStr),
        expressions.build(context.srcStr));
  }

  @Override
  public SqlNode visitTimestampadd(SqlBaseParser.TimestampaddContext context) {
    return withUnit(
        SparkOperators.TIMESTAMP_ADD,
        context,
        context.unit,
        context.unitsAmount,
        context.timestamp);
  }

  @Override
  public SqlNode visitTimestampdiff(SqlBaseParser.TimestampdiffContext context) {
    return withUnit(
        SparkOperators.TIMESTAMP_DIFF,
        context,
        context.unit,
        context.startTimestamp,
        context.endTimestamp);
  }

  private SqlNode withUnit(
      SqlOperator operator,
      ParserRuleContext context,
      ParserRuleContext unit,
      ParserRuleContext second,
      ParserRuleContext third) {
    if (unit == null) {
      throw unknown(operator.getName() + " with a quoted unit", context);
    }
    SqlNode name = SparkLiteral.string(unit.getText().toUpperCase(Locale.ROOT), position(unit));
    return call(
        operator, position(context), name, expressions.build(second), expressions.build(third));
  }

  @Override
  public SqlNode visitPercentile(SqlBaseParser.PercentileContext context) {
    SqlNode function =
        function(
            context.name.getText().toLowerCase(Locale.ROOT),
            context,
            expressions.build(context.percentage));
    SqlNodeList order =
        new SqlNodeList(
            List.of(expressions.build(context.sortItem())), position(context.sortItem()));
    SqlNode ordered = call(SqlStdOperatorTable.WITHIN_GROUP, position(context), function, order);
    return over(filtered(ordered, context.where, context), context.windowSpec(), context);
  }
}
