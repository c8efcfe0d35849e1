// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What the SQL Gateway answers when it is asked for an operation's rows. */
sealed interface ResultPage {
  /** The operation has not come as far as to have columns. */
  record NotReady() implements ResultPage {}

  /**
   * Rows, perhaps none.
   *
   * @param columns each with {@code name} and {@code logicalType}
   * @param rows each with {@code kind} and {@code fields}
   * @param next where the rows after these are; empty at the end
   * @param job the job that yields them or was started, if any
   * @param query whether it is the result of a query
   */
  record Rows(
      JsonNode columns,
      List<JsonNode> rows,
      Optional<String> next,
      Optional<String> job,
      boolean query)
      implements ResultPage {
    public Rows {
      rows = List.copyOf(rows);
    }
  }
}
