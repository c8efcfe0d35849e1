// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SingleStatementContext;

/**
 * Reads one statement of Spark SQL, of Kitsune's own, or one that only Flink has. A text that Spark
 * refuses is refused here ({@code PARSE_…} codes, SQLSTATE 42601 or 54001); a construct that has no
 * tree makes the statement {@link Statement.Opaque}, with its tables. Thread-safe.
 */
public final class StatementReader {
  private final SparkParser parser;

  /** A reader with the default limits. */
  public StatementReader() {
    this(ReadingLimits.DEFAULT);
  }

  /** A reader that refuses what exceeds the limits before it parses. */
  public StatementReader(ReadingLimits limits) {
    this.parser = new SparkParser(requireNonNull(limits, "limits"));
  }

  /** As {@link #read(String, Grammar)}, with Spark's default settings. */
  public Statement read(String text) {
    return read(text, Grammar.DEFAULT);
  }

  /**
   * Reads one statement; semicolons behind it are allowed.
   *
   * @param grammar what the session's settings say about reading
   */
  public Statement read(String text, Grammar grammar) {
    CommonTokenStream tokens = parser.tokens(text);
    List<Token> words = words(tokens);
    String statement = text.substring(0, end(text, words));
    if (words.isEmpty()) {
      // An unclosed comment is a more helpful answer than an empty statement.
      throw text.contains("/*")
          ? SyntaxError.at(tokens.get(0), "no statement, only a comment")
          : SyntaxError.empty();
    }
    return KitsuneStatements.read(statement, words)
        .or(() -> FlinkStatements.read(statement, words))
        .orElseGet(() -> spark(statement, tokens, words, grammar));
  }

  private Statement spark(
      String text, CommonTokenStream tokens, List<Token> words, Grammar grammar) {
    Optional<Statement> iceberg = IcebergStatements.read(text, words);
    if (iceberg.isPresent()) {
      return iceberg.get();
    }
    SingleStatementContext tree = parser.parse(tokens, grammar);
    return new StatementBuilder(text, words, grammar).statement(tree.statement());
  }

  /**
   * The text with a literal in the place of each parameter marker, as Spark's own parser sees them.
   *
   * @throws KitsuneException {@code PARAMETERS_MISMATCH} (07001) if markers and values do not
   *     match; {@code PARAMETERS_NOT_SUPPORTED} (0A000) in a statement that is not Spark's own; and
   *     as {@link #read}
   */
  public String bind(String text, Grammar grammar, Parameters parameters) {
    CommonTokenStream tokens = parser.tokens(text);
    List<Token> words = words(tokens);
    String statement = text.substring(0, end(text, words));
    Optional<Statement> own = KitsuneStatements.read(statement, words);
    if (own.isPresent() && own.get() instanceof Statement.ExplainRoute explain) {
      String before = statement.substring(0, statement.length() - explain.inner().length());
      return before + bind(explain.inner(), grammar, parameters);
    }
    if (own.isPresent()
        || FlinkStatements.read(statement, words).isPresent()
        || IcebergStatements.read(statement, words).isPresent()) {
      throw new KitsuneException(
          "PARAMETERS_NOT_SUPPORTED",
          "0A000",
          "Parameters are for statements that Spark itself reads; write the values into this one.");
    }
    return ParameterMarkers.bind(text, parser.parse(tokens, grammar), parameters);
  }

  /** The columns qualified by two or more names ({@code db.t.col}, {@code db.t.*}) of a text. */
  public List<QualifiedColumn> qualifiedColumns(String text, Grammar grammar) {
    CommonTokenStream tokens = parser.tokens(text);
    return QualifiedColumn.in(parser.parse(tokens, grammar));
  }

  /** The procedure that a statement calls, and the strings it is given; empty for any other. */
  public Optional<ProcedureCall> procedureCall(Statement statement, Grammar grammar) {
    return statement instanceof Statement.Ddl ddl && ddl.construct().equals("CALL")
        ? ProcedureCall.read(words(parser.tokens(ddl.text())), grammar)
        : Optional.empty();
  }

  /** Where hints stand in a text of which one asks for an engine. */
  public List<HintPlace> engineHints(String text) {
    return EngineHint.places(words(parser.tokens(text)));
  }

  /** What the parser sees, without EOF and the semicolons before it. */
  private static List<Token> words(CommonTokenStream tokens) {
    List<Token> words =
        tokens.getTokens().stream()
            .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
            .filter(token -> token.getType() != Token.EOF)
            .toList();
    int end = words.size();
    while (end > 0 && words.get(end - 1).getText().equals(";")) {
      end--;
    }
    return words.subList(0, end);
  }

  /** Where the statement ends: at its semicolon, or at the end of the text. */
  private static int end(String text, List<Token> words) {
    if (words.isEmpty()) {
      return text.length();
    }
    int last = words.get(words.size() - 1).getStopIndex() + 1;
    String rest = text.substring(last).strip();
    return rest.startsWith(";") ? last : text.stripTrailing().length();
  }
}
