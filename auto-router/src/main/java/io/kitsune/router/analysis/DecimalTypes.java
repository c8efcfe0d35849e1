// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import java.math.BigDecimal;

/**
 * Spark's rules for the types of decimal results, with {@code
 * spark.sql.decimalOperations.allowPrecisionLoss} at its default, true: where 38 digits do not
 * suffice, digits behind the point are given up, but no more than leave six.
 */
public final class DecimalTypes {
  /** The most digits a decimal has. */
  public static final int MAX_PRECISION = 38;

  private static final int MINIMUM_ADJUSTED_SCALE = 6;

  private DecimalTypes() {}

  /** The type of {@code a + b} and {@code a - b}. */
  static Decimal sum(Decimal a, Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    return adjusted(Math.max(integerDigits(a), integerDigits(b)) + scale + 1, scale);
  }

  /** The type of {@code a * b}. */
  static Decimal product(Decimal a, Decimal b) {
    return adjusted(a.precision() + b.precision() + 1, a.scale() + b.scale());
  }

  /** The type of {@code a / b}. */
  static Decimal quotient(Decimal a, Decimal b) {
    int scale = Math.max(MINIMUM_ADJUSTED_SCALE, a.scale() + b.precision() + 1);
    return adjusted(integerDigits(a) + b.scale() + scale, scale);
  }

  /** The type of {@code a % b}. */
  static Decimal remainder(Decimal a, Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    return adjusted(Math.min(integerDigits(a), integerDigits(b)) + scale, scale);
  }

  /** The type of {@code sum(a)}. */
  static Decimal total(Decimal a) {
    return bounded(a.precision() + 10, a.scale());
  }

  /** The type of {@code avg(a)}. */
  static Decimal average(Decimal a) {
    return bounded(a.precision() + 4, a.scale() + 4);
  }

  /**
   * The type that both are compared, united and chosen in. Where it would need more than 38 digits,
   * Spark gives up digits in front of the point; such a type is refused by whoever casts to it.
   */
  static Decimal wider(Decimal a, Decimal b) {
    int scale = Math.max(a.scale(), b.scale());
    return bounded(Math.max(integerDigits(a), integerDigits(b)) + scale, scale);
  }

  /** The decimal that holds every value of an integral type. */
  static Decimal holding(Simple integral) {
    return switch (integral) {
      case TINYINT -> new Decimal(3, 0);
      case SMALLINT -> new Decimal(5, 0);
      case INT -> new Decimal(10, 0);
      case BIGINT -> new Decimal(20, 0);
      default -> throw new IllegalArgumentException("not an integral type: " + integral);
    };
  }

  /** The narrowest decimal that holds the value. */
  static Decimal holding(BigDecimal value) {
    int scale = Math.max(value.scale(), 0);
    return new Decimal(Math.max(value.setScale(scale).precision(), scale), scale);
  }

  /** Digits in front of the point. */
  public static int integerDigits(Decimal type) {
    return type.precision() - type.scale();
  }

  private static Decimal bounded(int precision, int scale) {
    return new Decimal(Math.min(precision, MAX_PRECISION), Math.min(scale, MAX_PRECISION));
  }

  private static Decimal adjusted(int precision, int scale) {
    if (precision <= MAX_PRECISION) {
      return new Decimal(precision, scale);
    }
    int integerDigits = precision - scale;
    int leastScale = Math.min(scale, MINIMUM_ADJUSTED_SCALE);
    return new Decimal(MAX_PRECISION, Math.max(MAX_PRECISION - integerDigits, leastScale));
  }

  /** Whether the type is a decimal. */
  static boolean isDecimal(DataType type) {
    return type instanceof Decimal;
  }
}
