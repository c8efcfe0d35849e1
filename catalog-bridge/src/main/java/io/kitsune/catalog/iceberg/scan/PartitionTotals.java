// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.util.PartitionSet;

/**
 * How many partitions a snapshot has. A snapshot never changes, so each is counted once.
 * Thread-safe.
 */
final class PartitionTotals {
  private static final long MAXIMUM_SNAPSHOTS = 10_000;

  private final Cache<Key, Long> totals =
      Caffeine.newBuilder().maximumSize(MAXIMUM_SNAPSHOTS).build();

  /** Reads every manifest of the table's snapshot, unless that was done before. */
  long of(IcebergTable table) {
    long snapshotId = table.snapshotId().orElseThrow();
    return totals.get(
        new Key(table.name(), table.metadataLocation(), snapshotId),
        key -> count(table.handle(), key));
  }

  private static long count(Table table, Key key) {
    PartitionSet partitions = PartitionSet.create(table.specs());
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(key.snapshotId()).planFiles()) {
      for (FileScanTask task : tasks) {
        partitions.add(task.file().specId(), task.file().partition());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return partitions.size();
  }

  private record Key(TableName table, String metadataLocation, long snapshotId) {}
}
