// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.DecimalTypes;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.TrinoText;
import java.util.List;

/**
 * Casts that give in Trino what they give in Spark with ANSI mode off. Where an integer wraps in
 * Spark the cast fails in Trino, before a row is handed over or with an error; it never gives
 * another number. What is not here is refused, casts of text to anything above all.
 */
final class TrinoCasts {
  private static final List<Simple> INTEGRAL =
      List.of(Simple.TINYINT, Simple.SMALLINT, Simple.INT, Simple.BIGINT);

  /** Doubles hold decimals of so many digits exactly, and Trino divides them once. */
  private static final int EXACT_IN_DOUBLE = 15;

  /** Above this scale Spark writes small decimals with an exponent. */
  private static final int PLAIN_SCALE = 6;

  private TrinoCasts() {}

  /** The text, of type {@code from}, cast to {@code to}. */
  static String write(String text, DataType from, DataType to, Place place) {
    if (from.equals(to)) {
      return text;
    }
    if (from == Simple.VOID) {
      return TrinoText.cast("NULL", to, place);
    }
    if (isIntegral(from)) {
      return integral(text, (Simple) from, to, place);
    }
    if (from instanceof Decimal decimal) {
      return decimal(text, decimal, to, place);
    }
    if (from == Simple.FLOAT && to == Simple.DOUBLE) {
      return TrinoText.cast(text, to, place);
    }
    if (from == Simple.BOOLEAN && (isIntegral(to) || to == Simple.STRING)) {
      return TrinoText.cast(text, to, place);
    }
    if (from == Simple.DATE && to == Simple.STRING) {
      return Guard.unless(
          text + " BETWEEN DATE '0001-01-01' AND DATE '9999-12-31' OR " + text + " IS NULL",
          TrinoText.cast(text, to, place),
          TrinoText.type(to, place),
          "a date as text");
    }
    throw refused(from, to, place);
  }

  private static String integral(String text, Simple from, DataType to, Place place) {
    if (isIntegral(to) || to == Simple.DOUBLE || to == Simple.STRING) {
      return TrinoText.cast(text, to, place);
    }
    if (to instanceof Decimal decimal) {
      boolean fits = DecimalTypes.integerDigits(decimal) >= digitsOf(from);
      return cast(fits, text, to, place);
    }
    throw refused(from, to, place);
  }

  private static String decimal(String text, Decimal from, DataType to, Place place) {
    if (to instanceof Decimal wider) {
      boolean fits =
          DecimalTypes.integerDigits(wider) >= DecimalTypes.integerDigits(from)
              && wider.scale() >= from.scale();
      return cast(fits, text, to, place);
    }
    if (to == Simple.DOUBLE) {
      // Through text it is rounded once, whatever its digits.
      return from.precision() <= EXACT_IN_DOUBLE
          ? TrinoText.cast(text, to, place)
          : TrinoText.cast(TrinoText.cast(text, Simple.STRING, place), to, place);
    }
    if (isIntegral(to)) {
      return TrinoText.cast("truncate(" + text + ")", to, place);
    }
    if (to == Simple.STRING && from.scale() <= PLAIN_SCALE) {
      return TrinoText.cast(text, to, place);
    }
    throw refused(from, to, place);
  }

  /** A cast that always fits, or gives NULL where it does not. */
  private static String cast(boolean fits, String text, DataType to, Place place) {
    return (fits ? "CAST(" : "TRY_CAST(") + text + " AS " + TrinoText.type(to, place) + ")";
  }

  static boolean isIntegral(DataType type) {
    return type instanceof Simple simple && INTEGRAL.contains(simple);
  }

  static boolean isFloating(DataType type) {
    return type == Simple.DOUBLE || type == Simple.FLOAT;
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
