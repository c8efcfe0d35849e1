// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.analysis;

import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/** Items of an ORDER BY: without NULLS, Spark puts them first ascending and last descending. */
final class SortKeys {
  private SortKeys() {}

  static SortKey of(SqlNode item, Function<SqlNode, Expression> expressions) {
    SqlNode inner = item;
    SqlKind nulls = inner.getKind();
    boolean nullsWritten = nulls == SqlKind.NULLS_FIRST || nulls == SqlKind.NULLS_LAST;
    if (nullsWritten) {
      inner = ((SqlCall) inner).operand(0);
    }
    boolean descending = inner.getKind() == SqlKind.DESCENDING;
    if (descending) {
      inner = ((SqlCall) inner).operand(0);
    }
    boolean first = nullsWritten ? nulls == SqlKind.NULLS_FIRST : !descending;
    return new SortKey(
        expressions.apply(inner),
        descending ? SortKey.Direction.DESCENDING : SortKey.Direction.ASCENDING,
        first ? SortKey.Nulls.FIRST : SortKey.Nulls.LAST);
  }

  /** The expression inside a sort item. */
  static SqlNode inner(SqlNode item) {
    SqlNode inner = item;
    while (ExpressionAnalyzer.isSortWrapper(inner)) {
      inner = ((SqlCall) inner).operand(0);
    }
    return inner;
  }
}
