// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.history;

import io.kitsune.error.KitsuneException;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * What may be kept of the message of a failure: plain words of its first line. Quotations, numbers,
 * paths, addresses, assignments, and every word that stands in a constant or a comment of the
 * statement become {@code ?}. An error over data (SQLSTATE class 22) quotes the data in ways that
 * cannot be told from words, so that nothing of it is kept. Immutable.
 */
final class MessageWords {
  private static final String REMOVED = "?";
  private static final String DATA_EXCEPTION = "22";
  private static final int MOST = 300;

  private final Set<String> secret;

  /**
   * For one statement.
   *
   * @param normalised the statement without constants and comments; empty if that is not known
   */
  MessageWords(String statement, String normalised) {
    this.secret = words(statement);
    secret.removeAll(words(normalised));
  }

  /** Of that failure; may be empty. */
  String of(KitsuneException failure) {
    if (failure.sqlState().startsWith(DATA_EXCEPTION)) {
      return "";
    }
    String line = failure.getMessage().lines().findFirst().orElse("");
    StringBuilder kept = new StringBuilder();
    for (String word : withoutQuotations(line).split("\\s+")) {
      kept.append(kept.isEmpty() ? "" : " ").append(plain(word));
      if (kept.length() > MOST) {
        return kept.substring(0, MOST) + "…";
      }
    }
    return kept.toString();
  }

  /** A quotation that is not closed reaches to the end. */
  private static String withoutQuotations(String line) {
    StringBuilder rest = new StringBuilder();
    int at = 0;
    while (at < line.length()) {
      if (!quote(line, at)) {
        rest.append(line.charAt(at++));
        continue;
      }
      rest.append(REMOVED);
      char closing = closing(line.charAt(at));
      int end = at + 1;
      while (end < line.length() && (line.charAt(end) != closing || letterAt(line, end + 1))) {
        end++;
      }
      at = end + 1;
    }
    return rest.toString();
  }

  /** Not the apostrophe of {@code Spark's}. */
  private static boolean quote(String line, int at) {
    return switch (line.charAt(at)) {
      case '"', '`', '“', '„', '«' -> true;
      case '\'', '‘', '’' -> !(letterAt(line, at - 1) && letterAt(line, at + 1));
      default -> false;
    };
  }

  private static char closing(char opening) {
    return switch (opening) {
      case '“', '„' -> '”';
      case '‘' -> '’';
      case '«' -> '»';
      default -> opening;
    };
  }

  private static boolean letterAt(String line, int at) {
    return at >= 0 && at < line.length() && Character.isLetterOrDigit(line.charAt(at));
  }

  /** The word, or the same punctuation around nothing. */
  private String plain(String word) {
    int start = 0;
    int end = word.length();
    while (start < end && !Character.isLetterOrDigit(word.charAt(start)) && !path(word, start)) {
      start++;
    }
    while (end > start && !Character.isLetterOrDigit(word.charAt(end - 1))) {
      end--;
    }
    String core = word.substring(start, end);
    boolean harmless =
        core.chars().allMatch(MessageWords::ofWord)
            && words(core).stream().noneMatch(secret::contains);
    return harmless ? word : word.substring(0, start) + REMOVED + word.substring(end);
  }

  private static boolean path(String word, int at) {
    return word.charAt(at) == '/' || word.charAt(at) == '\\';
  }

  private static boolean ofWord(int c) {
    return Character.isLetter(c) || c == '_' || c == '-' || c == '.' || c == '\'' || c == '’';
  }

  private static Set<String> words(String text) {
    Set<String> words = new HashSet<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+")) {
      if (!word.isEmpty()) {
        words.add(word);
      }
    }
    return words;
  }
}
