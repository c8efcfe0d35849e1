// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.StatementException;
import io.kitsune.router.Veto;
import org.antlr.v4.runtime.Token;

/** The errors of reading: codes and SQLSTATEs are Spark's where it has one. */
final class SyntaxError {
  private static final int SHOWN = 60;

  private SyntaxError() {}

  static KitsuneException at(Token token) {
    return at(token, "");
  }

  static KitsuneException at(Token token, String detail) {
    String near =
        token.getType() == Token.EOF ? "end of input" : "'" + shorten(token.getText()) + "'";
    return at(token.getLine(), token.getCharPositionInLine() + 1, near, detail);
  }

  static KitsuneException at(int line, int column, String near, String detail) {
    return new StatementException(
        "PARSE_SYNTAX_ERROR",
        "42601",
        "Syntax error at or near %s%s (line %d, column %d)."
            .formatted(near, detail.isEmpty() ? "" : ": " + detail, line, column),
        new Veto.Position(line, column));
  }

  static KitsuneException empty() {
    return new KitsuneException(
        "PARSE_EMPTY_STATEMENT", "42617", "The statement is empty: write one statement of SQL.");
  }

  static KitsuneException tooLong(int length, int limit) {
    return new KitsuneException(
        "PARSE_STATEMENT_TOO_LONG",
        "54001",
        "The statement has %d characters, more than kitsune.statement.max-length=%d: split it or raise the limit."
            .formatted(length, limit));
  }

  static KitsuneException tooManyTokens(int limit) {
    return new KitsuneException(
        "PARSE_TOO_MANY_TOKENS",
        "54001",
        "The statement has more words and signs than kitsune.statement.max-tokens=%d: split it or raise the limit."
            .formatted(limit));
  }

  static KitsuneException tooDeep(Token token, int limit) {
    int column = token.getCharPositionInLine() + 1;
    return new StatementException(
        "PARSE_NESTING_TOO_DEEP",
        "54001",
        "The statement is nested deeper than kitsune.statement.max-nesting=%d at line %d, column %d: flatten it or raise the limit."
            .formatted(limit, token.getLine(), column),
        new Veto.Position(token.getLine(), column));
  }

  private static String shorten(String text) {
    return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…";
  }
}
