// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.Literal;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Constant expressions whose value is known to be Spark's: casts of literals that lose nothing, and
 * dates moved by whole days and months.
 */
public final class Constants {
  private Constants() {}

  /** The value as a literal, or empty where the expression is not constant or not known. */
  public static Optional<Literal> fold(Expression expression) {
    if (expression instanceof Literal literal) {
      return Optional.of(literal);
    }
    if (expression instanceof Cast cast) {
      return fold(cast.input()).flatMap(input -> cast(input, cast.type(), cast.place()));
    }
    if (expression instanceof Call call) {
      return switch (call.function()) {
        case "date + days", "date_add" -> moved(call, 1, false);
        case "date_sub" -> moved(call, -1, false);
        case "date + months" -> moved(call, 1, true);
        default -> Optional.empty();
      };
    }
    return Optional.empty();
  }

  private static Optional<Literal> cast(Literal input, DataType type, Place place) {
    Object value = input.value();
    if (input.type().equals(type)) {
      return Optional.of(input);
    }
    if (value == null) {
      return Optional.of(new Literal(null, type, place));
    }
    if (value instanceof Long number && Coercion.isIntegral(input.type())) {
      return integral(number, type, place);
    }
    if (value instanceof BigDecimal number) {
      return decimal(number, type, place);
    }
    if (value instanceof String text && type == Simple.DATE) {
      OptionalLong day = Literals.day(text);
      return day.isPresent()
          ? Optional.of(new Literal(day.getAsLong(), type, place))
          : Optional.empty();
    }
    if (value instanceof String text && Coercion.isIntegral(type) && isPlainNumber(text)) {
      return integral(Long.parseLong(text), type, place);
    }
    return Optional.empty();
  }

  private static Optional<Literal> integral(long number, DataType type, Place place) {
    if (type == Simple.DOUBLE) {
      return Optional.of(new Literal((double) number, type, place));
    }
    if (type instanceof Decimal) {
      return decimal(BigDecimal.valueOf(number), type, place);
    }
    boolean fits =
        type == Simple.BIGINT
            || (type == Simple.INT && number == (int) number)
            || (type == Simple.SMALLINT && number == (short) number)
            || (type == Simple.TINYINT && number == (byte) number);
    return fits ? Optional.of(new Literal(number, type, place)) : Optional.empty();
  }

  private static Optional<Literal> decimal(BigDecimal number, DataType type, Place place) {
    if (type == Simple.DOUBLE) {
      return Optional.of(new Literal(number.doubleValue(), type, place));
    }
    if (!(type instanceof Decimal decimal)) {
      return Optional.empty();
    }
    BigDecimal stripped = number.signum() == 0 ? BigDecimal.ZERO : number.stripTrailingZeros();
    if (stripped.scale() > decimal.scale()
        || stripped.precision() - stripped.scale() > DecimalTypes.integerDigits(decimal)) {
      return Optional.empty();
    }
    return Optional.of(new Literal(number.setScale(decimal.scale()), type, place));
  }

  private static Optional<Literal> moved(Call call, int sign, boolean months) {
    Optional<Literal> date = fold(call.arguments().get(0));
    Optional<Literal> amount = fold(call.arguments().get(1));
    if (date.isEmpty()
        || amount.isEmpty()
        || !(date.get().value() instanceof Long day)
        || !(amount.get().value() instanceof Long number)) {
      return Optional.empty();
    }
    try {
      LocalDate from = LocalDate.ofEpochDay(day);
      LocalDate to = months ? from.plusMonths(sign * number) : from.plusDays(sign * number);
      return to.getYear() < 1 || to.getYear() > 9999
          ? Optional.empty()
          : Optional.of(new Literal(to.toEpochDay(), Simple.DATE, call.place()));
    } catch (DateTimeException outOfRange) {
      return Optional.empty();
    }
  }

  private static boolean isPlainNumber(String text) {
    return !text.isEmpty()
        && text.length() <= 9
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
