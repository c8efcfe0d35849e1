// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ErrorCapturingIdentifierContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.ErrorIdentContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IdentifierListContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.MultipartIdentifierContext;

/** Names and positions of one text's parse tree. */
final class Names {
  private final SourceText source;

  Names(SourceText source) {
    this.source = source;
  }

  SourceText source() {
    return source;
  }

  /** Where the rule stands in the text. */
  SqlParserPos position(ParserRuleContext context) {
    int start = context.getStart().getStartIndex();
    Token stop = context.getStop();
    int end = stop == null ? start : stop.getStopIndex() + 1;
    return source.position(start, Math.max(start, end));
  }

  SqlParserPos position(Token token) {
    return source.position(token.getStartIndex(), token.getStopIndex() + 1);
  }

  /** The name that a rule of one token (identifier, strictIdentifier, …) stands for. */
  static String text(ParserRuleContext identifier) {
    if (identifier instanceof ErrorCapturingIdentifierContext capturing
        && capturing.errorCapturingIdentifierExtra() instanceof ErrorIdentContext) {
      throw SyntaxError.at(
          identifier.getStart(),
          "put a name with a hyphen into backquotes: `" + identifier.getText() + "`");
    }
    return text(identifier.getStart());
  }

  static String text(Token token) {
    String text = token.getText();
    return switch (token.getType()) {
      case SqlBaseLexer.BACKQUOTED_IDENTIFIER ->
          text.substring(1, text.length() - 1).replace("``", "`");
      case SqlBaseLexer.DOUBLEQUOTED_STRING ->
          text.substring(1, text.length() - 1).replace("\"\"", "\"");
      default -> text;
    };
  }

  /** A name of one part. */
  SqlIdentifier simple(ParserRuleContext identifier) {
    return compound(List.of(identifier), identifier);
  }

  /** A name of several parts, of which {@code whole} is the text. */
  SqlIdentifier compound(List<? extends ParserRuleContext> parts, ParserRuleContext whole) {
    List<String> names = new ArrayList<>(parts.size());
    List<SqlParserPos> positions = new ArrayList<>(parts.size());
    for (ParserRuleContext part : parts) {
      names.add(text(part));
      positions.add(componentPosition(part));
    }
    return new SqlIdentifier(names, null, position(whole), positions);
  }

  SqlParserPos componentPosition(ParserRuleContext part) {
    int type = part.getStart().getType();
    boolean quoted =
        type == SqlBaseLexer.BACKQUOTED_IDENTIFIER || type == SqlBaseLexer.DOUBLEQUOTED_STRING;
    return position(part).withQuoting(quoted);
  }

  SqlIdentifier multipart(MultipartIdentifierContext context) {
    return compound(context.parts, context);
  }

  static List<String> parts(MultipartIdentifierContext context) {
    return context.parts.stream().map(Names::text).toList();
  }

  SqlNodeList list(IdentifierListContext context) {
    List<SqlNode> names = new ArrayList<>();
    for (ErrorCapturingIdentifierContext name : context.identifierSeq().ident) {
      names.add(simple(name));
    }
    return new SqlNodeList(names, position(context));
  }
}
