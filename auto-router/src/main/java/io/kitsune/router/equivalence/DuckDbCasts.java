// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.DuckDbText;
import java.util.List;

/**
 * Casts that give in DuckDB what they give in Spark with ANSI mode off: integers wrap, a decimal
 * that does not fit is NULL, a fraction is cut off. What is not here is refused, casts of text to
 * anything above all.
 */
final class DuckDbCasts {
  private static final List<Simple> INTEGRAL =
      List.of(Simple.TINYINT, Simple.SMALLINT, Simple.INT, Simple.BIGINT);

  /** Doubles hold decimals of so many digits exactly, and DuckDB divides them once. */
  private static final int EXACT_IN_DOUBLE = 15;

  /** Above this scale Spark writes small decimals with an exponent. */
  private static final int PLAIN_SCALE = 6;

  private DuckDbCasts() {}

  /** The text, of type {@code from}, cast to {@code to}. */
  static String write(String text, DataType from, DataType to, Place place) {
    if (from.equals(to)) {
      return text;
    }
    if (from == Simple.VOID) {
      return DuckDbText.cast("NULL", to, place);
    }
    if (isIntegral(from)) {
      return integral(text, (Simple) from, to, place);
    }
    if (from instanceof Decimal decimal) {
      return decimal(text, decimal, to, place);
    }
    if (from == Simple.FLOAT && to == Simple.DOUBLE) {
      return DuckDbText.cast(text, to, place);
    }
    if (from == Simple.BOOLEAN && (isIntegral(to) || to == Simple.STRING)) {
      return DuckDbText.cast(text, to, place);
    }
    if (from == Simple.DATE && to == Simple.STRING) {
      return Guard.unless(
          text + " BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' OR " + text + " IS NULL",
          DuckDbText.cast(text, to, place),
          "a date as text");
    }
    throw refused(from, to, place);
  }

  private static String integral(String text, Simple from, DataType to, Place place) {
    if (isIntegral(to)) {
      return INTEGRAL.indexOf(to) > INTEGRAL.indexOf(from)
          ? DuckDbText.cast(text, to, place)
          : wrapped(DuckDbText.cast(text, Simple.BIGINT, place), (Simple) to);
    }
    if (to instanceof Decimal decimal) {
      int digits = decimal.precision() - decimal.scale();
      boolean fits = digits >= digitsOf(from);
      return (fits ? "CAST(" : "TRY_CAST(") + text + " AS " + DuckDbText.type(to, place) + ")";
    }
    if (to == Simple.DOUBLE || to == Simple.STRING) {
      return DuckDbText.cast(text, to, place);
    }
    throw refused(from, to, place);
  }

  private static String decimal(String text, Decimal from, DataType to, Place place) {
    if (to instanceof Decimal wider) {
      boolean fits =
          wider.precision() - wider.scale() >= from.precision() - from.scale()
              && wider.scale() >= from.scale();
      return (fits ? "CAST(" : "TRY_CAST(") + text + " AS " + DuckDbText.type(to, place) + ")";
    }
    if (to == Simple.DOUBLE) {
      // DuckDB rounds twice where the digits do not fit a double; through text it rounds once.
      return from.precision() <= EXACT_IN_DOUBLE
          ? DuckDbText.cast(text, to, place)
          : DuckDbText.cast(DuckDbText.cast(text, Simple.STRING, place), to, place);
    }
    if (isIntegral(to)) {
      String whole = "CAST(trunc(" + text + ") AS HUGEINT)";
      return wrapped(whole, (Simple) to);
    }
    if (to == Simple.STRING && from.scale() <= PLAIN_SCALE) {
      // DuckDB writes decimals without digits in front of the point as .05.
      Decimal withZero = new Decimal(Math.max(from.precision(), from.scale() + 1), from.scale());
      return DuckDbText.cast(write(text, from, withZero, place), to, place);
    }
    throw refused(from, to, place);
  }

  /**
   * A whole number, computed in a type wide enough, cut to the low bits of an integral type as Java
   * does.
   */
  static String wrapped(String wide, Simple type) {
    if (type == Simple.BIGINT) {
      return "CAST(xor(CAST("
          + wide
          + " AS HUGEINT) & CAST('18446744073709551615' AS HUGEINT),"
          + " CAST('9223372036854775808' AS HUGEINT)) - CAST('9223372036854775808' AS HUGEINT)"
          + " AS BIGINT)";
    }
    int bits = type == Simple.INT ? 32 : type == Simple.SMALLINT ? 16 : 8;
    long mask = (1L << bits) - 1;
    long sign = 1L << (bits - 1);
    return "CAST(xor("
        + wide
        + " & "
        + mask
        + ", "
        + sign
        + ") - "
        + sign
        + " AS "
        + DuckDbText.type(type, Place.NONE)
        + ")";
  }

  static boolean isIntegral(DataType type) {
    return type instanceof Simple simple && INTEGRAL.contains(simple);
  }

  private static int digitsOf(Simple integral) {
    return switch (integral) {
      case TINYINT -> 3;
      case SMALLINT -> 5;
      case INT -> 10;
      default -> 19;
    };
  }

  private static Refusal refused(DataType from, DataType to, Place place) {
    return new Refusal(
        "a cast from " + from.sql() + " to " + to.sql(),
        place,
        "It is not known to mean the same.");
  }
}
