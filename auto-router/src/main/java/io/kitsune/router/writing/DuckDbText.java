// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Decimal;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;

/** The small pieces of DuckDB's SQL: strings, types, paths. */
public final class DuckDbText {
  /** DuckDB's SQL, for the writer of queries. */
  public static final Dialect DIALECT =
      new Dialect() {
        @Override
        public String type(DataType type, Place place) {
          return DuckDbText.type(type, place);
        }

        @Override
        public SemiJoins semiJoins() {
          return SemiJoins.KEYWORD;
        }
      };

  private DuckDbText() {}

  /** A quoted identifier. */
  public static String identifier(String name) {
    return Dialect.identifier(name);
  }

  /** A string literal. */
  public static String string(String value) {
    if (value.indexOf('\0') >= 0) {
      throw new Refusal("a string literal", Place.NONE, "It holds a zero character.");
    }
    return "'" + value.replace("'", "''") + "'";
  }

  /** A path literal that names one file: glob characters stand for themselves. */
  static String path(String path) {
    StringBuilder escaped = new StringBuilder(path.length());
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      if (c == '[' || c == '*' || c == '?') {
        escaped.append('[').append(c).append(']');
      } else {
        escaped.append(c);
      }
    }
    return string(escaped.toString());
  }

  /**
   * The type's name in DuckDB.
   *
   * @throws Refusal for types that are not known to hold the same values
   */
  public static String type(DataType type, Place place) {
    if (type instanceof Decimal decimal) {
      return "DECIMAL(" + decimal.precision() + "," + decimal.scale() + ")";
    }
    if (type instanceof Simple simple) {
      switch (simple) {
        case BOOLEAN, TINYINT, SMALLINT, BIGINT, FLOAT, DOUBLE, DATE:
          return simple.name();
        case INT:
          return "INTEGER";
        case STRING:
          return "VARCHAR";
        case TIMESTAMP:
          return "TIMESTAMPTZ";
        case TIMESTAMP_NTZ:
          return "TIMESTAMP";
        case BINARY:
          return "BLOB";
        default:
          break;
      }
    }
    throw new Refusal("type " + type.sql(), place, "The type is not known to be the same.");
  }

  /** {@code CAST(text AS type)}. */
  public static String cast(String text, DataType type, Place place) {
    return "CAST(" + text + " AS " + type(type, place) + ")";
  }
}
