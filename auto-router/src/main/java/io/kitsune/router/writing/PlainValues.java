// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Texts of values that every reader takes for the same value. */
final class PlainValues {
  private PlainValues() {}

  /** Whether the text is read as the same value by everyone. */
  static boolean isExact(String value, DataType type) {
    if (type == Simple.STRING) {
      return !value.isEmpty();
    }
    if (type == Simple.DATE) {
      return isDate(value);
    }
    if (type instanceof Decimal decimal) {
      return isNumber(value)
          && new BigDecimal(value).scale() <= decimal.scale()
          && new BigDecimal(value).precision() - new BigDecimal(value).scale()
              <= decimal.precision() - decimal.scale();
    }
    long limit =
        type == Simple.TINYINT
            ? Byte.MAX_VALUE
            : type == Simple.SMALLINT
                ? Short.MAX_VALUE
                : type == Simple.INT
                    ? Integer.MAX_VALUE
                    : type == Simple.BIGINT ? Long.MAX_VALUE : -1;
    return limit >= 0
        && isWholeNumber(value)
        && new BigDecimal(value).abs().compareTo(BigDecimal.valueOf(limit)) <= 0;
  }

  /** {@code yyyy-MM-dd}, year 1 to 9999. */
  static boolean isDate(String text) {
    if (text.length() != 10 || text.charAt(4) != '-' || text.startsWith("0000")) {
      return false;
    }
    try {
      return LocalDate.parse(text).toString().equals(text);
    } catch (DateTimeParseException notADate) {
      return false;
    }
  }

  /** Digits with at most a minus before them. */
  static boolean isWholeNumber(String text) {
    String digits = text.startsWith("-") ? text.substring(1) : text;
    return !digits.isEmpty()
        && digits.length() <= 38
        && digits.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /** Digits with at most a minus before them and a point among them. */
  static boolean isNumber(String text) {
    int point = text.indexOf('.');
    return point < 0
        ? isWholeNumber(text)
        : isWholeNumber(text.substring(0, point))
            && isWholeNumber(text.substring(point + 1))
            && text.charAt(point + 1) != '-';
  }
}
