// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Interval;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.reading.SparkLiteral;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import org.apache.calcite.sql.SqlNode;

/** Literals as values of Spark's types. */
final class Literals {
  private Literals() {}

  static Expression of(SparkLiteral literal, ZoneId zone, Place place) {
    DataType type = literal.type();
    if (type == Simple.VOID) {
      return new Literal(null, type, place);
    }
    if (type == Simple.BOOLEAN) {
      return new Literal(literal.getValue(), type, place);
    }
    if (Coercion.isIntegral(type)) {
      return new Literal(literal.number().longValueExact(), type, place);
    }
    if (type instanceof Decimal decimal) {
      return new Literal(literal.number().setScale(decimal.scale()), type, place);
    }
    if (type == Simple.DOUBLE) {
      return new Literal(Double.valueOf(literal.text()), type, place);
    }
    if (type == Simple.STRING) {
      return new Literal(literal.text(), type, place);
    }
    if (type == Simple.DATE) {
      long day =
          day(literal.text())
              .orElseThrow(
                  () ->
                      new Refusal(
                          "DATE '" + literal.text() + "'",
                          place,
                          "Only dates written as yyyy-MM-dd are known to mean the same."));
      return new Literal(day, type, place);
    }
    if (type == Simple.TIMESTAMP) {
      OptionalLong micros = Timestamps.micros(literal.text(), zone);
      if (micros.isPresent()) {
        return new Literal(micros.getAsLong(), type, place);
      }
    }
    throw new Refusal(
        "a literal of type " + type.sql(), place, "It is not known to mean the same.");
  }

  /**
   * The day since 1970-01-01 of a text of the form {@code yyyy-[M]M-[d]d}, which Spark reads the
   * same in a DATE literal and in a cast; empty for any other text.
   */
  static OptionalLong day(String text) {
    String[] parts = text.split("-", -1);
    if (parts.length != 3
        || parts[0].length() != 4
        || !isNumber(parts[0], 4)
        || !isNumber(parts[1], 2)
        || !isNumber(parts[2], 2)) {
      return OptionalLong.empty();
    }
    try {
      LocalDate date =
          LocalDate.of(
              Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Integer.parseInt(parts[2]));
      return date.getYear() < 1 ? OptionalLong.empty() : OptionalLong.of(date.toEpochDay());
    } catch (DateTimeException notADay) {
      return OptionalLong.empty();
    }
  }

  /** {@code INTERVAL 3 MONTHS}, {@code INTERVAL '90' DAY}: whole numbers of one unit. */
  static Expression interval(List<SqlNode> operands, Place place) {
    if (operands.size() == 2
        && operands.get(0) instanceof SparkLiteral value
        && operands.get(1) instanceof SparkLiteral unit) {
      OptionalLong amount = wholeNumber(value);
      if (amount.isPresent()) {
        long number = amount.getAsLong();
        switch (unit.text()) {
          case "YEAR":
            return new Interval(number * 12, 0, place);
          case "MONTH":
            return new Interval(number, 0, place);
          case "WEEK":
            return new Interval(0, number * 7, place);
          case "DAY":
            return new Interval(0, number, place);
          default:
            break;
        }
      }
    }
    throw new Refusal(
        "INTERVAL", place, "Only whole years, months, weeks or days are known to mean the same.");
  }

  private static OptionalLong wholeNumber(SparkLiteral literal) {
    if (Coercion.isIntegral(literal.type())) {
      BigDecimal number = literal.number();
      return number.abs().compareTo(BigDecimal.valueOf(100_000)) <= 0
          ? OptionalLong.of(number.longValueExact())
          : OptionalLong.empty();
    }
    String text = literal.text();
    boolean negative = text.startsWith("-");
    String digits = negative ? text.substring(1) : text;
    if (literal.type() != Simple.STRING || !isNumber(digits, 5)) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(negative ? -Long.parseLong(digits) : Long.parseLong(digits));
  }

  private static boolean isNumber(String text, int mostDigits) {
    return !text.isEmpty()
        && text.length() <= mostDigits
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
