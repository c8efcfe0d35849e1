// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;

/**
 * Converts literals to a column's type where that changes nothing. Iceberg's own conversion rounds
 * ({@code 1.005} to {@code decimal(10,2)}, {@code 0.1} to {@code float}), which may exclude rows.
 */
final class ExactLiteral {
  private ExactLiteral() {}

  /** The types whose order and equality are the same in Iceberg's bounds and in Spark. */
  static boolean comparable(Type type) {
    return switch (type.typeId()) {
      case BOOLEAN, INTEGER, LONG, FLOAT, DOUBLE, DATE, TIMESTAMP, STRING, BINARY, DECIMAL -> true;
      default -> false;
    };
  }

  /** The literal as one of the column's type, or empty if it cannot be held exactly. */
  static Optional<Literal<?>> of(Literal<?> literal, Type type) {
    Object value = literal.value();
    if (value instanceof BigDecimal decimal && type instanceof Types.DecimalType decimals) {
      return rescaled(decimal, decimals.scale());
    }
    try {
      Literal<?> converted = literal.to(type);
      return converted != null && exact(value, converted.value(), type)
          ? Optional.of(converted)
          : Optional.empty();
    } catch (DateTimeParseException | UnsupportedOperationException | ArithmeticException e) {
      // Text that is no date or instant, or a number beyond the type's range, whose literal has
      // no value.
      return Optional.empty();
    }
  }

  private static Optional<Literal<?>> rescaled(BigDecimal value, int scale) {
    try {
      return Optional.of(Literal.of(value.setScale(scale, RoundingMode.UNNECESSARY)));
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static boolean exact(Object before, Object after, Type type) {
    if (!(before instanceof Number number)) {
      return true;
    }
    return switch (type.typeId()) {
      case INTEGER, LONG, DATE, TIMESTAMP -> before instanceof Integer || before instanceof Long;
      // Spark compares a decimal column with a floating-point literal as doubles.
      case DECIMAL -> before instanceof Integer || before instanceof Long;
      case FLOAT, DOUBLE -> sameNumber(number, (Number) after);
      default -> false;
    };
  }

  private static boolean sameNumber(Number before, Number after) {
    double converted = after.doubleValue();
    if (before instanceof Float || before instanceof Double) {
      return before.doubleValue() == converted;
    }
    return (before instanceof Integer || before instanceof Long)
        && new BigDecimal(converted).compareTo(BigDecimal.valueOf(before.longValue())) == 0;
  }
}
