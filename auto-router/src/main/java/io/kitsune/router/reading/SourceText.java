// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * A text and its lines, so that a node's position becomes offsets. Lines end with a line feed, as
 * in Spark's lexer; offsets and columns are UTF-16 units. Immutable.
 */
public final class SourceText {
  private final String text;
  private final int[] lineStarts;

  /** The text that positions refer to: the same that was read. */
  public SourceText(String text) {
    this.text = requireNonNull(text, "text");
    this.lineStarts = lineStarts(text);
  }

  private static int[] lineStarts(String text) {
    int[] starts = new int[16];
    int lines = 1;
    for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
      if (lines == starts.length) {
        starts = Arrays.copyOf(starts, lines * 2);
      }
      starts[lines++] = i + 1;
    }
    return Arrays.copyOf(starts, lines);
  }

  /** The whole text. */
  public String text() {
    return text;
  }

  /** Offset of the first character of a node. */
  public int start(SqlParserPos position) {
    return offset(position.getLineNum(), position.getColumnNum());
  }

  /** Offset behind the last character of a node. */
  public int end(SqlParserPos position) {
    return offset(position.getEndLineNum(), position.getEndColumnNum()) + 1;
  }

  /** What was written there. */
  public String slice(SqlParserPos position) {
    return text.substring(start(position), end(position));
  }

  /** The position of the characters from {@code start} to before {@code end}. */
  SqlParserPos position(int start, int end) {
    int line = line(start);
    int last = Math.max(start, end - 1);
    int endLine = last == start ? line : line(last);
    return new SqlParserPos(
        line + 1, start - lineStarts[line] + 1, endLine + 1, last - lineStarts[endLine] + 1);
  }

  private int offset(int line, int column) {
    return lineStarts[line - 1] + column - 1;
  }

  private int line(int offset) {
    int found = Arrays.binarySearch(lineStarts, offset);
    return found >= 0 ? found : -found - 2;
  }
}
