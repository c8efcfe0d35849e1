// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The lines a client sees while its statement runs: the route, and what the engine reports. Bounded
 * in lines and in the length of each; thread-safe.
 */
final class OperationLog {
  private static final int LONGEST_LINE = 4096;

  private final int maxLines;
  private final ArrayDeque<String> lines = new ArrayDeque<>();
  private long firstNumber;
  private long readNumber;

  OperationLog(int maxLines) {
    this.maxLines = maxLines;
  }

  synchronized void add(String line) {
    if (lines.size() == maxLines) {
      lines.removeFirst();
      firstNumber++;
    }
    lines.addLast(
        line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " (cut)");
  }

  /** Goes back to the oldest line kept. */
  synchronized void rewind() {
    readNumber = firstNumber;
  }

  /** Up to {@code limit} lines that were not read yet. */
  synchronized List<String> next(long limit) {
    readNumber = Math.max(readNumber, firstNumber);
    List<String> result = new ArrayList<>();
    lines.stream().skip(readNumber - firstNumber).limit(limit).forEach(result::add);
    readNumber += result.size();
    return result;
  }
}
