// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.CellText;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRules;

/**
 * Dates and times as {@link CellText} writes them, digit by digit into the column: a formatter and
 * an object for each took five times as long for dates, four times for timestamps
 * (docs/benchmarks/encoding.md). Years of other than four digits go to it still.
 */
final class TimeText {
  private static final int MICROS_A_SECOND = 1_000_000;
  private static final int SECONDS_A_DAY = 86_400;
  private static final long FIRST_DAY = LocalDate.of(0, 1, 1).toEpochDay();
  private static final long LAST_DAY = LocalDate.of(9999, 12, 31).toEpochDay();

  private final CellText text;
  private final ZoneRules rules;

  TimeText(ZoneId zone, CellText text) {
    this.text = text;
    this.rules = zone.getRules();
  }

  void date(ColumnBytes out, int epochDay) {
    out.beginText();
    if (fourDigits(epochDay)) {
      day(out, epochDay);
    } else {
      out.append(text.of(LocalDate.ofEpochDay(epochDay), Simple.DATE));
    }
    out.endText();
  }

  /** A TIMESTAMP in the session's zone. */
  void instant(ColumnBytes out, long epochMicros) {
    long second = Math.floorDiv(epochMicros, MICROS_A_SECOND);
    int offset = rules.getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
    wallClock(out, second + offset, (int) Math.floorMod(epochMicros, (long) MICROS_A_SECOND));
  }

  /** A TIMESTAMP_NTZ. */
  void wallClock(ColumnBytes out, long micros) {
    wallClock(
        out,
        Math.floorDiv(micros, MICROS_A_SECOND),
        (int) Math.floorMod(micros, (long) MICROS_A_SECOND));
  }

  private void wallClock(ColumnBytes out, long second, int micros) {
    long day = Math.floorDiv(second, SECONDS_A_DAY);
    out.beginText();
    if (fourDigits(day)) {
      day(out, day);
      time(out, (int) Math.floorMod(second, (long) SECONDS_A_DAY), micros);
    } else {
      LocalDateTime time = LocalDateTime.ofEpochSecond(second, micros * 1_000, ZoneOffset.UTC);
      out.append(text.of(time, Simple.TIMESTAMP_NTZ));
    }
    out.endText();
  }

  private static void day(ColumnBytes out, long epochDay) {
    LocalDate date = LocalDate.ofEpochDay(epochDay);
    out.digits(date.getYear(), 4);
    out.append('-');
    out.digits(date.getMonthValue(), 2);
    out.append('-');
    out.digits(date.getDayOfMonth(), 2);
  }

  private static void time(ColumnBytes out, int secondOfDay, int micros) {
    out.append(' ');
    out.digits(secondOfDay / 3_600, 2);
    out.append(':');
    out.digits(secondOfDay / 60 % 60, 2);
    out.append(':');
    out.digits(secondOfDay % 60, 2);
    if (micros > 0) {
      int fraction = micros;
      int width = 6;
      while (fraction % 10 == 0) {
        fraction /= 10;
        width--;
      }
      out.append('.');
      out.digits(fraction, width);
    }
  }

  private static boolean fourDigits(long epochDay) {
    return epochDay >= FIRST_DAY && epochDay <= LAST_DAY;
  }
}
