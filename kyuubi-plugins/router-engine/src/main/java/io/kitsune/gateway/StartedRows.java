// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Column;
import io.kitsune.engine.ResultCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/** Rows of which the first are already there; as {@link StartedBatches}. */
final class StartedRows implements ResultCursor.Rows {
  private static final int FIRST_ROWS = 1_000;

  private final ResultCursor.Rows rows;
  private final ArrayDeque<List<Object>> ready;

  /** Waits for the first rows. */
  StartedRows(ResultCursor.Rows rows) {
    this.rows = rows;
    this.ready = new ArrayDeque<>(rows.next(FIRST_ROWS));
  }

  @Override
  public List<Column> columns() {
    return rows.columns();
  }

  @Override
  public List<List<Object>> next(int limit) {
    if (ready.isEmpty()) {
      return rows.next(limit);
    }
    List<List<Object>> next = new ArrayList<>();
    while (next.size() < limit && !ready.isEmpty()) {
      next.add(ready.removeFirst());
    }
    return next;
  }

  @Override
  public void close() {
    rows.close();
  }
}
