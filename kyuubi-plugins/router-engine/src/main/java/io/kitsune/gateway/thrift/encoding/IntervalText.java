// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

/**
 * ANSI intervals as Spark's Thrift server writes them, and as Kyuubi's driver reads them from rows.
 */
final class IntervalText {
  private static final long MICROS = 1_000_000L;
  private static final int NANOS = 1_000;
  private static final int MONTHS = 12;

  private IntervalText() {}

  static String yearMonth(int months) {
    long size = Math.abs((long) months);
    return "%s%d-%d".formatted(months < 0 ? "-" : "", size / MONTHS, size % MONTHS);
  }

  static String dayTime(long micros) {
    // Of the least long there is no positive.
    long seconds = Math.abs(micros / MICROS);
    long fraction = Math.abs(micros % MICROS);
    return "%s%d %02d:%02d:%02d.%09d"
        .formatted(
            micros < 0 ? "-" : "",
            seconds / 86_400,
            seconds / 3_600 % 24,
            seconds / 60 % 60,
            seconds % 60,
            fraction * NANOS);
  }
}
