// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.Statement.TableReference.Role;
import io.kitsune.router.Statement.TimeTravel;
import io.kitsune.router.Veto;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * The statements that Iceberg's Spark extensions add, which Spark's own parser refuses: CALL, and
 * ALTER TABLE with partition fields, write order, identifier fields, branches and tags. Told by
 * their words and left to Spark.
 */
final class IcebergStatements {
  private static final Set<String> ON_REFERENCES = Set.of("BRANCH", "TAG");

  private IcebergStatements() {}

  static Optional<Statement> read(String text, List<Token> words) {
    if (word(words, 0).equals("CALL")) {
      return Optional.of(new Statement.Ddl(text, "CALL", List.of()));
    }
    if (!word(words, 0).equals("ALTER") || !word(words, 1).equals("TABLE")) {
      return Optional.empty();
    }
    int end = endOfName(words, 2);
    return end > 2 && extended(words, end)
        ? Optional.of(new Statement.Ddl(text, "ALTER TABLE", List.of(table(words.subList(2, end)))))
        : Optional.empty();
  }

  /** The index behind a name that begins at {@code start}: parts with dots between. */
  private static int endOfName(List<Token> words, int start) {
    int end = start + 1;
    while (end + 1 < words.size() && words.get(end).getType() == SqlBaseLexer.DOT) {
      end += 2;
    }
    return Math.min(end, words.size());
  }

  private static boolean extended(List<Token> words, int at) {
    String verb = word(words, at);
    String object = word(words, at + 1);
    boolean partitionField = object.equals("PARTITION") && word(words, at + 2).equals("FIELD");
    return switch (verb) {
      case "WRITE" -> true;
      case "ADD" -> partitionField;
      case "SET" -> object.equals("IDENTIFIER") && word(words, at + 2).equals("FIELDS");
      case "DROP" ->
          partitionField
              || ON_REFERENCES.contains(object)
              || object.equals("IDENTIFIER") && word(words, at + 2).equals("FIELDS");
      case "REPLACE" -> partitionField || ON_REFERENCES.contains(object);
      case "CREATE" ->
          ON_REFERENCES.contains(object)
              || object.equals("OR") && ON_REFERENCES.contains(word(words, at + 3));
      default -> false;
    };
  }

  private static TableReference table(List<Token> name) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < name.size(); i += 2) {
      parts.add(Names.text(name.get(i)));
    }
    Token first = name.get(0);
    return new TableReference(
        parts,
        Role.DEFINE,
        first.getStartIndex(),
        name.get(name.size() - 1).getStopIndex() + 1,
        new Veto.Position(first.getLine(), first.getCharPositionInLine() + 1),
        new TimeTravel.None(),
        -1);
  }

  private static String word(List<Token> words, int index) {
    return index < words.size() ? words.get(index).getText().toUpperCase(Locale.ROOT) : "";
  }
}
