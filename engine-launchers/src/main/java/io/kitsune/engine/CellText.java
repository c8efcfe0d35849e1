// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the values of {@link ResultCursor.Rows} as text the way Spark's Thrift server does for the
 * types that the protocol has no form for: dates, timestamps, decimals, and nested values in Hive's
 * JSON-like notation (strings in quotes but not escaped, NULL as {@code null}, entries of a map
 * sorted by their text). The source is Spark 3.5's {@code HiveResult.toHiveString}. Immutable.
 */
public final class CellText {
  private static final DateTimeFormatter DATE = dateFormat().toFormatter(Locale.US);
  private static final DateTimeFormatter TIMESTAMP =
      dateFormat()
          .appendPattern(" HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter(Locale.US)
          .withChronology(IsoChronology.INSTANCE)
          .withResolverStyle(ResolverStyle.STRICT);

  private final ZoneId zone;

  /**
   * With the zone in which TIMESTAMP is shown.
   *
   * @param zone the session's
   */
  public CellText(ZoneId zone) {
    this.zone = requireNonNull(zone, "zone");
  }

  /** A value as it stands alone in a cell; not null. */
  public String of(Object value, DataType type) {
    if (type instanceof DataType.Decimal) {
      return ((BigDecimal) value).toPlainString();
    } else if (type instanceof DataType.Array array) {
      return list((List<?>) value, array);
    } else if (type instanceof DataType.Map map) {
      return map((Map<?, ?>) value, map);
    } else if (type instanceof DataType.Struct struct) {
      return struct((List<?>) value, struct);
    } else if (type instanceof DataType.Simple simple) {
      return switch (simple) {
        case BINARY -> new String((byte[]) value, StandardCharsets.UTF_8);
        case DATE -> DATE.format((LocalDate) value);
        case TIMESTAMP -> TIMESTAMP.format(((Instant) value).atZone(zone));
        case TIMESTAMP_NTZ -> TIMESTAMP.format((LocalDateTime) value);
        case BOOLEAN, TINYINT, SMALLINT, INT, BIGINT, FLOAT, DOUBLE, STRING, VOID ->
            value.toString();
      };
    }
    return value.toString();
  }

  private String nested(Object value, DataType type) {
    if (value == null) {
      return "null";
    }
    boolean text =
        type == DataType.Simple.STRING
            || type instanceof DataType.Char
            || type instanceof DataType.Varchar;
    return text ? "\"" + value + "\"" : of(value, type);
  }

  private String list(List<?> values, DataType.Array type) {
    List<String> texts = new ArrayList<>(values.size());
    values.forEach(value -> texts.add(nested(value, type.element())));
    return "[" + String.join(",", texts) + "]";
  }

  private String map(Map<?, ?> values, DataType.Map type) {
    List<String> texts = new ArrayList<>(values.size());
    values.forEach(
        (key, value) -> texts.add(nested(key, type.key()) + ":" + nested(value, type.value())));
    texts.sort(null);
    return "{" + String.join(",", texts) + "}";
  }

  private String struct(List<?> values, DataType.Struct type) {
    List<String> texts = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      DataType.Field field = type.fields().get(i);
      texts.add("\"" + field.name() + "\":" + nested(values.get(i), field.type()));
    }
    return "{" + String.join(",", texts) + "}";
  }

  private static DateTimeFormatterBuilder dateFormat() {
    return new DateTimeFormatterBuilder()
        .appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
        .appendPattern("-MM-dd");
  }
}
