// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Cast;
import io.kitsune.router.analysis.Expression.Literal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * Spark's implicit conversions with ANSI mode off, as {@code TypeCoercion} and {@code
 * DecimalPrecision} make them in 3.5.
 */
final class Coercion {
  private static final List<Simple> NUMERIC_ORDER =
      List.of(
          Simple.TINYINT, Simple.SMALLINT, Simple.INT, Simple.BIGINT, Simple.FLOAT, Simple.DOUBLE);

  private Coercion() {}

  /** The expression in that type, a cast around it if it is not in it already. */
  static Expression cast(Expression expression, DataType type) {
    return expression.type().equals(type)
        ? expression
        : new Cast(expression, type, Cast.Reason.COERCION, expression.place());
  }

  static boolean isIntegral(DataType type) {
    return type == Simple.TINYINT
        || type == Simple.SMALLINT
        || type == Simple.INT
        || type == Simple.BIGINT;
  }

  static boolean isFractional(DataType type) {
    return type == Simple.FLOAT || type == Simple.DOUBLE;
  }

  static boolean isNumeric(DataType type) {
    return isIntegral(type) || isFractional(type) || type instanceof Decimal;
  }

  /**
   * The decimal that an operand of an operator beside a decimal becomes: an integral literal the
   * narrowest that holds it, any other integral the one that holds its type.
   */
  static Decimal decimalOf(Expression operand) {
    if (operand.type() instanceof Decimal decimal) {
      return decimal;
    }
    if (operand instanceof Literal literal && literal.value() instanceof Long value) {
      return DecimalTypes.holding(BigDecimal.valueOf(value));
    }
    return DecimalTypes.holding((Simple) operand.type());
  }

  /** The narrowest type that both convert to without loss; empty if there is none. */
  static Optional<DataType> tightest(DataType a, DataType b) {
    if (a.equals(b)) {
      return Optional.of(a);
    }
    if (a == Simple.VOID) {
      return Optional.of(b);
    }
    if (b == Simple.VOID) {
      return Optional.of(a);
    }
    if (NUMERIC_ORDER.contains(a) && NUMERIC_ORDER.contains(b)) {
      return Optional.of(
          NUMERIC_ORDER.get(Math.max(NUMERIC_ORDER.indexOf(a), NUMERIC_ORDER.indexOf(b))));
    }
    if (isDateTime(a) && isDateTime(b)) {
      return Optional.of(
          a == Simple.TIMESTAMP || b == Simple.TIMESTAMP ? Simple.TIMESTAMP : Simple.TIMESTAMP_NTZ);
    }
    return Optional.empty();
  }

  /** The type of CASE, COALESCE, IN lists and set operations; empty if Spark has none. */
  static Optional<DataType> wider(DataType a, DataType b) {
    Optional<DataType> tightest = tightest(a, b);
    if (tightest.isPresent()) {
      return tightest;
    }
    if (isNumeric(a) && isNumeric(b)) {
      return Optional.of(
          isFractional(a) || isFractional(b)
              ? Simple.DOUBLE
              : DecimalTypes.wider(decimalOf(a), decimalOf(b)));
    }
    boolean promoted =
        (a == Simple.STRING && isPromotedToString(b))
            || (b == Simple.STRING && isPromotedToString(a));
    return promoted ? Optional.of(Simple.STRING) : Optional.empty();
  }

  /** {@link #wider} of them all, from the left. */
  static Optional<DataType> wider(List<DataType> types) {
    Optional<DataType> found = Optional.of(Simple.VOID);
    for (DataType type : types) {
      found = found.flatMap(soFar -> wider(soFar, type));
    }
    return found;
  }

  /** The type that a comparison's operands are compared in; empty if Spark has none. */
  static Optional<DataType> comparison(Expression a, Expression b) {
    DataType left = a.type();
    DataType right = b.type();
    if (left.equals(right)) {
      return Optional.of(left);
    }
    if (left == Simple.STRING && right != Simple.VOID) {
      return againstString(right);
    }
    if (right == Simple.STRING && left != Simple.VOID) {
      return againstString(left);
    }
    if (left instanceof Decimal || right instanceof Decimal) {
      if (isFractional(left) || isFractional(right)) {
        return Optional.of(Simple.DOUBLE);
      }
      if (isNumeric(left) && isNumeric(right)) {
        return Optional.of(DecimalTypes.wider(decimalOf(a), decimalOf(b)));
      }
    }
    return tightest(left, right);
  }

  /** Whether a cast may make NULL of a value, by {@code Cast.forceNullable}. */
  static boolean castMayYieldNull(DataType from, DataType to) {
    if (from.equals(to) || from == Simple.VOID || to == Simple.STRING) {
      return from == Simple.VOID;
    }
    if (from == Simple.STRING) {
      return to != Simple.BINARY;
    }
    if (to instanceof Decimal decimal) {
      if (from instanceof Decimal narrower) {
        return DecimalTypes.integerDigits(narrower) > DecimalTypes.integerDigits(decimal)
            || narrower.scale() > decimal.scale();
      }
      return !isIntegral(from)
          || DecimalTypes.holding((Simple) from).precision() > DecimalTypes.integerDigits(decimal);
    }
    return to == Simple.DATE && from != Simple.TIMESTAMP && from != Simple.TIMESTAMP_NTZ
        || isFractional(from) && to == Simple.TIMESTAMP
        || from == Simple.DATE && isNumeric(to);
  }

  private static Optional<DataType> againstString(DataType other) {
    if (other instanceof Decimal) {
      return Optional.of(Simple.DOUBLE);
    }
    return other == Simple.DATE || other == Simple.TIMESTAMP || isNumeric(other)
        ? Optional.of(other)
        : Optional.empty();
  }

  private static Decimal decimalOf(DataType type) {
    return type instanceof Decimal decimal ? decimal : DecimalTypes.holding((Simple) type);
  }

  private static boolean isPromotedToString(DataType type) {
    return isNumeric(type) || isDateTime(type);
  }

  private static boolean isDateTime(DataType type) {
    return type == Simple.DATE || type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ;
  }
}
