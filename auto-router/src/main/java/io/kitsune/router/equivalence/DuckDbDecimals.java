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

  /** Of decimals with no more digits, DuckDB also keeps results within so many, and may fail. */
  private static final int NARROW_DIGITS = 18;

  private DuckDbDecimals() {}

  /**
   * {@code a + b} or {@code a - b}. Both sides are cast to the result's width first: DuckDB would
   * otherwise stay within 18 digits where both have no more.
   */
  static String sum(
      String sign, String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    int scale = Math.max(typeA.scale(), typeB.scale());
    int digits =
        Math.max(DecimalTypes.integerDigits(typeA), DecimalTypes.integerDigits(typeB)) + scale + 1;
    if (digits <= NARROW_DIGITS) {
      return "(" + a + " " + sign + " " + b + ")";
    }
    Decimal exact = new Decimal(Math.min(digits, DecimalTypes.MAX_PRECISION), scale);
    String left = cast(a, typeA, exact, place);
    String right = cast(b, typeB, exact, place);
    // DuckDB adds a digit to the type of the sum; it fails where 38 do not suffice.
    Decimal sum = new Decimal(Math.min(exact.precision() + 1, DecimalTypes.MAX_PRECISION), scale);
    return cast("(" + left + " " + sign + " " + right + ")", sum, result, place);
  }

  /** {@code a * b}, in more than 18 digits where the result may need them. */
  static String product(
      String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    int scale = typeA.scale() + typeB.scale();
    if (scale > DecimalTypes.MAX_PRECISION) {
      throw new Refusal("*", place, "A product of so many digits is not known to mean the same.");
    }
    int digits = typeA.precision() + typeB.precision();
    Decimal wideA =
        digits > NARROW_DIGITS && typeA.precision() <= NARROW_DIGITS
            ? new Decimal(NARROW_DIGITS + 1, typeA.scale())
            : typeA;
    int precision = Math.min(wideA.precision() + typeB.precision(), DecimalTypes.MAX_PRECISION);
    return cast(
        "(" + DuckDbCasts.write(a, typeA, wideA, place) + " * " + b + ")",
        new Decimal(precision, scale),
        result,
        place);
  }

  /** A cast of a value that is known to fit, unless it gives up digits behind the point. */
  private static String cast(String text, Decimal from, Decimal to, Place place) {
    return from.equals(to) ? text : DuckDbText.cast(text, to, place);
  }

  /** {@code a % b}. */
  static String remainder(
      String a, Decimal typeA, String b, Decimal typeB, Decimal result, Place place) {
    int scale = Math.max(typeA.scale(), typeB.scale());
    int digits =
        Math.max(DecimalTypes.integerDigits(typeA), DecimalTypes.integerDigits(typeB)) + scale;
    if (digits > NARROW_DIGITS) {
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
      Decimal wide = new Decimal(Math.max(type.precision(), NARROW_DIGITS + 1), type.scale());
      Decimal factor = new Decimal(type.scale() + 1, 0);
      return "CAST("
          + cast(text, type, wide, Place.NONE)
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
