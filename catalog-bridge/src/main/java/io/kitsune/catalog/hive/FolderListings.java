// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.files.FileLocation;
import io.kitsune.catalog.files.FolderContent;
import io.kitsune.catalog.files.FolderLister;
import java.time.Duration;

/**
 * Listings of tables' folders, kept for a time to live if there is one. Thread-safe; bounded by the
 * number of files in all.
 */
final class FolderListings implements AutoCloseable {
  private static final long MAXIMUM_FILES = 200_000;

  private final FolderLister lister;
  private final boolean keeps;
  private final Cache<Key, FolderContent> cache;

  /** A time to live of zero keeps nothing. */
  FolderListings(FolderLister lister, Duration timeToLive) {
    this.lister = requireNonNull(lister, "lister");
    this.keeps = !timeToLive.isZero();
    this.cache =
        Caffeine.newBuilder()
            .expireAfterWrite(timeToLive)
            .maximumWeight(MAXIMUM_FILES)
            .weigher((Key key, FolderContent content) -> 1 + content.files().size())
            .build();
  }

  private record Key(TableName table, FileLocation folder) {}

  FolderContent list(TableName table, FileLocation folder) {
    return !keeps
        ? lister.list(folder)
        : cache.get(new Key(table, folder), key -> lister.list(folder));
  }

  void forget(TableName table) {
    cache.asMap().keySet().removeIf(key -> key.table().equals(table));
  }

  @Override
  public void close() {
    cache.invalidateAll();
    lister.close();
  }
}
