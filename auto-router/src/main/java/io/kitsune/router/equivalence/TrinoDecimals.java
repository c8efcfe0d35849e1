// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.router.analysis.DecimalTypes;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.TrinoText;
import java.math.BigDecimal;

/**
 * Arithmetic of decimals. Trino computes sums, products and remainders exactly and fails beyond 38
 * digits; a quotient it rounds half up to the larger scale of the two, so the dividend is given the
 * scale of Spark's result first.
 */
final class TrinoDecimals {
  private TrinoDecimals() {}

  /** {@code a + b} or {@code a - b}. */
  static String sum(
      String sign, String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    int scale = Math.max(typeA.scale(), typeB.scale());
    int digits =
        Math.max(DecimalTypes.integerDigits(typeA), DecimalTypes.integerDigits(typeB)) + scale + 1;
    Decimal sum = new Decimal(Math.min(digits, DecimalTypes.MAX_PRECISION), scale);
    return cast("(" + a + " " + sign + " " + b + ")", sum, result, place);
  }

  /** {@code a * b}. */
  static String product(
      String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    int scale = typeA.scale() + typeB.scale();
    if (scale > DecimalTypes.MAX_PRECISION) {
      throw new Refusal("*", place, "A product of so many digits is not known to mean the same.");
    }
    int digits = Math.min(typeA.precision() + typeB.precision(), DecimalTypes.MAX_PRECISION);
    return cast("(" + a + " * " + b + ")", new Decimal(digits, scale), result, place);
  }

  /** {@code a % b}. */
  static String remainder(String a, String b, Decimal result, Place place) {
    return TrinoText.cast("(" + a + " % NULLIF(" + b + ", 0))", result, place);
  }

  /** {@code a / b}. */
  static String quotient(
      String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    int scale = result.scale();
    if (scale < typeA.scale() || scale < typeB.scale()) {
      throw new Refusal("/", place, "A quotient of fewer digits than its operands is not known.");
    }
    int digits = Math.min(DecimalTypes.integerDigits(typeA) + scale, DecimalTypes.MAX_PRECISION);
    String dividend = cast(a, typeA, new Decimal(digits, scale), place);
    String text = TrinoText.cast("(" + dividend + " / NULLIF(" + b + ", 0))", result, place);
    return withinDivisors(b, typeB, text, result, place);
  }

  /** A sum, a decimal of 38 digits in Trino, divided by a count. */
  static String average(String sum, Decimal input, String count, Decimal result, Place place) {
    return quotient(
        sum,
        new Decimal(DecimalTypes.MAX_PRECISION, input.scale()),
        "CAST(" + count + " AS DECIMAL(19,0))",
        new Decimal(19, 0),
        result,
        place);
  }

  /**
   * Spark rounds to 38 digits behind the point first: with divisors below 10^(38 - scale), counted
   * in units of their last digit, that changes nothing, since no quotient then lies so close below
   * a half.
   */
  private static String withinDivisors(
      String b, Decimal typeB, String text, Decimal result, Place place) {
    int most = DecimalTypes.MAX_PRECISION - result.scale();
    if (typeB.precision() <= most) {
      return text;
    }
    String limit = BigDecimal.ONE.scaleByPowerOfTen(most - typeB.scale()).toPlainString();
    return Guard.unless(
        "abs(" + b + ") < DECIMAL '" + limit + "' OR " + b + " IS NULL",
        text,
        TrinoText.type(result, place),
        "a decimal quotient");
  }

  /** A cast that may give up digits behind the point, and fails if one in front would be lost. */
  private static String cast(String text, Decimal from, Decimal to, Place place) {
    return from.equals(to) ? text : TrinoText.cast(text, to, place);
  }
}
