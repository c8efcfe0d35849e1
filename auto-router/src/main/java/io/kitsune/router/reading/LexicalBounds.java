// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.error.KitsuneException;

/**
 * What the generated lexer must not be given, found by one pass over the text. Its time grows with
 * the cube of the depth of comments in comments (5,000 levels did not end within minutes), and with
 * the square of the number of quotes that are opened and never closed.
 */
final class LexicalBounds {
  private static final int MAXIMUM_COMMENT_DEPTH = 32;
  private static final int MAXIMUM_UNCLOSED_QUOTES = 16;

  private final String text;
  private int unclosedQuotes;

  private LexicalBounds(String text) {
    this.text = text;
  }

  /** Refuses such a text. */
  static void check(String text) {
    LexicalBounds bounds = new LexicalBounds(text);
    int at = 0;
    while (at < text.length()) {
      at = bounds.next(at);
    }
  }

  /** The offset behind the comment, string or character at {@code at}. */
  private int next(int at) {
    char c = text.charAt(at);
    if (c == '\'' || c == '"' || c == '`') {
      return quoted(at, c);
    }
    if (text.startsWith("--", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end + 1;
    }
    return opensComment(at) ? comment(at) : at + 1;
  }

  private boolean opensComment(int at) {
    return text.startsWith("/*", at) && !text.startsWith("+", at + 2);
  }

  private int comment(int start) {
    int depth = 1;
    int at = start + 2;
    while (depth > 0 && at < text.length()) {
      if (opensComment(at)) {
        if (++depth > MAXIMUM_COMMENT_DEPTH) {
          throw refused("comments nested deeper than " + MAXIMUM_COMMENT_DEPTH, at);
        }
        at += 2;
      } else if (text.startsWith("*/", at)) {
        depth--;
        at += 2;
      } else {
        at++;
      }
    }
    return at;
  }

  /** Behind the closing quote; a quote that is never closed is a character like others. */
  private int quoted(int start, char quote) {
    boolean escapes = quote != '`' && !raw(start);
    for (int at = start + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        return at + 1;
      }
      if (c == '\\' && escapes) {
        at++;
      }
    }
    if (++unclosedQuotes > MAXIMUM_UNCLOSED_QUOTES) {
      throw refused("quotes that are not closed", start);
    }
    return start + 1;
  }

  /** Whether the quote belongs to {@code r'…'}, which has no escapes. */
  private boolean raw(int quote) {
    return quote > 0
        && (text.charAt(quote - 1) == 'r' || text.charAt(quote - 1) == 'R')
        && (quote == 1 || !isWord(text.charAt(quote - 2)));
  }

  private static boolean isWord(char c) {
    return c == '_' || c < 128 && Character.isLetterOrDigit(c);
  }

  private KitsuneException refused(String what, int at) {
    int line = (int) text.substring(0, at).chars().filter(c -> c == '\n').count() + 1;
    int column = at - text.lastIndexOf('\n', at - 1);
    return SyntaxError.at(line, column, "'" + text.charAt(at) + "'", what);
  }
}
