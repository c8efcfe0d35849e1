// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/** Statements that Spark does not have, told by their first words. */
final class KitsuneStatements {
  private KitsuneStatements() {}

  static Optional<Statement> read(String text, List<Token> words) {
    if (begins(words, SqlBaseLexer.EXPLAIN, "ROUTE")) {
      if (words.size() == 2) {
        throw SyntaxError.at(words.get(1), "EXPLAIN ROUTE is followed by a statement");
      }
      String inner = text.substring(words.get(2).getStartIndex());
      return Optional.of(new Statement.ExplainRoute(text, inner));
    }
    if (begins(words, SqlBaseLexer.SHOW, "REDIRECTIONS")) {
      requireEnd(words, "SHOW REDIRECTIONS");
      return Optional.of(new Statement.ShowRedirections(text));
    }
    if (begins(words, SqlBaseLexer.SHOW, "ENGINES")) {
      requireEnd(words, "SHOW ENGINES");
      return Optional.of(new Statement.ShowEngines(text));
    }
    return Optional.empty();
  }

  private static void requireEnd(List<Token> words, String statement) {
    if (words.size() > 2) {
      throw SyntaxError.at(words.get(2), "nothing may follow " + statement);
    }
  }

  private static boolean begins(List<Token> words, int first, String second) {
    return words.size() >= 2
        && words.get(0).getType() == first
        && words.get(1).getType() == SqlBaseLexer.IDENTIFIER
        && words.get(1).getText().equalsIgnoreCase(second);
  }
}
