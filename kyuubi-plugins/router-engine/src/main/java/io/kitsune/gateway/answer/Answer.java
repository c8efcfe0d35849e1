// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.answer;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A result made by the gateway itself. Immutable.
 *
 * @param columns labels and types
 * @param rows boxed Java values or nulls, as many in each row as there are columns
 */
public record Answer(List<Column> columns, List<List<Object>> rows) {
  public Answer {
    columns = List.copyOf(columns);
    rows = List.copyOf(rows);
    for (List<Object> row : rows) {
      if (row.size() != columns.size()) {
        throw new IllegalArgumentException(
            "a row of %d values for %d columns".formatted(row.size(), columns.size()));
      }
    }
  }

  /** A row; unlike {@code List.of} it takes nulls. */
  public static List<Object> row(Object... values) {
    return Collections.unmodifiableList(new ArrayList<>(Arrays.asList(values)));
  }

  /** Columns of type STRING, nullable. */
  public static List<Column> strings(String... labels) {
    return Stream.of(labels).map(label -> Column.of(label, DataType.Simple.STRING)).toList();
  }

  /**
   * No rows, and the one column that Spark's Thrift server shows for a command without a result.
   */
  public static Answer nothing() {
    return new Answer(strings("Result"), List.of());
  }
}
