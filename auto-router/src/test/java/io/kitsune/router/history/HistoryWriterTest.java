// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class HistoryWriterTest {
  private static final HistoryRetention RETENTION = new HistoryRetention(10, Duration.ofDays(1));

  private final MemoryStore store = new MemoryStore();

  @Test
  void writesInOrderAndBeforeItIsClosed() {
    try (HistoryWriter writer = new HistoryWriter(store, RETENTION, 1_000)) {
      for (int i = 0; i < 700; i++) {
        writer.add(Entries.refused(Entries.MONDAY, "user" + i));
      }
    }
    assertThat(store.entries).hasSize(700);
    assertThat(store.entries.get(699).facts().user()).isEqualTo("user699");
    assertThat(store.closed).isTrue();
  }

  @Test
  void neverWaitsForTheDatabaseAndCountsWhatItDrops() {
    CountDownLatch stuck = new CountDownLatch(1);
    store.stuck = stuck;
    try (HistoryWriter writer = new HistoryWriter(store, RETENTION, 3)) {
      writer.add(Entries.refused(Entries.MONDAY, "first"));
      await().atMost(Duration.ofMinutes(1)).until(() -> store.waiting);
      for (int i = 0; i < 10; i++) {
        writer.add(Entries.refused(Entries.MONDAY, "more"));
      }
      assertThat(writer.dropped()).isEqualTo(7);
      stuck.countDown();
    }
    assertThat(store.entries).hasSize(4);
  }

  @Test
  void outlivesADatabaseThatFails() {
    store.failures = 1;
    try (HistoryWriter writer = new HistoryWriter(store, RETENTION, 10)) {
      writer.add(Entries.refused(Entries.MONDAY, "lost"));
      await().atMost(Duration.ofMinutes(1)).until(() -> writer.dropped() == 1);
      writer.add(Entries.refused(Entries.MONDAY, "kept"));
    }
    assertThat(store.entries).extracting(entry -> entry.facts().user()).containsExactly("kept");
  }

  /** A store in memory that can fail, or hold its caller. */
  private static final class MemoryStore implements HistoryStore {
    private final List<HistoryEntry> entries = new ArrayList<>();
    private CountDownLatch stuck = new CountDownLatch(0);
    private volatile boolean waiting;
    private boolean closed;
    private int failures;

    @Override
    public void append(List<HistoryEntry> more) {
      waiting = true;
      try {
        stuck.await(1, TimeUnit.MINUTES);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (failures-- > 0) {
        throw new KitsuneException("HISTORY_UNAVAILABLE", "08006", "as the test says");
      }
      entries.addAll(more);
    }

    @Override
    public long forget(HistoryRetention retention) {
      return 0;
    }

    @Override
    public List<HistoryEntry> list(HistoryFilter filter) {
      return entries;
    }

    @Override
    public List<HistoryEntry> runs(int newest) {
      return List.of();
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
