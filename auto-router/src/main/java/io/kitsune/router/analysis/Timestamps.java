// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.Literal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.OptionalLong;

/**
 * Texts that Spark reads as instants in the session's zone: {@code yyyy-MM-dd}, or that with {@code
 * HH:mm:ss} and up to six digits behind it. Others (zones, years of five digits) are not known.
 */
final class Timestamps {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_LENGTH = 19;
  private static final int MICROS_LENGTH = 26;

  private Timestamps() {}

  /** Microseconds since the epoch; empty for a text of another form. */
  static OptionalLong micros(String text, ZoneId zone) {
    boolean date = text.length() == DATE_LENGTH;
    boolean seconds =
        text.length() == SECONDS_LENGTH
            || (text.length() > SECONDS_LENGTH + 1
                && text.length() <= MICROS_LENGTH
                && text.charAt(SECONDS_LENGTH) == '.');
    if (!(date || seconds) || (seconds && text.charAt(DATE_LENGTH) != ' ')) {
      return OptionalLong.empty();
    }
    try {
      LocalDateTime local = LocalDateTime.parse(date ? text + "T00:00:00" : text.replace(' ', 'T'));
      // Before that, zones had no whole minutes and engines differ.
      if (local.getYear() < 1900 || local.getYear() > 9999) {
        return OptionalLong.empty();
      }
      return OptionalLong.of(
          ChronoUnit.MICROS.between(Instant.EPOCH, local.atZone(zone).toInstant()));
    } catch (DateTimeException notATimestamp) {
      return OptionalLong.empty();
    }
  }

  /** The call with texts that are cast to timestamps replaced by the instants they are. */
  static Expression folded(Expression expression, ZoneId zone) {
    if (expression instanceof Cast cast
        && cast.type() == Simple.TIMESTAMP
        && cast.input() instanceof Literal literal
        && literal.value() instanceof String text) {
      OptionalLong micros = micros(text, zone);
      return micros.isPresent()
          ? new Literal(micros.getAsLong(), Simple.TIMESTAMP, cast.place())
          : cast;
    }
    if (expression instanceof Call call) {
      return new Call(
          call.function(),
          call.arguments().stream().map(argument -> folded(argument, zone)).toList(),
          call.type(),
          call.nullable(),
          call.place());
    }
    return expression;
  }
}
