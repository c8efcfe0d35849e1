// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.catalog.Column;
import io.kitsune.engine.ExecutionProgress;
import io.kitsune.error.KitsuneException;
import io.trino.client.ClientTypeSignature;
import io.trino.client.QueryStatusInfo;
import io.trino.client.ResultRows;
import io.trino.client.StatementClient;
import io.trino.client.StatementStats;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VectorSchemaRoot;

/**
 * A query in Trino, read page by page: Trino computes ahead by a few pages at most and waits until
 * the next is asked for. One thread reads; {@link #abort} and {@link #progress} may be called by
 * any.
 */
final class TrinoQuery implements AutoCloseable {
  private final StatementClient client;
  private final List<Column> columns;
  private Iterator<List<Object>> rows = Collections.emptyIterator();
  private boolean unread = true;
  private ResultBatch batch;
  private volatile ExecutionProgress progress = ExecutionProgress.UNKNOWN;

  /**
   * A query that Trino has been given.
   *
   * @param columns what it should yield
   */
  TrinoQuery(StatementClient client, List<Column> columns) {
    this.client = client;
    this.columns = columns;
  }

  /** Trino's name of it. */
  String id() {
    return client.currentStatusInfo().getId();
  }

  /** Where Trino shows it. */
  String place() {
    return String.valueOf(client.currentStatusInfo().getInfoUri());
  }

  /**
   * Runs it until its first rows are there, or until it has ended without any.
   *
   * @throws KitsuneException Trino's error, or {@code ENGINE_RESULT_TYPE} if it yields other types
   * @throws RuntimeException if Trino can't be reached
   */
  void awaitRows(BufferAllocator allocator) {
    boolean kept = false;
    try {
      boolean found = toRows();
      List<io.trino.client.Column> sent = client.currentStatusInfo().getColumns();
      // After an abort the columns may be missing; nobody will look at the result.
      if (sent != null) {
        check(sent);
        List<ClientTypeSignature> types =
            sent.stream().map(io.trino.client.Column::getTypeSignature).toList();
        batch = new ResultBatch(allocator, columns, types);
        kept = true;
      } else if (found || !client.isClientAborted()) {
        throw wrongColumns(0);
      }
    } finally {
      if (!kept) {
        allocator.close();
      }
    }
  }

  private void check(List<io.trino.client.Column> sent) {
    if (sent.size() != columns.size()) {
      throw wrongColumns(sent.size());
    }
  }

  private KitsuneException wrongColumns(int sent) {
    return new KitsuneException(
        "ENGINE_RESULT_TYPE",
        "XX000",
        "Trino sent %d columns where the statement has %d. This is a fault of Kitsune: please report the statement."
            .formatted(sent, columns.size()));
  }

  /** The next rows, at least one; empty at the end, or after an abort. */
  Optional<VectorSchemaRoot> next() {
    if (batch == null || (!rows.hasNext() && !toRows())) {
      return Optional.empty();
    }
    return Optional.of(batch.fill(rows));
  }

  /** Moves on to a page with rows; false at the end, or after an abort. */
  private boolean toRows() {
    while (client.isRunning()) {
      if (unread) {
        unread = false;
        remember(client.getStats());
        ResultRows page = client.currentRows();
        rows = page.isNull() ? Collections.emptyIterator() : page.iterator();
        if (rows.hasNext()) {
          return true;
        }
      }
      unread = client.advance();
    }
    if (!client.isClientAborted()) {
      QueryStatusInfo end = client.finalStatusInfo();
      remember(end.getStats());
      if (end.getError() != null) {
        throw TrinoErrors.of(end.getError(), end.getId());
      }
    }
    return false;
  }

  private void remember(StatementStats stats) {
    OptionalDouble percentage = stats.getProgressPercentage();
    progress =
        new ExecutionProgress(
            percentage.isPresent()
                ? OptionalDouble.of(Math.max(0, Math.min(1, percentage.getAsDouble() / 100)))
                : OptionalDouble.empty(),
            stage(stats),
            OptionalLong.of(stats.getProcessedRows()),
            OptionalLong.of(stats.getProcessedBytes()));
  }

  private static String stage(StatementStats stats) {
    String state = stats.getState().toLowerCase(Locale.ROOT).replace('_', ' ');
    return stats.getTotalSplits() == 0
        ? state
        : "%s, %d of %d splits"
            .formatted(state, stats.getCompletedSplits(), stats.getTotalSplits());
  }

  ExecutionProgress progress() {
    return progress;
  }

  /** The address whose HEAD tells Trino that the client still lives; empty at the end. */
  Optional<String> pulse() {
    return client.isRunning()
        ? Optional.ofNullable(client.currentStatusInfo().getNextUri()).map(Object::toString)
        : Optional.empty();
  }

  /** Tells Trino to stop it, and whoever waits for rows that there are none. */
  void abort() {
    client.close();
  }

  /** Frees the rows; only when nobody reads. */
  @Override
  public void close() {
    if (batch != null) {
      batch.close();
      batch = null;
    }
    rows = Collections.emptyIterator();
  }
}
