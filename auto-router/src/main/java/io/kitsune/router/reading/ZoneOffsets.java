// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.error.KitsuneException;
import java.time.DateTimeException;
import java.time.ZoneOffset;
import java.util.List;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IntervalContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.IntervalValueContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.MultiUnitsIntervalContext;
import org.apache.spark.sql.catalyst.parser.SqlBaseParser.UnitToUnitIntervalContext;

/**
 * The interval of SET TIME ZONE as an offset: {@code INTERVAL '-8:30' HOUR TO MINUTE}, also TO
 * SECOND, and {@code INTERVAL 10 HOURS}.
 */
final class ZoneOffsets {
  private static final List<Integer> SECONDS = List.of(3600, 60, 1);

  private ZoneOffsets() {}

  /** The offset's name as Spark keeps it: {@code -08:30}. */
  static String of(IntervalContext interval, Grammar grammar) {
    int seconds =
        interval.errorCapturingUnitToUnitInterval() != null
            ? hoursTo(interval.errorCapturingUnitToUnitInterval().body, interval, grammar)
            : hours(interval, grammar);
    try {
      return ZoneOffset.ofTotalSeconds(seconds).toString();
    } catch (DateTimeException e) {
      throw refused(interval);
    }
  }

  private static int hoursTo(
      UnitToUnitIntervalContext context, ParserRuleContext whole, Grammar grammar) {
    boolean toMinute = context.to.getText().equalsIgnoreCase("MINUTE");
    boolean toSecond = context.to.getText().equalsIgnoreCase("SECOND");
    String[] parts = amount(context.value, whole, grammar).split(":", -1);
    if (!context.from.getText().equalsIgnoreCase("HOUR")
        || !(toMinute && parts.length == 2 || toSecond && parts.length == 3)) {
      throw refused(whole);
    }
    int sign = parts[0].startsWith("-") ? -1 : 1;
    int seconds = number(parts[0], whole) * SECONDS.get(0);
    for (int i = 1; i < parts.length; i++) {
      seconds += sign * number(parts[i], whole) * SECONDS.get(i);
    }
    return seconds;
  }

  private static int hours(IntervalContext interval, Grammar grammar) {
    MultiUnitsIntervalContext body = interval.errorCapturingMultiUnitsInterval().body;
    boolean hours =
        body.unit.size() == 1
            && (body.unit.get(0).HOUR() != null || body.unit.get(0).HOURS() != null);
    if (!hours) {
      throw refused(interval);
    }
    return number(amount(body.intervalValue(0), interval, grammar), interval) * SECONDS.get(0);
  }

  private static String amount(
      IntervalValueContext value, ParserRuleContext whole, Grammar grammar) {
    if (value.DECIMAL_VALUE() != null) {
      throw refused(whole);
    }
    String digits =
        value.stringLit() == null
            ? value.INTEGER_VALUE().getText()
            : StringText.value(value.stringLit().getText(), grammar.rawStrings()).strip();
    return value.MINUS() == null ? digits : "-" + digits;
  }

  /** At most four digits: more is no time of day, and sums stay small. */
  private static int number(String digits, ParserRuleContext whole) {
    try {
      if (digits.length() <= 4) {
        return Integer.parseInt(digits);
      }
      throw refused(whole);
    } catch (NumberFormatException e) {
      throw refused(whole);
    }
  }

  private static KitsuneException refused(ParserRuleContext interval) {
    return SyntaxError.at(
        interval.getStart(),
        "a time zone's offset is an INTERVAL of hours, minutes and seconds of at most 18 hours");
  }
}
