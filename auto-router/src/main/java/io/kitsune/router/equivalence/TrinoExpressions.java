// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Aggregate;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.InSubquery;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.TrinoText;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** The allow-list for Trino: every expression that is not written here is refused. Stateless. */
final class TrinoExpressions extends EngineExpressions {
  private static final DateTimeFormatter MICROSECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  private static final LocalDate FIRST_DAY = LocalDate.of(1, 1, 1);
  private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

  TrinoExpressions() {
    super(TrinoText.DIALECT);
  }

  @Override
  public String canonical(String text, DataType type) {
    // -0.0 and 0.0 are one group; Spark shows it as 0.0.
    return TrinoCasts.isFloating(type)
        ? "(" + text + " + " + TrinoText.cast("0", type, Place.NONE) + ")"
        : text;
  }

  @Override
  public List<String> sortKeys(String text, DataType type) {
    // NaN is the largest number in Spark; in Trino it stands where NULLs stand.
    return TrinoCasts.isFloating(type) ? List.of("is_nan(" + text + ")", text) : List.of(text);
  }

  @Override
  String partitionKey(String text, DataType type) {
    return canonical(text, type);
  }

  @Override
  String cast(String text, DataType from, DataType to, Place place) {
    return TrinoCasts.write(text, from, to, place);
  }

  @Override
  String call(Call call, List<String> arguments) {
    return TrinoFunctions.write(call, arguments);
  }

  @Override
  String aggregate(Aggregate aggregate, String argument, String over) {
    boolean distinct = aggregate.quantifier() == Aggregate.Quantifier.DISTINCT;
    String values = distinct ? canonical(argument, aggregate.arguments().get(0).type()) : argument;
    return TrinoAggregates.write(aggregate, values, over);
  }

  @Override
  void requireComparable(InSubquery in) {
    if (TrinoCasts.isFloating(in.comparedAs())) {
      throw new Refusal("IN", in.place(), "NaN equals NaN in Spark and nothing in Trino.");
    }
  }

  @Override
  String literal(Literal literal) {
    DataType type = literal.type();
    Object value = literal.value();
    if (value == null) {
      return type == Simple.VOID ? "NULL" : TrinoText.cast("NULL", type, literal.place());
    }
    if (type == Simple.STRING) {
      return TrinoText.cast(TrinoText.string((String) value), type, literal.place());
    }
    if (type == Simple.BOOLEAN) {
      return (Boolean) value ? "TRUE" : "FALSE";
    }
    if (type == Simple.DATE) {
      return date(literal);
    }
    if (type == Simple.TIMESTAMP) {
      Instant instant = Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS);
      return "TIMESTAMP '" + MICROSECONDS.format(instant) + " UTC'";
    }
    if (type == Simple.INT && (Long) value >= 0) {
      return value.toString();
    }
    if (type == Simple.DOUBLE || TrinoCasts.isIntegral(type)) {
      return TrinoText.cast("'" + value + "'", type, literal.place());
    }
    if (type instanceof Decimal) {
      return TrinoText.cast(
          "'" + ((BigDecimal) value).toPlainString() + "'", type, literal.place());
    }
    throw new Refusal(
        "a literal of type " + type.sql(), literal.place(), "It is not known to mean the same.");
  }

  private static String date(Literal literal) {
    LocalDate date = LocalDate.ofEpochDay((Long) literal.value());
    if (date.isBefore(FIRST_DAY) || date.isAfter(LAST_DAY)) {
      throw new Refusal("a date", literal.place(), date + " is outside of the years 1 to 9999.");
    }
    return "DATE '" + date + "'";
  }
}
