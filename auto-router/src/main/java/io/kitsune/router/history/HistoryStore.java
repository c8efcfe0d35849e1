// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import io.kitsune.redirection.store.StoreLocation;
import java.time.Clock;
import java.util.List;

/**
 * The statements of an installation, as far back as its retention goes. Several gateways may share
 * one. Thread-safe; every method throws {@link io.kitsune.error.KitsuneException} {@code
 * HISTORY_UNAVAILABLE} (08006) where the database cannot be used within its time limit.
 */
public interface HistoryStore extends AutoCloseable {

  /** Opens the store, creating or upgrading its tables. */
  static HistoryStore open(StoreLocation location) {
    return JdbcHistoryStore.open(location, Clock.systemUTC());
  }

  /** Adds entries, in order. */
  void append(List<HistoryEntry> entries);

  /** Forgets what the retention does not cover; returns how many entries that were. */
  long forget(HistoryRetention retention);

  /** Entries that fit, newest first. */
  List<HistoryEntry> list(HistoryFilter filter);

  /** Of the newest so many entries those that came to their end in a warm engine, oldest first. */
  List<HistoryEntry> runs(int newest);

  /** Closes the database. Idempotent. */
  @Override
  void close();
}
