// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;

/** The small pieces of Trino's SQL: strings and types. */
public final class TrinoText {
  /** Trino's SQL, for the writer of queries. */
  public static final Dialect DIALECT =
      new Dialect() {
        @Override
        public String type(DataType type, Place place) {
          return TrinoText.type(type, place);
        }

        @Override
        public SemiJoins semiJoins() {
          return SemiJoins.EXISTS;
        }
      };

  private TrinoText() {}

  /** A string literal. */
  public static String string(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new Refusal("a string literal", Place.NONE, "It holds a zero character.");
    }
    return "'" + value.replace("'", "''") + "'";
  }

  /**
   * The type's name in Trino.
   *
   * @throws Refusal for types that are not known to hold the same values
   */
  public static String type(DataType type, Place place) {
    if (type instanceof Decimal decimal) {
      return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    if (type instanceof Simple simple) {
      switch (simple) {
        case BOOLEAN, TINYINT, SMALLINT, BIGINT, DOUBLE, DATE:
          return simple.name();
        case INT:
          return "INTEGER";
        case FLOAT:
          return "REAL";
        case STRING:
          return "VARCHAR";
        case TIMESTAMP:
          return "TIMESTAMP(6) WITH TIME ZONE";
        default:
          break;
      }
    }
    throw new Refusal("type " + type.sql(), place, "The type is not known to be the same.");
  }

  /** {@code CAST(text AS type)}. */
  public static String cast(String text, DataType type, Place place) {
    return DIALECT.cast(text, type, place);
  }
}
