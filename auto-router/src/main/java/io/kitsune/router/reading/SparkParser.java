// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.error.KitsuneException;
import java.util.List;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.BaseErrorListener;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.DefaultErrorStrategy;
import org.antlr.v4.runtime.RecognitionException;
import org.antlr.v4.runtime.Recognizer;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.antlr.v4.runtime.misc.ParseCancellationException;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SingleMultipartIdentifierContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.SingleStatementContext;

/**
 * Spark's generated parser, driven as Spark drives it (fast SLL prediction first, full LL where
 * that fails), within bounds. Thread-safe.
 */
final class SparkParser {
  /** One for all readers: what is learned is about the grammar, whatever the limits. */
  private static final PredictionCache PREDICTIONS = new PredictionCache();

  private final ReadingLimits limits;

  SparkParser(ReadingLimits limits) {
    this.limits = limits;
  }

  /** Every token of the text, comments and blanks included, the last one EOF. */
  CommonTokenStream tokens(String text) {
    if (text.length() > limits.maximumLength()) {
      throw SyntaxError.tooLong(text.length(), limits.maximumLength());
    }
    LexicalBounds.check(text);
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(text));
    lexer.removeErrorListeners();
    lexer.addErrorListener(RaisingListener.INSTANCE);
    CommonTokenStream tokens = new CommonTokenStream(lexer);
    tokens.fill();
    Nesting.check(tokens.getTokens(), limits);
    return tokens;
  }

  /** The parse tree of one statement. */
  SingleStatementContext parse(CommonTokenStream tokens, Grammar grammar) {
    SqlBaseParser parser = new SqlBaseParser(tokens);
    PREDICTIONS.attachTo(parser);
    parser.legacy_setops_precedence_enabled = grammar.legacySetOperations();
    parser.legacy_exponent_literal_as_decimal_enabled = grammar.exponentAsDecimal();
    parser.SQL_standard_keyword_behavior = grammar.reservedKeywords();
    parser.double_quoted_identifiers = grammar.doubleQuotedIdentifiers();
    parser.removeErrorListeners();
    parser.addErrorListener(RaisingListener.INSTANCE);
    try {
      SingleStatementContext statement = parseInTwoStages(parser, tokens);
      failOnUnclosedComment(tokens, statement);
      return statement;
    } catch (StackOverflowError e) {
      // The bound on nesting sees parentheses and the like; long chains of other recursion end
      // here.
      throw new KitsuneException(
          "PARSE_NESTING_TOO_DEEP",
          "54001",
          "The statement is nested too deep for the thread's stack: flatten it.",
          e);
    }
  }

  /** A table's name by itself. */
  SingleMultipartIdentifierContext parseName(CommonTokenStream tokens) {
    SqlBaseParser parser = new SqlBaseParser(tokens);
    PREDICTIONS.attachTo(parser);
    parser.removeErrorListeners();
    parser.addErrorListener(RaisingListener.INSTANCE);
    return parser.singleMultipartIdentifier();
  }

  private static SingleStatementContext parseInTwoStages(
      SqlBaseParser parser, CommonTokenStream tokens) {
    try {
      parser.setErrorHandler(new BailErrorStrategy());
      parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
      return parser.singleStatement();
    } catch (ParseCancellationException e) {
      tokens.seek(0);
      parser.reset();
      parser.setErrorHandler(new DefaultErrorStrategy());
      parser.getInterpreter().setPredictionMode(PredictionMode.LL);
      return parser.singleStatement();
    }
  }

  /** Spark's rule: only SET's free text may hold the beginning of a comment. */
  private static void failOnUnclosedComment(
      CommonTokenStream tokens, SingleStatementContext statement) {
    boolean unclosed =
        ((SqlBaseLexer) tokens.getTokenSource()).has_unclosed_bracketed_comment
            && !(statement.statement() instanceof SqlBaseParser.SetConfigurationContext);
    if (unclosed) {
      List<Token> all = tokens.getTokens();
      throw SyntaxError.at(all.get(Math.max(0, all.size() - 2)), "the comment is not closed by */");
    }
  }

  /** Ends at the first error; ANTLR's own message goes to no one. */
  private static final class RaisingListener extends BaseErrorListener {
    static final RaisingListener INSTANCE = new RaisingListener();

    @Override
    public void syntaxError(
        Recognizer<?, ?> recognizer,
        Object offendingSymbol,
        int line,
        int charPositionInLine,
        String message,
        RecognitionException e) {
      throw offendingSymbol instanceof Token token
          ? SyntaxError.at(token)
          : SyntaxError.at(line, charPositionInLine + 1, "this character", "");
    }
  }
}
