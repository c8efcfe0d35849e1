// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.error.KitsuneException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/**
 * Timestamps as Kyuubi's driver gets them over Arrow: the microseconds that a clock on the wall of
 * the session's zone shows, told to be UTC. The driver would turn instants into that itself, but by
 * its own JVM's list of time zones, in which {@code +02:00} is none and is taken for UTC without a
 * word. Not thread-safe.
 */
final class WallClock {
  private static final long MICROS = 1_000_000L;

  /** What has four digits in a year, as the driver's text form wants it. */
  private static final long FIRST = micros(LocalDate.of(0, 1, 1));

  private static final long END = micros(LocalDate.of(10_000, 1, 1));

  private final ZoneRules rules;
  private long from;
  private long until;
  private long offset;

  WallClock(ZoneId zone) {
    this.rules = zone.getRules();
    seek(0);
  }

  private static long micros(LocalDate day) {
    return day.toEpochDay() * 86_400L * MICROS;
  }

  /** Whether it shows every instant as UTC does. */
  boolean utc() {
    return rules.isFixedOffset() && offset == 0;
  }

  /**
   * What it shows at an instant.
   *
   * @param instant microseconds since the epoch
   * @throws KitsuneException {@code RESULT_NOT_IN_ARROW} as {@link #check}
   */
  long at(long instant) {
    long second = Math.floorDiv(instant, MICROS);
    if (second < from || second >= until) {
      seek(second);
    }
    return check(instant + offset);
  }

  private void seek(long second) {
    Instant instant = Instant.ofEpochSecond(second);
    ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
    ZoneOffsetTransition after = rules.nextTransition(instant);
    from = before == null ? Long.MIN_VALUE : before.toEpochSecond();
    until = after == null ? Long.MAX_VALUE : after.toEpochSecond();
    offset = rules.getOffset(instant).getTotalSeconds() * MICROS;
  }

  /**
   * The same, if the driver shows it over rows too.
   *
   * @param shown microseconds since 1970 on the wall
   * @throws KitsuneException {@code RESULT_NOT_IN_ARROW} if its year has not four digits
   */
  static long check(long shown) {
    if (shown < FIRST || shown >= END) {
      throw new KitsuneException(
          "RESULT_NOT_IN_ARROW",
          "22008",
          "The timestamp %s is beyond what Kyuubi's driver reads alike in both formats. Set %s=thrift and run the statement again."
              .formatted(
                  LocalDateTime.ofEpochSecond(Math.floorDiv(shown, MICROS), 0, ZoneOffset.UTC),
                  ResultFormat.KEY));
    }
    return shown;
  }
}
