// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement;
import io.kitsune.router.Statement.Flink.Effect;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * Statements that only Flink has, told by words that Spark's grammar has no place for. They are not
 * read further here: their names are found by Flink's own parser, behind {@link
 * io.kitsune.router.FlinkTables#named}.
 */
final class FlinkStatements {
  private static final String SHOW_JOBS = "SHOW JOBS";

  private FlinkStatements() {}

  static Optional<Statement> read(String text, List<Token> words) {
    return construct(words)
        .map(
            construct ->
                new Statement.Flink(
                    text,
                    construct,
                    construct.equals(SHOW_JOBS) ? Effect.NONE : Effect.POSSIBLE,
                    List.of()));
  }

  private static Optional<String> construct(List<Token> words) {
    if (begins(words, "EXECUTE", "STATEMENT", "SET")) {
      return Optional.of("EXECUTE STATEMENT SET");
    }
    if (begins(words, "SHOW", "JOBS")) {
      return Optional.of(SHOW_JOBS);
    }
    if (begins(words, "STOP", "JOB")) {
      return Optional.of("STOP JOB");
    }
    if (begins(words, "CREATE", "CATALOG") || begins(words, "DROP", "CATALOG")) {
      return Optional.of(words.get(0).getText() + " CATALOG");
    }
    if (begins(words, "CREATE") && tableWithOptions(words)) {
      return Optional.of("CREATE TABLE … WITH");
    }
    return tableOptions(words) ? Optional.of("OPTIONS hint") : Optional.empty();
  }

  /** {@code WITH ('…'}: Spark's grammar has WITH only before a query's names. */
  private static boolean tableWithOptions(List<Token> words) {
    return follow(words, SqlBaseLexer.WITH, SqlBaseLexer.LEFT_PAREN, SqlBaseLexer.STRING_LITERAL);
  }

  /** A hint behind a table's name: Spark's hints stand behind SELECT. */
  private static boolean tableOptions(List<Token> words) {
    for (int i = 1; i + 2 < words.size(); i++) {
      if (words.get(i).getType() == SqlBaseLexer.HENT_START
          && words.get(i - 1).getType() != SqlBaseLexer.SELECT
          && words.get(i + 1).getText().equalsIgnoreCase("OPTIONS")
          && words.get(i + 2).getType() == SqlBaseLexer.LEFT_PAREN) {
        return true;
      }
    }
    return false;
  }

  private static boolean follow(List<Token> words, int... types) {
    for (int i = 0; i + types.length <= words.size(); i++) {
      int matched = 0;
      while (matched < types.length && words.get(i + matched).getType() == types[matched]) {
        matched++;
      }
      if (matched == types.length) {
        return true;
      }
    }
    return false;
  }

  private static boolean begins(List<Token> words, String... texts) {
    if (words.size() < texts.length) {
      return false;
    }
    for (int i = 0; i < texts.length; i++) {
      if (!words.get(i).getText().equalsIgnoreCase(texts[i])) {
        return false;
      }
    }
    return true;
  }
}
