// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.error.KitsuneException;
import java.util.List;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierReferenceContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StringLiteralContext;

/** {@code IDENTIFIER('db.t')} where a table's name may stand. */
final class IdentifierClause {
  private IdentifierClause() {}

  /** The parts of the name that a single string holds; an error for any other expression. */
  static List<String> parts(IdentifierReferenceContext context, Grammar grammar) {
    ParseTree node = context.expression();
    while (node.getChildCount() == 1 && !(node instanceof StringLiteralContext)) {
      node = node.getChild(0);
    }
    if (node instanceof StringLiteralContext literal && literal.stringLit().size() == 1) {
      return TableNames.parse(StringText.value(literal.getText(), grammar.rawStrings()));
    }
    throw refused(context);
  }

  private static KitsuneException refused(IdentifierReferenceContext context) {
    return new KitsuneException(
        "PARSE_IDENTIFIER_NOT_LITERAL",
        "42601",
        "IDENTIFIER(…) at line %d, column %d names a table by an expression, so that it cannot be known which table is meant: write the name, or one string that holds it."
            .formatted(
                context.getStart().getLine(), context.getStart().getCharPositionInLine() + 1));
  }
}
