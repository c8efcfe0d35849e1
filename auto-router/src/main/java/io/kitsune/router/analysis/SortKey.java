// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import static java.util.Objects.requireNonNull;

/** A key of an ORDER BY, with Spark's defaults filled in. */
public record SortKey(Expression expression, Direction direction, Nulls nulls) {
  public SortKey {
    requireNonNull(expression, "expression");
    requireNonNull(direction, "direction");
    requireNonNull(nulls, "nulls");
  }

  /** Which way. */
  public enum Direction {
    ASCENDING,
    DESCENDING
  }

  /** Where NULLs stand. */
  public enum Nulls {
    FIRST,
    LAST
  }
}
