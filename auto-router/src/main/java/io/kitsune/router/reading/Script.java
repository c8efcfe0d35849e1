// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * The statements of a script: what stands between semicolons that are not inside strings, quoted
 * names or comments. Statements without a word are left out; comments stay with the statement that
 * follows them.
 */
public final class Script {
  private Script() {}

  /** The statements in order, each without its semicolon. */
  public static List<String> statements(String script) {
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(script));
    lexer.removeErrorListeners();
    List<String> statements = new ArrayList<>();
    int start = 0;
    boolean words = false;
    for (Token token : lexer.getAllTokens()) {
      if (token.getType() == SqlBaseLexer.SEMICOLON) {
        if (words) {
          statements.add(script.substring(start, token.getStartIndex()).strip());
        }
        start = token.getStopIndex() + 1;
        words = false;
      } else {
        words |= token.getChannel() == Token.DEFAULT_CHANNEL;
      }
    }
    if (words) {
      statements.add(script.substring(start).strip());
    }
    return List.copyOf(statements);
  }
}
