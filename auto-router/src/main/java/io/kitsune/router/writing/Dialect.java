// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.DataType;
import io.kitsune.router.analysis.Place;

/** The small pieces in which the SQL of engines differs. Stateless. */
public interface Dialect {
  /** The type's name in the engine's SQL; refused where it is not known to hold the same values. */
  String type(DataType type, Place place);

  /** How a semi join and an anti join are written. */
  SemiJoins semiJoins();

  /** Forms of semi joins. */
  enum SemiJoins {
    /** {@code a SEMI JOIN b ON …}. */
    KEYWORD,
    /** {@code WHERE EXISTS (SELECT … FROM b WHERE …)}. */
    EXISTS
  }

  /** {@code CAST(text AS type)}. */
  default String cast(String text, DataType type, Place place) {
    return "CAST(" + text + " AS " + type(type, place) + ")";
  }

  /** A quoted identifier, the same in every dialect here. */
  static String identifier(String name) {
    return "\"" + name.replace("\"", "\"\"") + "\"";
  }
}
