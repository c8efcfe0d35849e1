// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import io.kitsune.catalog.Column;
import io.kitsune.engine.CellReader;
import io.kitsune.engine.ResultCursor;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A statement's open result in DuckDB and everything it was opened on. Not thread-safe: its
 * execution lets in one caller at a time.
 */
final class DuckDbCursor implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbCursor.class);

  /** Four of DuckDB's vectors: measured as fast as larger ones, and small beside a row set. */
  static final int BATCH_ROWS = 8_192;

  private final DuckDBConnection connection;
  private final Statement statement;
  private final ResultSet result;
  private final BufferAllocator allocator;
  private final ArrowReader reader;

  private DuckDbCursor(
      DuckDBConnection connection,
      Statement statement,
      ResultSet result,
      BufferAllocator allocator,
      ArrowReader reader) {
    this.connection = connection;
    this.statement = statement;
    this.result = result;
    this.allocator = allocator;
    this.reader = reader;
  }

  /**
   * Runs a query until its first rows are there. On failure it closes everything, the connection
   * and the allocator included.
   */
  static DuckDbCursor open(
      DuckDBConnection connection,
      Statement statement,
      BufferAllocator allocator,
      String text,
      List<Column> columns)
      throws SQLException, IOException {
    ResultSet result = null;
    ArrowReader reader = null;
    try {
      result = statement.executeQuery(text);
      reader =
          (ArrowReader)
              result.unwrap(DuckDBResultSet.class).arrowExportStream(allocator, BATCH_ROWS);
      // Before the first row, so that a result of the wrong types never looks like a success.
      CellReader.check(reader.getVectorSchemaRoot(), columns);
      return new DuckDbCursor(connection, statement, result, allocator, reader);
    } catch (SQLException | IOException | RuntimeException | Error e) {
      closeAll(reader, result, statement, connection, allocator);
      throw e;
    }
  }

  Optional<VectorSchemaRoot> next() throws IOException {
    while (reader.loadNextBatch()) {
      VectorSchemaRoot batch = reader.getVectorSchemaRoot();
      if (batch.getRowCount() > 0) {
        return Optional.of(batch);
      }
    }
    return Optional.empty();
  }

  @Override
  public void close() {
    closeAll(reader, result, statement, connection, allocator);
  }

  /** In this order: each holds on to those after it. */
  static void closeAll(AutoCloseable... resources) {
    for (AutoCloseable resource : resources) {
      try {
        if (resource != null) {
          resource.close();
        }
      } catch (Exception e) {
        LOG.error("Freeing a result of DuckDB failed", e);
      }
    }
  }

  /** The cursor as its execution hands it out. */
  record View(DuckDbExecution execution, List<Column> columns) implements ResultCursor.Batches {
    @Override
    public Optional<VectorSchemaRoot> next() {
      return execution.next();
    }

    @Override
    public void close() {
      execution.close();
    }
  }
}
