// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;

/**
 * {@code CALL catalog.system.procedure(…)} with those of its arguments that are strings. The
 * grammar is that of Iceberg's extensions of Spark 3.5: constants, and maps and arrays of them.
 *
 * @param procedure the parts of its name
 * @param arguments in the order of the text
 */
public record ProcedureCall(List<String> procedure, List<TextArgument> arguments) {
  public ProcedureCall {
    procedure = List.copyOf(procedure);
    arguments = List.copyOf(arguments);
  }

  /**
   * An argument that is a string.
   *
   * @param name as written before {@code =>}; empty for one that goes by its position
   * @param position counted from 0
   * @param text its value
   */
  public record TextArgument(String name, int position, String text) {
    public TextArgument {
      requireNonNull(name, "name");
      requireNonNull(text, "text");
    }
  }

  /** Reads the words of a statement; empty where it is no CALL with arguments. */
  static Optional<ProcedureCall> read(List<Token> words, Grammar grammar) {
    if (words.isEmpty() || !words.get(0).getText().equalsIgnoreCase("CALL")) {
      return Optional.empty();
    }
    List<String> procedure = new ArrayList<>();
    int at = 1;
    while (at < words.size() && words.get(at).getType() != SqlBaseLexer.LEFT_PAREN) {
      if (words.get(at).getType() != SqlBaseLexer.DOT) {
        procedure.add(Names.text(words.get(at)));
      }
      at++;
    }
    return procedure.isEmpty() || at == words.size()
        ? Optional.empty()
        : Optional.of(
            new ProcedureCall(procedure, arguments(words.subList(at + 1, words.size()), grammar)));
  }

  private static List<TextArgument> arguments(List<Token> words, Grammar grammar) {
    List<TextArgument> arguments = new ArrayList<>();
    int start = 0;
    int position = 0;
    int depth = 1;
    for (int i = 0; i < words.size() && depth > 0; i++) {
      int type = words.get(i).getType();
      if (type == SqlBaseLexer.LEFT_PAREN) {
        depth++;
      } else if (type == SqlBaseLexer.RIGHT_PAREN) {
        depth--;
      }
      if (depth == 0 || depth == 1 && type == SqlBaseLexer.COMMA) {
        argument(words.subList(start, i), position, grammar).ifPresent(arguments::add);
        start = i + 1;
        position++;
      }
    }
    return arguments;
  }

  private static Optional<TextArgument> argument(List<Token> words, int position, Grammar grammar) {
    boolean named = words.size() > 2 && words.get(1).getType() == SqlBaseLexer.FAT_ARROW;
    String name = named ? Names.text(words.get(0)) : "";
    List<Token> value = named ? words.subList(2, words.size()) : words;
    if (value.isEmpty() || !value.stream().allMatch(ProcedureCall::isString)) {
      return Optional.empty();
    }
    // Strings that follow one another are one.
    StringBuilder text = new StringBuilder();
    value.forEach(token -> text.append(StringText.value(token.getText(), grammar.rawStrings())));
    return Optional.of(new TextArgument(name, position, text.toString()));
  }

  private static boolean isString(Token token) {
    return token.getType() == SqlBaseLexer.STRING_LITERAL
        || token.getType() == SqlBaseLexer.DOUBLEQUOTED_STRING;
  }
}
