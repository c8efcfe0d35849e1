// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.router.analysis.DecimalTypes;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.DuckDbText;
import java.math.BigInteger;

/**
 * Arithmetic of decimals. Sums and products are exact in both engines, where DuckDB's 38 digits
 * suffice; where they do not, DuckDB fails rather than be wrong. DuckDB divides decimals as
 * doubles, so a quotient is computed here in whole numbers: Spark rounds it half up.
 */
final class DuckDbDecimals {
  /** Whole numbers of so many digits can be doubled and added within a HUGEINT. */
  private static final int SAFE_DIGITS = 37;

  private DuckDbDecimals() {}

  /** {@code a + b} or {@code a - b}. */
  static String sum(
      String sign, String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    int scale = Math.max(typeA.scale(), typeB.scale());
    int digits =
        Math.max(DecimalTypes.integerDigits(typeA), DecimalTypes.integerDigits(typeB)) + scale + 1;
    if (digits <= DecimalTypes.MAX_PRECISION) {
      return "(" + a + " " + sign + " " + b + ")";
    }
    if (result.scale() != scale) {
      throw new Refusal(sign, place, "A sum that gives up digits is not known to mean the same.");
    }
    return "("
        + DuckDbCasts.write(a, typeA, result, place)
        + " "
        + sign
        + " "
        + DuckDbCasts.write(b, typeB, result, place)
        + ")";
  }

  /** {@code a * b}. */
  static String product(
      String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    int scale = typeA.scale() + typeB.scale();
    if (scale > DecimalTypes.MAX_PRECISION) {
      throw new Refusal("*", place, "A product of so many digits is not known to mean the same.");
    }
    int precision = Math.min(typeA.precision() + typeB.precision(), DecimalTypes.MAX_PRECISION);
    return DuckDbCasts.write(
        "(" + a + " * " + b + ")", new Decimal(precision, scale), result, place);
  }

  /** {@code a % b}. */
  static String remainder(
      String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    int scale = Math.max(typeA.scale(), typeB.scale());
    int digits =
        Math.max(DecimalTypes.integerDigits(typeA), DecimalTypes.integerDigits(typeB)) + scale;
    if (digits > 18) {
      throw new Refusal("%", place, "A remainder of so many digits is not known to be the same.");
    }
    Decimal common = new Decimal(digits, scale);
    String left = DuckDbCasts.write(a, typeA, common, place);
    String right = DuckDbCasts.write(b, typeB, common, place);
    return "CAST("
        + left
        + " % NULLIF("
        + right
        + ", 0) AS "
        + DuckDbText.type(result, place)
        + ")";
  }

  /** {@code a / b}. */
  static String quotient(
      String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    return quotient(
        unscaled(a, typeA),
        typeA.precision(),
        unscaled(b, typeB),
        typeB.precision(),
        result.scale() + typeB.scale() - typeA.scale(),
        result,
        place);
  }

  /** A sum, a decimal of 38 digits in DuckDB, divided by a count. */
  static String average(String sum, Decimal sumType, String count, Decimal result, Place place) {
    return quotient(
        unscaled(sum, new Decimal(DecimalTypes.MAX_PRECISION, sumType.scale())),
        sumType.precision(),
        "CAST(" + count + " AS HUGEINT)",
        19,
        result.scale() - sumType.scale(),
        result,
        place);
  }

  /**
   * {@code round_half_up(a * 10^shift / b)} as a decimal of the result's scale. Spark rounds to 38
   * digits behind the point first: with divisors below 10^(38 - scale) that changes nothing, since
   * no quotient then lies so close below a half.
   */
  private static String quotient(
      String a, int digitsA, String b, int digitsB, int shift, Decimal result, Place place) {
    if (shift < 0) {
      throw new Refusal("/", place, "A quotient of fewer digits than the dividend is not known.");
    }
    int mostB = Math.min(SAFE_DIGITS - 1, DecimalTypes.MAX_PRECISION - result.scale());
    String divisor = "NULLIF(" + b + ", 0)";
    String sign = "sign(" + a + ") * sign(" + b + ") * ";
    String whole;
    if (digitsA + shift <= SAFE_DIGITS && digitsB <= mostB) {
      whole =
          sign
              + "((2 * abs("
              + a
              + ") * "
              + power(shift)
              + " + abs("
              + b
              + ")) // (2 * abs("
              + divisor
              + ")))";
    } else {
      whole = inTwoSteps(a, b, divisor, sign, shift, mostB);
    }
    return decimal(whole, result, place);
  }

  /** The whole part, then the remainder's digits: neither leaves a HUGEINT within the guard. */
  private static String inTwoSteps(
      String a, String b, String divisor, String sign, int shift, int mostB) {
    String dividend = "abs(" + a + ")";
    String limitOfB = power(Math.max(0, Math.min(mostB, SAFE_DIGITS - shift)));
    String limitOfWhole = power(DecimalTypes.MAX_PRECISION - shift);
    String quotient = "(" + dividend + " // abs(" + divisor + "))";
    String fraction =
        "((2 * ("
            + dividend
            + " % abs("
            + divisor
            + ")) * "
            + power(shift)
            + " + abs("
            + b
            + ")) // (2 * abs("
            + divisor
            + ")))";
    String exact =
        "CASE WHEN "
            + quotient
            + " < "
            + limitOfWhole
            + " THEN "
            + sign
            + "("
            + quotient
            + " * "
            + power(shift)
            + " + "
            + fraction
            + ") END";
    return Guard.unless(
        "abs(" + b + ") < " + limitOfB + " OR " + b + " IS NULL", exact, "a decimal quotient");
  }

  /** The digits of a decimal as a whole number. */
  private static String unscaled(String text, Decimal type) {
    if (type.scale() == 0) {
      return "CAST(" + text + " AS HUGEINT)";
    }
    if (type.precision() + type.scale() < DecimalTypes.MAX_PRECISION) {
      Decimal factor = new Decimal(type.scale() + 1, 0);
      return "CAST("
          + text
          + " * CAST("
          + BigInteger.TEN.pow(type.scale())
          + " AS "
          + DuckDbText.type(factor, Place.NONE)
          + ") AS HUGEINT)";
    }
    return "CAST(replace(CAST(" + text + " AS VARCHAR), '.', '') AS HUGEINT)";
  }

  /** A whole number of units of the result's last digit; NULL where it has too many digits. */
  private static String decimal(String whole, Decimal result, Place place) {
    String number = "TRY_CAST(" + whole + " AS DECIMAL(38,0))";
    if (result.scale() == 0) {
      return "TRY_CAST(" + number + " AS " + DuckDbText.type(result, place) + ")";
    }
    int scale = result.scale();
    String unit =
        "CAST('0." + "0".repeat(scale - 1) + "1' AS DECIMAL(" + scale + "," + scale + "))";
    return "TRY_CAST(" + number + " * " + unit + " AS " + DuckDbText.type(result, place) + ")";
  }

  private static String power(int exponent) {
    return "CAST('" + BigInteger.TEN.pow(exponent) + "' AS HUGEINT)";
  }
}
