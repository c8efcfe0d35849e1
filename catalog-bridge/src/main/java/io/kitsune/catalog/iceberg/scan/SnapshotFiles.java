// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.io.CloseableIterable;

/**
 * The files of snapshots that are not large, with their bounds, read from the manifests once:
 * decoding manifests is most of what planning a small table costs. A snapshot never changes.
 * Thread-safe.
 */
final class SnapshotFiles {
  /** Of the whole, one snapshot may take this part. */
  private static final int LEAST_SNAPSHOTS = 10;

  private final long maximumBounds;
  private final Cache<Key, List<FileScanTask>> snapshots;

  /**
   * @param maximumBounds how many files times columns are kept in all, each some hundred bytes
   */
  SnapshotFiles(long maximumBounds) {
    this.maximumBounds = maximumBounds;
    this.snapshots =
        Caffeine.newBuilder()
            .maximumWeight(maximumBounds)
            .executor(Runnable::run)
            .weigher((Key key, List<FileScanTask> files) -> weight(key.columns(), files.size()))
            .build();
  }

  /**
   * Every file of the snapshot, or empty if there are too many to keep.
   *
   * @param table with a snapshot
   * @param count how many files there are; empty if that is not known
   */
  Optional<List<FileScanTask>> of(IcebergTable table, OptionalLong count) {
    int columns = table.handle().schema().idToName().size();
    if (count.isEmpty()
        || count.getAsLong() > Integer.MAX_VALUE
        || weight(columns, (int) count.getAsLong()) > maximumBounds / LEAST_SNAPSHOTS) {
      return Optional.empty();
    }
    long snapshotId = table.snapshotId().orElseThrow();
    Key key = new Key(table.name(), table.metadataLocation(), snapshotId, columns);
    return Optional.of(snapshots.get(key, wanted -> read(table.handle(), snapshotId)));
  }

  private static List<FileScanTask> read(Table table, long snapshotId) {
    try (CloseableIterable<FileScanTask> tasks =
        table.newScan().useSnapshot(snapshotId).includeColumnStats().planFiles()) {
      List<FileScanTask> files = new ArrayList<>();
      tasks.forEach(files::add);
      return List.copyOf(files);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int weight(int columns, int files) {
    return (int) Math.min(Integer.MAX_VALUE, (columns + 1L) * (files + 1L));
  }

  /** By name too: what one catalog says of a location is nothing to the tables of another. */
  private record Key(TableName table, String metadataLocation, long snapshotId, int columns) {}
}
