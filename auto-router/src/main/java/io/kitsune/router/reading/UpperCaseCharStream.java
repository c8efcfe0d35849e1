// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A text for Spark's lexer, whose rules know upper case only: looked at, characters are upper case;
 * read, they are as written. Counts UTF-16 units, so that a token's index is an offset in the text;
 * no token of the grammar begins or ends inside a surrogate pair that Spark would accept.
 */
final class UpperCaseCharStream implements CharStream {
  private final String text;
  private int index;

  UpperCaseCharStream(String text) {
    this.text = text;
  }

  @Override
  public void consume() {
    if (index >= text.length()) {
      throw new IllegalStateException("cannot consume EOF");
    }
    index++;
  }

  @Override
  public int LA(int offset) {
    if (offset == 0) {
      return 0;
    }
    int at = offset > 0 ? index + offset - 1 : index + offset;
    return at < 0 || at >= text.length() ? IntStream.EOF : Character.toUpperCase(text.charAt(at));
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {
    // The whole text stays in memory: nothing was buffered for the marker.
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public void seek(int position) {
    index = Math.min(position, text.length());
  }

  @Override
  public int size() {
    return text.length();
  }

  @Override
  public String getSourceName() {
    return IntStream.UNKNOWN_SOURCE_NAME;
  }

  @Override
  public String getText(Interval interval) {
    int end = Math.min(interval.b + 1, text.length());
    return interval.a >= end ? "" : text.substring(interval.a, end);
  }
}
