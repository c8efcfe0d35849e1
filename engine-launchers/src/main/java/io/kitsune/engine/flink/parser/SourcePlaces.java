// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.parser;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Offsets for the lines and columns of JavaCC, for which CR, LF and both together end a line. */
final class SourcePlaces {
  private final List<Integer> lines = new ArrayList<>(List.of(0));

  SourcePlaces(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
      if (c == '\n' || (c == '\r' && !pair)) {
        lines.add(i + 1);
      }
    }
  }

  /** Of the first character. */
  int start(SqlParserPos position) {
    return offset(position.getLineNum(), position.getColumnNum());
  }

  /** Behind the last character. */
  int end(SqlParserPos position) {
    return offset(position.getEndLineNum(), position.getEndColumnNum()) + 1;
  }

  private int offset(int line, int column) {
    return lines.get(line - 1) + column - 1;
  }
}
