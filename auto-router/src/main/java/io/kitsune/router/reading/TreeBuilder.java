// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.RuleNode;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParserBaseVisitor;

/**
 * Builds nodes from rules. A rule that only wraps another passes through; every other one must be
 * overridden, or the statement becomes opaque: nothing is ever dropped.
 */
abstract class TreeBuilder extends SqlBaseParserBaseVisitor<SqlNode> {
  /** Beyond this the tree would be a danger to the stack of everyone who walks it. */
  private static final int MAXIMUM_DEPTH = 600;

  private final Names names;
  private final Depth depth;

  TreeBuilder(Names names, Depth depth) {
    this.names = names;
    this.depth = depth;
  }

  /** Shared by the builders of one statement, which call each other. */
  static final class Depth {
    private int levels;
  }

  final Names names() {
    return names;
  }

  /** The node of a rule. */
  final SqlNode build(ParserRuleContext context) {
    if (++depth.levels > MAXIMUM_DEPTH) {
      throw unknown("an expression nested deeper than " + MAXIMUM_DEPTH + " levels", context);
    }
    SqlNode node = context.accept(this);
    depth.levels--;
    return node;
  }

  final SqlNodeList list(List<? extends ParserRuleContext> contexts, SqlParserPos position) {
    List<SqlNode> nodes = new ArrayList<>(contexts.size());
    for (ParserRuleContext context : contexts) {
      nodes.add(build(context));
    }
    return new SqlNodeList(nodes, position);
  }

  final SqlNodeList list(List<? extends ParserRuleContext> contexts) {
    SqlParserPos first = position(contexts.get(0));
    return list(contexts, first.plus(position(contexts.get(contexts.size() - 1))));
  }

  final SqlParserPos position(ParserRuleContext context) {
    return names.position(context);
  }

  static SqlNode call(SqlOperator operator, SqlParserPos position, SqlNode... operands) {
    return new SqlBasicCall(operator, operands, position);
  }

  final UnknownConstruct unknown(String construct, ParserRuleContext context) {
    return new UnknownConstruct(construct, position(context));
  }

  @Override
  public SqlNode visitChildren(RuleNode node) {
    ParserRuleContext context = (ParserRuleContext) node;
    if (context.getChildCount() == 1 && context.getChild(0) instanceof ParserRuleContext only) {
      return build(only);
    }
    throw unknown(SqlBaseParser.ruleNames[context.getRuleIndex()], context);
  }
}
