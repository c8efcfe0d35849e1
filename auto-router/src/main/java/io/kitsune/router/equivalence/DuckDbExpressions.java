// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Expression.Aggregate;
import io.kitsune.router.analysis.Expression.Call;
import io.kitsune.router.analysis.Expression.Literal;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.writing.DuckDbText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/** The allow-list for DuckDB: every expression that is not written here is refused. Stateless. */
final class DuckDbExpressions extends EngineExpressions {
  DuckDbExpressions() {
    super(DuckDbText.DIALECT);
  }

  @Override
  public String canonical(String text, DataType type) {
    // -0.0 and 0.0 are one group; Spark shows it as 0.0.
    return type == Simple.DOUBLE || type == Simple.FLOAT
        ? "(" + text + " + CAST(0 AS " + type.sql() + "))"
        : text;
  }

  @Override
  String cast(String text, DataType from, DataType to, Place place) {
    return DuckDbCasts.write(text, from, to, place);
  }

  @Override
  String call(Call call, List<String> arguments) {
    return DuckDbFunctions.write(call, arguments);
  }

  @Override
  String aggregate(Aggregate aggregate, String argument, String over) {
    return DuckDbAggregates.write(aggregate, argument, over);
  }

  @Override
  String literal(Literal literal) {
    DataType type = literal.type();
    Object value = literal.value();
    if (value == null) {
      return type == Simple.VOID ? "NULL" : DuckDbText.cast("NULL", type, literal.place());
    }
    if (type == Simple.STRING) {
      return DuckDbText.string((String) value);
    }
    if (type == Simple.BOOLEAN) {
      return (Boolean) value ? "TRUE" : "FALSE";
    }
    if (type == Simple.DATE) {
      return "DATE '" + LocalDate.ofEpochDay((Long) value) + "'";
    }
    if (type == Simple.TIMESTAMP) {
      return "make_timestamptz(CAST('" + value + "' AS BIGINT))";
    }
    if (type == Simple.INT && (Long) value >= 0) {
      return value.toString();
    }
    if (type == Simple.DOUBLE || DuckDbCasts.isIntegral(type)) {
      return DuckDbText.cast("'" + value + "'", type, literal.place());
    }
    if (type instanceof Decimal) {
      return DuckDbText.cast(
          "'" + ((BigDecimal) value).toPlainString() + "'", type, literal.place());
    }
    throw new Refusal(
        "a literal of type " + type.sql(), literal.place(), "It is not known to mean the same.");
  }
}
