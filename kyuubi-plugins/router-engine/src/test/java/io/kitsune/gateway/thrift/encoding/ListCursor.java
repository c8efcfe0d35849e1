// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.catalog.Column;
import io.kitsune.engine.ResultCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;

/** Rows out of memory. */
final class ListCursor implements ResultCursor.Rows {
  private final List<Column> columns;
  private final Queue<List<Object>> rows;

  ListCursor(List<Column> columns, List<List<Object>> rows) {
    this.columns = columns;
    this.rows = new ArrayDeque<>(rows);
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public List<List<Object>> next(int limit) {
    List<List<Object>> next = new ArrayList<>();
    while (!rows.isEmpty() && next.size() < limit) {
      next.add(rows.poll());
    }
    return next;
  }

  @Override
  public void close() {
    rows.clear();
  }
}
