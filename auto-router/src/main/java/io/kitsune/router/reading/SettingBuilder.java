// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.router.Statement;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.StatementContext;

/**
 * SET and RESET. What follows the word is free text, taken as Spark takes it: {@code key=value},
 * the value up to a semicolon, both without blanks around them; a key in backquotes may hold
 * anything.
 */
final class SettingBuilder {
  private static final String TIME_ZONE = "spark.sql.session.timeZone";

  private final String text;
  private final List<Token> words;
  private final Grammar grammar;

  SettingBuilder(String text, List<Token> words, Grammar grammar) {
    this.text = text;
    this.words = words;
    this.grammar = grammar;
  }

  Optional<Statement> command(StatementContext context) {
    if (context instanceof SqlBaseParser.SetConfigurationContext set) {
      return Optional.of(
          set.configKey() == null
              ? plain(rest(words.get(0)))
              : quotedKey(Names.text(set.configKey().getStart()), set));
    }
    if (context instanceof SqlBaseParser.SetQuotedConfigurationContext set) {
      return Optional.of(quotedValue(set));
    }
    if (context instanceof SqlBaseParser.SetTimeZoneContext set) {
      return Optional.of(timeZone(set));
    }
    if (context instanceof SqlBaseParser.ResetConfigurationContext) {
      String key = rest(words.get(0));
      return Optional.of(
          new Statement.Reset(text, key.isEmpty() ? Optional.empty() : Optional.of(key)));
    }
    return context instanceof SqlBaseParser.ResetQuotedConfigurationContext reset
        ? Optional.of(
            new Statement.Reset(text, Optional.of(Names.text(reset.configKey().getStart()))))
        : Optional.empty();
  }

  private Statement plain(String rest) {
    if (rest.isEmpty() || rest.equals("-v")) {
      return new Statement.ShowSettings(text, Optional.empty());
    }
    int equals = rest.indexOf('=');
    String key = (equals < 0 ? rest : rest.substring(0, equals)).strip();
    if (!isPlainKey(key)) {
      throw SyntaxError.at(
          words.get(0), "a key with signs or blanks is written in backquotes: SET `key`=value");
    }
    return equals < 0
        ? new Statement.ShowSettings(text, Optional.of(key))
        : new Statement.SetKey(text, key, value(rest.substring(equals + 1)));
  }

  private static boolean isPlainKey(String key) {
    return !key.isEmpty()
        && key.chars()
            .allMatch(
                c ->
                    c < 128 && Character.isLetterOrDigit(c)
                        || c == '_'
                        || c == '\\'
                        || c == '.'
                        || c == ':');
  }

  private Statement quotedKey(String key, SqlBaseParser.SetConfigurationContext set) {
    return set.EQ() == null
        ? new Statement.ShowSettings(text, Optional.of(key))
        : new Statement.SetKey(text, key, value(rest(set.EQ().getSymbol())));
  }

  private Statement quotedValue(SqlBaseParser.SetQuotedConfigurationContext set) {
    String value = Names.text(set.configValue().getStart());
    String key =
        set.configKey() == null
            ? text.substring(words.get(0).getStopIndex() + 1, set.EQ().getSymbol().getStartIndex())
                .strip()
            : Names.text(set.configKey().getStart());
    return new Statement.SetKey(text, key, value);
  }

  private Statement timeZone(SqlBaseParser.SetTimeZoneContext set) {
    if (set.timezone() != null) {
      String zone =
          set.timezone().stringLit() == null
              ? ZoneId.systemDefault().getId()
              : StringText.value(set.timezone().stringLit().getText(), grammar.rawStrings());
      return new Statement.SetKey(text, TIME_ZONE, zone);
    }
    if (set.interval() != null) {
      return new Statement.SetKey(text, TIME_ZONE, ZoneOffsets.of(set.interval(), grammar));
    }
    throw SyntaxError.at(
        words.get(words.size() - 1), "SET TIME ZONE takes a string, LOCAL or an INTERVAL");
  }

  private static String value(String raw) {
    int end = raw.indexOf(';');
    return (end < 0 ? raw : raw.substring(0, end)).strip();
  }

  private String rest(Token token) {
    return text.substring(token.getStopIndex() + 1).strip();
  }
}
