// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.engine.ResultCursor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * A result's pages, one at a time: the next is asked for when the client has taken the rows of the
 * last, and Flink waits with its job until then. The rows of a query that does not end are waited
 * for until some come.
 */
final class FlinkResult implements ResultCursor.Rows {
  /** The column with the kind of change that a row is. */
  static final String CHANGE = "op";

  /** Whether the rows are all there is, or changes to earlier ones. */
  enum Changes {
    /** Rows are only added. */
    APPENDED,
    /** Rows are added, updated and deleted: each says which. */
    SHOWN
  }

  private final FlinkExecution execution;
  private final List<Column> values;
  private final List<Column> columns;
  private final Changes changes;
  private final Deque<JsonNode> rows;
  private Optional<String> next;

  FlinkResult(FlinkExecution execution, ResultPage.Rows first, Changes changes) {
    this.execution = execution;
    this.values = FlinkTypes.columns(first.columns());
    this.changes = changes;
    List<Column> all = new ArrayList<>();
    if (changes == Changes.SHOWN) {
      all.add(Column.of(CHANGE, DataType.Simple.STRING));
    }
    all.addAll(values);
    this.columns = List.copyOf(all);
    this.rows = new ArrayDeque<>(first.rows());
    this.next = first.next();
  }

  @Override
  public List<Column> columns() {
    return columns;
  }

  @Override
  public List<List<Object>> next(int limit) {
    execution.checkFetchable();
    while (rows.isEmpty() && next.isPresent()) {
      ResultPage.Rows page = execution.fetch(next.get());
      rows.addAll(page.rows());
      next = page.next();
    }
    List<List<Object>> batch = new ArrayList<>();
    while (batch.size() < limit && !rows.isEmpty()) {
      batch.add(values(rows.remove()));
    }
    return batch;
  }

  private List<Object> values(JsonNode row) {
    List<Object> result = new ArrayList<>(columns.size());
    if (changes == Changes.SHOWN) {
      result.add(change(row.path("kind").asText()));
    }
    result.addAll(FlinkValues.row(row.path("fields"), values));
    return result;
  }

  private static String change(String kind) {
    return switch (kind) {
      case "INSERT" -> "+I";
      case "UPDATE_BEFORE" -> "-U";
      case "UPDATE_AFTER" -> "+U";
      case "DELETE" -> "-D";
      default -> kind;
    };
  }

  /** Whether all rows were handed over. */
  boolean exhausted() {
    return rows.isEmpty() && next.isEmpty();
  }

  @Override
  public void close() {
    rows.clear();
    next = Optional.empty();
  }
}
