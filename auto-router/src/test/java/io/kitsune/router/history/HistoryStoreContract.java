// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.redirection.store.RedirectionStore;
import io.kitsune.redirection.store.StoreDatabase;
import io.kitsune.redirection.store.StoreLocation;
import io.kitsune.router.Engine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a history keeps, whatever its database. */
abstract class HistoryStoreContract {
  private static final Instant NOW = Entries.MONDAY.plus(Duration.ofHours(5));

  private HistoryStore store;

  abstract StoreLocation location() throws Exception;

  @BeforeEach
  void openStore() throws Exception {
    store = JdbcHistoryStore.open(location(), Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @AfterEach
  void closeStore() {
    if (store != null) {
      store.close();
    }
  }

  @Test
  void keepsEverythingOfAnEntry() {
    HistoryEntry query = Entries.query(Entries.MONDAY, "ann", "00ff00ff00ff00ff");
    HistoryEntry refused = Entries.refused(NOW, "bob");
    store.append(List.of(query, refused));

    List<HistoryEntry> kept = store.list(HistoryFilter.newest(10));

    assertThat(kept)
        .containsExactly(
            Entries.numbered(refused, kept.get(0).id()), Entries.numbered(query, kept.get(1).id()));
    assertThat(kept.get(0).id()).isGreaterThan(kept.get(1).id());
  }

  @Test
  void readsWhatOlderVersionsKept() throws Exception {
    StoreLocation location = location();
    HistoryEntry query = Entries.query(Entries.MONDAY, "ann", "a");
    try (HistoryStore before = HistoryStore.open(location);
        StoreDatabase database = StoreDatabase.open(location, JdbcHistoryStore.SCHEMA)) {
      before.append(List.of(query));
      database.change(
          handle ->
              handle.execute("ALTER TABLE kitsune_history.statement DROP COLUMN failed_attempts")
                  + handle.execute("ALTER TABLE kitsune_history.statement DROP COLUMN run_micros")
                  + handle.execute("ALTER TABLE kitsune_history.statement DROP COLUMN scan_files")
                  + handle.execute("ALTER TABLE kitsune_history.statement DROP COLUMN real_user")
                  + handle.execute("ALTER TABLE kitsune_history.statement DROP COLUMN address")
                  + handle.execute(
                      "DELETE FROM kitsune_history.\"schema_history\""
                          + " WHERE \"version\" IN ('2', '3', '4')"));
    }
    try (HistoryStore after = HistoryStore.open(location)) {
      assertThat(after.list(HistoryFilter.newest(1)))
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.vetoes()).isEqualTo(query.vetoes());
                assertThat(entry.failedAttempts()).isEmpty();
                assertThat(entry.run()).isEmpty();
                assertThat(entry.facts().user()).isEqualTo("ann");
                assertThat(entry.facts().realUser()).isEmpty();
                assertThat(entry.facts().address()).isEmpty();
              });
      after.append(List.of(query));
      assertThat(after.list(HistoryFilter.newest(1)).get(0).failedAttempts())
          .isEqualTo(query.failedAttempts());
    }
  }

  @Test
  void findsTheNewestRunsInWarmEngines() {
    store.append(
        List.of(
            Entries.query(NOW, "old", "a"),
            Entries.query(NOW, "ann", "a"),
            Entries.refused(NOW, "bob"),
            Entries.query(NOW, "eve", "b")));

    assertThat(store.runs(3))
        .extracting(entry -> entry.facts().user())
        .containsExactly("ann", "eve");
  }

  @Test
  void findsByEveryPartOfAFilter() {
    store.append(
        List.of(
            Entries.query(Entries.MONDAY, "ann", "a"),
            Entries.query(NOW, "bob", "b"),
            Entries.refused(NOW, "bob")));

    assertThat(users(new HistoryFilter(2, none(), none(), none(), none())))
        .containsExactly("bob", "bob");
    assertThat(users(new HistoryFilter(9, Optional.of(NOW), none(), none(), none())))
        .containsExactly("bob", "bob");
    assertThat(users(new HistoryFilter(9, none(), Optional.of("ann"), none(), none())))
        .containsExactly("ann");
    assertThat(users(new HistoryFilter(9, none(), none(), Optional.of(Engine.DUCKDB), none())))
        .containsExactly("bob", "ann");
    assertThat(users(new HistoryFilter(9, none(), none(), none(), Optional.of("a"))))
        .containsExactly("ann");
    assertThat(users(new HistoryFilter(9, none(), Optional.of("' OR 1=1"), none(), none())))
        .isEmpty();
  }

  @Test
  void forgetsWhatIsOldAndWhatIsTooMuch() {
    store.append(
        IntStream.range(0, 10)
            .mapToObj(i -> Entries.query(NOW.minus(Duration.ofHours(10 - i)), "user" + i, "a"))
            .toList());

    assertThat(store.forget(new HistoryRetention(10, Duration.ofHours(7)))).isEqualTo(3);
    assertThat(store.forget(new HistoryRetention(2, Duration.ofHours(7)))).isEqualTo(5);
    assertThat(store.forget(new HistoryRetention(2, Duration.ofHours(7)))).isZero();

    assertThat(users(HistoryFilter.newest(99))).containsExactly("user9", "user8");
  }

  @Test
  void cutsWhatIsTooLong() {
    String endless = "x\0".repeat(20_000);
    store.append(List.of(Entries.query(NOW, endless, endless)));

    assertThat(users(HistoryFilter.newest(1)).get(0)).startsWith("x x ").hasSize(256);
  }

  @Test
  void sharesItsDatabaseWithTheRedirections() throws Exception {
    StoreLocation location = location();
    try (HistoryStore other = HistoryStore.open(location);
        RedirectionStore redirections = RedirectionStore.open(location)) {
      other.append(List.of(Entries.refused(NOW, "eve")));
      assertThat(other.list(HistoryFilter.newest(1))).hasSize(1);
      assertThat(redirections.list()).isEmpty();
    }
  }

  private List<String> users(HistoryFilter filter) {
    return store.list(filter).stream().map(entry -> entry.facts().user()).toList();
  }

  private static <T> Optional<T> none() {
    return Optional.empty();
  }
}
