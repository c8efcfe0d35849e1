// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Column;
import io.kitsune.engine.ResultCursor;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * Batches of which the first is already there, so that an engine that fails before its first row
 * fails while the statement still runs, and can be made up for.
 */
final class StartedBatches implements ResultCursor.Batches {
  private final ResultCursor.Batches batches;
  private final Optional<VectorSchemaRoot> first;
  private boolean started;

  /** Waits for the first batch. */
  StartedBatches(ResultCursor.Batches batches) {
    this.batches = batches;
    this.first = batches.next();
  }

  @Override
  public List<Column> columns() {
    return batches.columns();
  }

  @Override
  public Optional<VectorSchemaRoot> next() {
    if (started && first.isPresent()) {
      return batches.next();
    }
    started = true;
    return first;
  }

  @Override
  public void close() {
    batches.close();
  }
}
