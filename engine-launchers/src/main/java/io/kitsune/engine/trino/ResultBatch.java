// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.catalog.Column;
import io.trino.client.ClientTypeSignature;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/** The Arrow batch that a result's rows are written into, over and over. Not thread-safe. */
final class ResultBatch implements AutoCloseable {
  /** As many as DuckDB's batches have. */
  static final int ROWS = 8_192;

  private final BufferAllocator allocator;
  private final VectorSchemaRoot root;
  private final List<ColumnWriter> writers = new ArrayList<>();

  /**
   * An empty one; owns the allocator.
   *
   * @param types what Trino sends, as many as there are columns
   */
  ResultBatch(BufferAllocator allocator, List<Column> columns, List<ClientTypeSignature> types) {
    this.allocator = allocator;
    this.root = VectorSchemaRoot.create(ResultSchema.of(columns), allocator);
    boolean fits = false;
    try {
      for (int i = 0; i < columns.size(); i++) {
        writers.add(ColumnWriter.of(root.getVector(i), columns.get(i), types.get(i)));
      }
      fits = true;
    } finally {
      if (!fits) {
        close();
      }
    }
  }

  /** Replaces its content by the next rows, as many as it takes. */
  VectorSchemaRoot fill(Iterator<List<Object>> rows) {
    root.clear();
    int count = 0;
    while (count < ROWS && rows.hasNext()) {
      List<Object> row = rows.next();
      for (int i = 0; i < writers.size(); i++) {
        writers.get(i).write(count, row.get(i));
      }
      count++;
    }
    root.setRowCount(count);
    return root;
  }

  @Override
  public void close() {
    root.close();
    allocator.close();
  }
}
