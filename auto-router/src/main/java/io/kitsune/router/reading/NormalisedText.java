// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * A statement without what varies from one time to the next: constants are {@code ?}, lists of them
 * one, comments and blanks are gone, names and words in lower case. Hints stay. It holds no value
 * that a user wrote, and so no password or personal datum; the value of SET is one too.
 *
 * @param text to show; empty for a text that cannot be cut into words
 */
public record NormalisedText(String text) {
  private static final String VALUE = "?";
  private static final int FINGERPRINT_BYTES = 8;

  public NormalisedText {
    requireNonNull(text, "text");
  }

  /** The form of a text, of which only the lexer has to be able to make something. */
  public static NormalisedText of(String text, ReadingLimits limits) {
    try {
      List<Token> tokens =
          new SparkParser(limits)
              .tokens(text).getTokens().stream()
                  .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
                  .filter(token -> token.getType() != Token.EOF)
                  .toList();
      return new NormalisedText(joined(words(tokens)));
    } catch (KitsuneException e) {
      return new NormalisedText("");
    }
  }

  /** 16 hexadecimal digits, the same for the same form; those of the empty one say little. */
  public String fingerprint() {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, FINGERPRINT_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static List<String> words(List<Token> tokens) {
    List<String> words = new ArrayList<>();
    boolean setting = !tokens.isEmpty() && tokens.get(0).getType() == SqlBaseLexer.SET;
    for (Token token : tokens) {
      String word = word(token);
      if (word.equals(VALUE)) {
        foldList(words);
      }
      words.add(word);
      if (setting && (word.equals("=") || word.equals("zone"))) {
        words.add(VALUE);
        break;
      }
      // A quote that is never closed: what follows it is the user's own.
      if (token.getType() == SqlBaseLexer.UNRECOGNIZED) {
        break;
      }
    }
    if (!words.isEmpty() && words.get(words.size() - 1).equals(";")) {
      words.remove(words.size() - 1);
    }
    return words;
  }

  /** {@code ?, ?} is one: IN lists and rows of VALUES are of any length. */
  private static void foldList(List<String> words) {
    int size = words.size();
    if (size >= 2 && words.get(size - 1).equals(",") && words.get(size - 2).equals(VALUE)) {
      words.remove(size - 1);
      words.remove(size - 2);
    }
  }

  private static String word(Token token) {
    return switch (token.getType()) {
      case SqlBaseLexer.STRING_LITERAL,
          SqlBaseLexer.DOUBLEQUOTED_STRING,
          SqlBaseLexer.INTEGER_VALUE,
          SqlBaseLexer.BIGINT_LITERAL,
          SqlBaseLexer.SMALLINT_LITERAL,
          SqlBaseLexer.TINYINT_LITERAL,
          SqlBaseLexer.DECIMAL_VALUE,
          SqlBaseLexer.EXPONENT_VALUE,
          SqlBaseLexer.FLOAT_LITERAL,
          SqlBaseLexer.DOUBLE_LITERAL,
          SqlBaseLexer.BIGDECIMAL_LITERAL,
          SqlBaseLexer.UNRECOGNIZED ->
          VALUE;
      default -> token.getText().toLowerCase(Locale.ROOT);
    };
  }

  private static String joined(List<String> words) {
    StringBuilder text = new StringBuilder();
    String last = "";
    for (String word : words) {
      boolean tight =
          last.isEmpty()
              || word.equals(",")
              || word.equals(")")
              || word.equals(".")
              || word.equals("]")
              || last.equals("(")
              || last.equals(".")
              || last.equals("[");
      text.append(tight ? "" : " ").append(word);
      last = word;
    }
    return text.toString();
  }
}
