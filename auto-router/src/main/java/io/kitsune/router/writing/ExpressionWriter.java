// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import io.kitsune.catalog.DataType;
import io.kitsune.router.analysis.Expression;
import io.kitsune.router.analysis.Field;
import io.kitsune.router.analysis.TypedQuery;
import java.util.List;

/** Writes expressions so that they mean what Spark means. */
public interface ExpressionWriter {
  /**
   * The expression in the engine's SQL, of exactly the engine's type for Spark's, in parentheses
   * where it needs them.
   *
   * @throws io.kitsune.router.analysis.Refusal if it is on no list
   */
  String write(Expression expression, Names names);

  /** A value that equal values of the type share: of a DOUBLE, one zero. */
  String canonical(String text, DataType type);

  /**
   * The keys by which values of the type sort as Spark sorts them, all in the direction asked for.
   */
  default List<String> sortKeys(String text, DataType type) {
    return List.of(text);
  }

  /** What the text around the expression knows. */
  interface Names {
    /** The column by its qualified name. */
    String column(Field field);

    /** The query without parentheses; its columns are of the given type if one is asked for. */
    String subquery(TypedQuery query);

    /** As {@link #subquery}, its only column cast. */
    String subquery(TypedQuery query, DataType type);
  }
}
