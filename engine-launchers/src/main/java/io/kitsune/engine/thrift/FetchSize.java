// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

/**
 * How many rows to fetch at once so that a row set has about so many bytes, however wide the rows
 * are: few at first, then as many as their width so far allows.
 */
final class FetchSize {
  private static final long FIRST_ROWS = 64;
  private static final long GROWTH = 8;

  private final long maximumRows;
  private final long targetBytes;
  private long rows;

  FetchSize(long maximumRows, long targetBytes) {
    this.maximumRows = maximumRows;
    this.targetBytes = targetBytes;
    this.rows = Math.min(FIRST_ROWS, maximumRows);
  }

  /** How many to fetch where the client asks for that many. */
  synchronized long of(long asked) {
    return Math.max(1, Math.min(asked, rows));
  }

  /** Learns from a row set. */
  synchronized void fetched(long count, long bytes) {
    if (count > 0) {
      long allowed = targetBytes / Math.max(1, bytes / count);
      rows = Math.max(1, Math.min(allowed, Math.min(rows * GROWTH, maximumRows)));
    }
  }
}
