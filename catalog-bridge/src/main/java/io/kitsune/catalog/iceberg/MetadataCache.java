// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.function.Supplier;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.StaticTableOperations;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.metrics.MetricsReporter;

/**
 * Tables by the location of their metadata file and the credentials they are read with. Such a file
 * never changes, so an entry never grows stale; it is only dropped when memory is short.
 * Thread-safe.
 */
final class MetadataCache {
  /** Iceberg would otherwise log every scan that is planned. */
  private static final MetricsReporter UNREPORTED = report -> {};

  private static final long MAXIMUM_BYTES = 128L << 20;

  private final Cache<Key, BaseTable> tables;

  MetadataCache() {
    this(MAXIMUM_BYTES);
  }

  MetadataCache(long maximumBytes) {
    this.tables =
        Caffeine.newBuilder()
            .maximumWeight(maximumBytes)
            // Eviction is a few pointers: no need of another thread.
            .executor(Runnable::run)
            .weigher((Key key, BaseTable table) -> weight(table.operations().current()))
            .build();
  }

  /**
   * The table that the metadata file describes, read-only and never refreshed.
   *
   * @param read reads the metadata if it is not kept yet
   */
  BaseTable table(String name, String location, ReadOnlyFileIO io, Supplier<TableMetadata> read) {
    return tables.get(
        new Key(location, io),
        key -> new BaseTable(new StaticTableOperations(read.get(), io), name, UNREPORTED));
  }

  void forgetAll() {
    tables.invalidateAll();
  }

  /**
   * About how many bytes of heap, by counting: a snapshot with its summary and the manifests it
   * remembers once planned, a field, an entry of a log. Only proportion matters.
   */
  static int weight(TableMetadata metadata) {
    long fields = metadata.schemas().stream().mapToLong(s -> s.idToName().size()).sum();
    long bytes =
        4_096
            + 4_096L * metadata.snapshots().size()
            + 400L * fields
            + 200L * (metadata.snapshotLog().size() + metadata.previousFiles().size());
    return (int) Math.min(bytes, Integer.MAX_VALUE);
  }

  /** A FileIO is compared by identity: each has credentials of its own. */
  private record Key(String location, ReadOnlyFileIO io) {}
}
