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

  /**
   * Lines from that number on, at most so many; who reads this way does not disturb the others.
   *
   * @param from the number of the first line wanted; the first line ever was 0
   */
  synchronized Lines from(long from, int limit) {
    long first = Math.max(from, firstNumber);
    List<String> found = lines.stream().skip(first - firstNumber).limit(limit).toList();
    return new Lines(first, found);
  }

  /** Lines and the number of the first of them. */
  record Lines(long first, List<String> lines) {}

  /** Up to {@code limit} lines that were not read yet. */
  synchronized List<String> next(long limit) {
    readNumber = Math.max(readNumber, firstNumber);
    List<String> result = new ArrayList<>();
    lines.stream().skip(readNumber - firstNumber).limit(limit).forEach(result::add);
    readNumber += result.size();
    return result;
  }
}
