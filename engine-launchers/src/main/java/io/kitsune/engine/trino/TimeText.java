// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.error.KitsuneException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneRulesException;
import java.util.List;

/**
 * A date or time as Trino's protocol writes it: {@code [-+]YYYY-MM-DD[ HH:MM:SS[.fraction][
 * zone]]}, in the proleptic Gregorian calendar.
 *
 * @param zone as it stands there; empty if none does
 */
record TimeText(long epochDay, long microsOfDay, String zone) {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final int MICROS_DIGITS = 6;

  static TimeText of(String text) {
    try {
      return parse(text);
    } catch (DateTimeException | IndexOutOfBoundsException | NumberFormatException e) {
      throw unknown(text, "is no date or time that Kitsune knows", e);
    }
  }

  private static TimeText parse(String text) {
    int yearEnd = text.indexOf('-', 1);
    int year = Integer.parseInt(text, 0, yearEnd, 10);
    int month = Integer.parseInt(text, yearEnd + 1, yearEnd + 3, 10);
    int dayEnd = yearEnd + 6;
    int day = Integer.parseInt(text, yearEnd + 4, dayEnd, 10);
    long epochDay = LocalDate.of(year, month, day).toEpochDay();
    if (text.length() == dayEnd) {
      return new TimeText(epochDay, 0, "");
    }
    int time = dayEnd + 1;
    long seconds =
        Integer.parseInt(text, time, time + 2, 10) * 3_600L
            + Integer.parseInt(text, time + 3, time + 5, 10) * 60L
            + Integer.parseInt(text, time + 6, time + 8, 10);
    int at = time + 8;
    long fraction = 0;
    if (at < text.length() && text.charAt(at) == '.') {
      int begin = ++at;
      while (at < text.length() && Character.isDigit(text.charAt(at))) {
        fraction = fraction * 10 + Character.digit(text.charAt(at), 10);
        at++;
      }
      for (int digits = at - begin; digits < MICROS_DIGITS; digits++) {
        fraction *= 10;
      }
    }
    String zone = at < text.length() ? text.substring(at + 1) : "";
    return new TimeText(epochDay, seconds * MICROS_PER_SECOND + fraction, zone);
  }

  /** Microseconds since the epoch on that wall clock. */
  long wallClock() {
    return Math.addExact(Math.multiplyExact(epochDay, MICROS_PER_DAY), microsOfDay);
  }

  /**
   * Microseconds since the epoch.
   *
   * @throws KitsuneException {@code ENGINE_RESULT_TYPE} where the text does not say which instant
   *     it is: an hour that a zone's clocks show twice
   */
  long instant() {
    return zone.equals("UTC") ? wallClock() : wallClock() - offsetSeconds() * MICROS_PER_SECOND;
  }

  private long offsetSeconds() {
    try {
      long micros = wallClock();
      LocalDateTime local =
          LocalDateTime.ofEpochSecond(
              Math.floorDiv(micros, MICROS_PER_SECOND),
              (int) Math.floorMod(micros, MICROS_PER_SECOND) * 1_000,
              ZoneOffset.UTC);
      List<ZoneOffset> offsets = ZoneId.of(zone).getRules().getValidOffsets(local);
      if (offsets.size() != 1) {
        throw unknown(local + " " + zone, "is not one instant", null);
      }
      return offsets.get(0).getTotalSeconds();
    } catch (ZoneRulesException e) {
      throw unknown(zone, "is no time zone that Java knows", e);
    }
  }

  private static KitsuneException unknown(String text, String why, Throwable cause) {
    return new KitsuneException(
        "ENGINE_RESULT_TYPE",
        "22007",
        "Trino sent '%s', which %s. Run the statement with SET kitsune.engine=spark, and please report it."
            .formatted(text, why),
        cause);
  }
}
