// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * A partition's value, which the Metastore keeps as text, as the value of the column's type that
 * Spark casts it to. Only texts of which the outcome is beyond doubt; {@code 01} is 1 to an INT
 * column and stays {@code 01} to a STRING column.
 */
final class PartitionValue {
  /** Enough for every BIGINT, and short of what BigDecimal takes long to read. */
  private static final int LONGEST_NUMBER = 64;

  private PartitionValue() {}

  /** In Iceberg's form (dates as days); empty where it is not certain what Spark makes of it. */
  static Optional<Object> parse(String text, DataType type) {
    if (type instanceof DataType.Decimal decimal) {
      return decimal(text, decimal);
    }
    if (type instanceof DataType.Varchar varchar) {
      return text.codePointCount(0, text.length()) <= varchar.length()
          ? Optional.of(text)
          : Optional.empty();
    }
    if (!(type instanceof DataType.Simple simple)) {
      return Optional.empty();
    }
    return switch (simple) {
      case STRING -> Optional.of(text);
      case TINYINT -> integer(text, Byte.MIN_VALUE, Byte.MAX_VALUE).map(Long::intValue);
      case SMALLINT -> integer(text, Short.MIN_VALUE, Short.MAX_VALUE).map(Long::intValue);
      case INT -> integer(text, Integer.MIN_VALUE, Integer.MAX_VALUE).map(Long::intValue);
      case BIGINT -> integer(text, Long.MIN_VALUE, Long.MAX_VALUE).map(Object.class::cast);
      case DATE -> date(text);
      case BOOLEAN ->
          switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
          };
      // What a timestamp's text means depends on the session's zone.
      case FLOAT, DOUBLE, BINARY, TIMESTAMP, TIMESTAMP_NTZ, VOID -> Optional.empty();
    };
  }

  private static Optional<Long> integer(String text, long least, long greatest) {
    if (!isPlainNumber(text) || text.indexOf('.') >= 0) {
      return Optional.empty();
    }
    try {
      long value = Long.parseLong(text);
      return value >= least && value <= greatest ? Optional.of(value) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> decimal(String text, DataType.Decimal type) {
    if (!isPlainNumber(text)) {
      return Optional.empty();
    }
    try {
      BigDecimal value = new BigDecimal(text).setScale(type.scale(), RoundingMode.UNNECESSARY);
      return value.precision() <= type.precision() ? Optional.of(value) : Optional.empty();
    } catch (ArithmeticException e) {
      return Optional.empty();
    }
  }

  private static boolean isPlainNumber(String text) {
    int start = text.startsWith("-") ? 1 : 0;
    boolean digits = false;
    boolean point = false;
    for (int i = start; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' && !point && digits && i + 1 < text.length()) {
        point = true;
      } else if (c >= '0' && c <= '9') {
        digits = true;
      } else {
        return false;
      }
    }
    return digits && text.length() <= LONGEST_NUMBER;
  }

  private static Optional<Object> date(String text) {
    if (text.length() != "2024-01-01".length()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Math.toIntExact(LocalDate.parse(text).toEpochDay()));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
