// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.kitsune.catalog.TableName;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/**
 * What was asked about tables, kept for a time to live if there is one. Thread-safe; bounded by the
 * number of entries (files, partitions) in all the answers.
 */
final class TableCache<V> {
  private static final long MAXIMUM_ENTRIES = 200_000;

  private final boolean keeps;
  private final Cache<Key, V> cache;

  /**
   * An empty cache.
   *
   * @param timeToLive zero keeps nothing
   * @param entries how many entries an answer has
   */
  TableCache(Duration timeToLive, ToIntFunction<V> entries) {
    requireNonNull(entries, "entries");
    this.keeps = !timeToLive.isZero();
    this.cache =
        Caffeine.newBuilder()
            .expireAfterWrite(timeToLive)
            .maximumWeight(MAXIMUM_ENTRIES)
            .weigher((Key key, V answer) -> 1 + entries.applyAsInt(answer))
            .build();
  }

  private record Key(TableName table, Object question) {}

  /** What was answered to an equal question about the table, or is now. */
  V get(TableName table, Object question, Supplier<V> answer) {
    return keeps ? cache.get(new Key(table, question), key -> answer.get()) : answer.get();
  }

  void forget(TableName table) {
    cache.asMap().keySet().removeIf(key -> key.table().equals(table));
  }
}
