// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import io.kitsune.error.KitsuneException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A value of a parameter marker, as the literal of Spark SQL that means exactly it.
 *
 * @param literal checked: nothing of a client's stands in it that could be anything but a value
 */
public record Parameter(String literal) {
  /** NULL, of no type. */
  public static final Parameter NULL = new Parameter("NULL");

  private static final int MOST_DIGITS = 38;
  private static final int LONGEST = 200;
  private static final String DECIMAL = "decimal(";

  /** Spark's TIMESTAMP literals, with up to six digits of a fraction. */
  private static final DateTimeFormatter WALL_CLOCK =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
          .toFormatter(Locale.ROOT);

  private static final DateTimeFormatter WITH_OFFSET =
      new DateTimeFormatterBuilder()
          .append(WALL_CLOCK)
          .appendOffset("+HH:MM", "Z")
          .toFormatter(Locale.ROOT);

  /** A BOOLEAN. */
  public static Parameter of(boolean value) {
    return new Parameter(value ? "TRUE" : "FALSE");
  }

  /**
   * A whole number: an INT, a BIGINT or a DECIMAL, as its size wants it.
   *
   * @throws KitsuneException {@code PARAMETER_INVALID} if it has more than 38 digits
   */
  public static Parameter of(BigInteger value) {
    if (value.bitLength() < Integer.SIZE) {
      return new Parameter(value.toString());
    } else if (value.bitLength() < Long.SIZE) {
      return new Parameter(value + "L");
    }
    return decimal(new BigDecimal(value));
  }

  /**
   * A DECIMAL, of as many digits as are written.
   *
   * @throws KitsuneException {@code PARAMETER_INVALID} if it has more than 38 digits
   */
  public static Parameter decimal(BigDecimal value) {
    // Before it is written out: an exponent may ask for a billion zeros.
    if (digits(value) > MOST_DIGITS) {
      throw invalid("%s has more than %d digits.".formatted(value, MOST_DIGITS));
    }
    return new Parameter(value.toPlainString() + "BD");
  }

  private static long digits(BigDecimal value) {
    long whole = Math.max((long) value.precision() - value.scale(), 0);
    return whole + Math.max(value.scale(), 0);
  }

  /**
   * A STRING.
   *
   * @param grammar how the session reads strings
   */
  public static Parameter of(String value, Grammar grammar) {
    boolean plain =
        value
            .chars()
            .noneMatch(c -> c == '\'' || c == '\\' || c == '$' || Character.isISOControl(c));
    if (plain) {
      return new Parameter("'" + value + "'");
    }
    return grammar.rawStrings() ? new Parameter(bytes(value)) : new Parameter(escaped(value));
  }

  /** Where no backslash escapes anything, no quote can stand in a string. */
  private static String bytes(String value) {
    return "CAST(X'%s' AS STRING)"
        .formatted(
            HexFormat.of().withUpperCase().formatHex(value.getBytes(StandardCharsets.UTF_8)));
  }

  private static String escaped(String value) {
    StringBuilder text = new StringBuilder("'");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '\'' || c == '\\') {
        text.append('\\').append(c);
      } else if (c == '$' || Character.isISOControl(c)) {
        // A dollar may begin a variable, which is filled in inside strings too.
        text.append("\\u%04X".formatted((int) c));
      } else {
        text.append(c);
      }
    }
    return text.append('\'').toString();
  }

  /** A BINARY. */
  public static Parameter of(byte[] value) {
    return new Parameter("X'" + HexFormat.of().withUpperCase().formatHex(value) + "'");
  }

  /**
   * A value of a named type, from its text.
   *
   * @param type {@code tinyint}, {@code decimal(10,2)}, {@code timestamp_ntz}… in any case
   * @throws KitsuneException {@code PARAMETER_INVALID} for a type that is not known here, or a text
   *     that is no value of it
   */
  public static Parameter of(String type, String text, Grammar grammar) {
    String name = type.strip().toLowerCase(Locale.ROOT);
    if (!name.equals("string") && text.length() > LONGEST) {
      throw invalid("A text of %d characters is no %s.".formatted(text.length(), name));
    }
    try {
      return switch (name) {
        case "string" -> of(text, grammar);
        case "boolean" -> of(truth(text));
        case "tinyint" -> new Parameter(Byte.parseByte(text) + "Y");
        case "smallint" -> new Parameter(Short.parseShort(text) + "S");
        case "int" -> new Parameter(Integer.toString(Integer.parseInt(text)));
        case "bigint" -> new Parameter(Long.parseLong(text) + "L");
        case "float" -> approximate("FLOAT", text, Float.toString(Float.parseFloat(text)));
        case "double" -> approximate("DOUBLE", text, Double.toString(Double.parseDouble(text)));
        case "decimal" -> decimal(new BigDecimal(text));
        case "date" -> new Parameter("DATE'%s'".formatted(fourDigits(LocalDate.parse(text))));
        case "timestamp" -> new Parameter("TIMESTAMP'%s'".formatted(timestamp(text)));
        case "timestamp_ntz" -> new Parameter("TIMESTAMP_NTZ'%s'".formatted(wallClock(text)));
        default -> decimal(name, text);
      };
    } catch (NumberFormatException | DateTimeException e) {
      throw new KitsuneException(
          "PARAMETER_INVALID", "22023", "'%s' is no %s.".formatted(text, name), e);
    }
  }

  private static boolean truth(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalid("'%s' is neither true nor false.".formatted(text));
    };
  }

  private static Parameter approximate(String type, String text, String value) {
    if (Double.isFinite(Double.parseDouble(value))) {
      return new Parameter(value + type.charAt(0));
    }
    if (!text.equals(value)) {
      throw invalid("%s is too large for %s.".formatted(text, type));
    }
    return new Parameter("CAST('%s' AS %s)".formatted(value, type));
  }

  /** A {@code decimal(p,s)}. */
  private static Parameter decimal(String type, String text) {
    String[] size =
        type.startsWith(DECIMAL) && type.endsWith(")")
            ? type.substring(DECIMAL.length(), type.length() - 1).split(",", -1)
            : new String[0];
    if (size.length != 2) {
      throw invalid(
          "'%s' is no type of a parameter; there are boolean, tinyint, smallint, int, bigint, float, double, decimal(p,s), string, binary, date, timestamp and timestamp_ntz."
              .formatted(type));
    }
    int precision = Integer.parseInt(size[0].strip());
    int scale = Integer.parseInt(size[1].strip());
    if (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision) {
      throw invalid("There is no type %s.".formatted(type));
    }
    BigDecimal value = new BigDecimal(text);
    boolean fits =
        value.stripTrailingZeros().scale() <= scale
            && (long) value.precision() - value.scale() <= precision - scale;
    if (!fits) {
      throw invalid("%s does not fit into %s.".formatted(text, type));
    }
    return new Parameter(
        "CAST(%sBD AS DECIMAL(%d,%d))"
            .formatted(value.setScale(scale).toPlainString(), precision, scale));
  }

  private static String timestamp(String text) {
    String written = text.replace('T', ' ');
    if (written.length() > 10
        && (written.endsWith("Z") || written.indexOf('+') > 0 || written.lastIndexOf('-') > 10)) {
      OffsetDateTime time = OffsetDateTime.parse(written, WITH_OFFSET);
      fourDigits(time.toLocalDate());
      return WITH_OFFSET.format(time);
    }
    return wallClock(text);
  }

  private static String wallClock(String text) {
    LocalDateTime time = LocalDateTime.parse(text.replace('T', ' '), WALL_CLOCK);
    fourDigits(time.toLocalDate());
    return WALL_CLOCK.format(time);
  }

  private static LocalDate fourDigits(LocalDate date) {
    if (date.getYear() < 1 || date.getYear() > 9999) {
      throw new DateTimeException("a year from 1 to 9999: " + date);
    }
    return date;
  }

  private static KitsuneException invalid(String message) {
    return new KitsuneException("PARAMETER_INVALID", "22023", message);
  }
}
