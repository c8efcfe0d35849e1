// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * Cuts a script into statements, at semicolons that are not inside strings, quoted names or
 * comments. Statements without a word are left out; a comment stays with the statement behind it.
 */
public final class StatementSplitter {
  private StatementSplitter() {}

  /**
   * A statement of a script.
   *
   * @param text without the semicolon, blanks around it removed
   * @param terminated whether a semicolon followed; only the last piece may lack it
   */
  public record Piece(String text, boolean terminated) {
    public Piece {
      requireNonNull(text, "text");
    }
  }

  /**
   * The statements in order. What follows a quote or a comment that is never closed is one piece,
   * not terminated: a prompt reads on.
   */
  public static List<Piece> split(String script) {
    LexicalBounds.check(script);
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(script));
    lexer.removeErrorListeners();
    List<Piece> pieces = new ArrayList<>();
    int start = 0;
    boolean words = false;
    for (Token token = lexer.nextToken();
        token.getType() != Token.EOF && !opensQuote(token);
        token = lexer.nextToken()) {
      if (token.getType() == SqlBaseLexer.SEMICOLON) {
        if (words) {
          pieces.add(new Piece(script.substring(start, token.getStartIndex()).strip(), true));
        }
        start = token.getStopIndex() + 1;
        words = false;
      } else {
        words |= token.getChannel() == Token.DEFAULT_CHANNEL;
      }
    }
    String rest = script.substring(start).strip();
    boolean unclosed =
        lexer.has_unclosed_bracketed_comment || lexer._input.index() < script.length();
    if (words || unclosed && !rest.isEmpty()) {
      pieces.add(new Piece(rest, false));
    }
    return List.copyOf(pieces);
  }

  /** A quote that no rule of the lexer matched is one that is never closed. */
  private static boolean opensQuote(Token token) {
    return token.getType() == SqlBaseLexer.UNRECOGNIZED && "'\"`".contains(token.getText());
  }
}
