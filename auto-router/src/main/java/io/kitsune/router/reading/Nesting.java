// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.List;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/** How deep a text would make a recursive parser go, judged by its tokens alone. */
final class Nesting {
  private Nesting() {}

  /** Refuses a text that exceeds the limits. */
  static void check(List<Token> tokens, ReadingLimits limits) {
    int count = 0;
    int brackets = 0;
    int cases = 0;
    int prefixes = 0;
    for (Token token : tokens) {
      if (token.getChannel() != Token.DEFAULT_CHANNEL) {
        continue;
      }
      if (++count > limits.maximumTokens()) {
        throw SyntaxError.tooManyTokens(limits.maximumTokens());
      }
      switch (token.getType()) {
        case SqlBaseLexer.LEFT_PAREN, SqlBaseLexer.LEFT_BRACKET -> brackets++;
        case SqlBaseLexer.RIGHT_PAREN, SqlBaseLexer.RIGHT_BRACKET ->
            brackets = Math.max(0, brackets - 1);
        case SqlBaseLexer.CASE -> cases++;
        case SqlBaseLexer.END -> cases = Math.max(0, cases - 1);
        default -> {}
      }
      prefixes = isPrefix(token) ? prefixes + 1 : 0;
      if (brackets + cases + prefixes > limits.maximumNesting()) {
        throw SyntaxError.tooDeep(token, limits.maximumNesting());
      }
    }
  }

  /** Tokens of which a row of many is a nest of many. */
  private static boolean isPrefix(Token token) {
    return switch (token.getType()) {
      case SqlBaseLexer.NOT,
          SqlBaseLexer.MINUS,
          SqlBaseLexer.PLUS,
          SqlBaseLexer.TILDE,
          SqlBaseLexer.EXPLAIN,
          SqlBaseLexer.EXTENDED ->
          true;
      default -> false;
    };
  }
}
