// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.answer;

import io.kitsune.catalog.Column;
import io.kitsune.engine.ResultCursor;
import java.util.List;

/** An answer read forwards. */
public final class AnswerCursor implements ResultCursor.Rows {
  private final Answer answer;
  private int position;

  /** Stands before the first row. */
  public AnswerCursor(Answer answer) {
    this.answer = answer;
  }

  @Override
  public List<Column> columns() {
    return answer.columns();
  }

  @Override
  public List<List<Object>> next(int limit) {
    int end = (int) Math.min(answer.rows().size(), (long) position + limit);
    List<List<Object>> rows = answer.rows().subList(position, end);
    position = end;
    return rows;
  }

  @Override
  public void close() {
    // Rows in memory.
  }
}
