// SPDX-License-Identifier: Apache-2.0
package io.kitsune.redirection.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirections;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every redirection store does, whatever its database. */
abstract class RedirectionStoreContract {
  static final TableName ORDERS = TableName.of("spark_catalog", "sales", "orders");
  static final TableName LAKE_ORDERS = TableName.of("lake", "sales", "orders");
  static final TableName ITEMS = TableName.of("spark_catalog", "sales", "items");
  static final TableName LAKE_ITEMS = TableName.of("lake", "sales", "items");

  private final List<RedirectionStore> opened = new ArrayList<>();
  RedirectionStore store;

  /** The same empty database throughout one test. */
  abstract StoreLocation location();

  @BeforeEach
  void openStore() {
    store = open();
  }

  @AfterEach
  void closeStores() {
    opened.forEach(RedirectionStore::close);
  }

  final RedirectionStore open() {
    RedirectionStore another = RedirectionStore.open(location());
    opened.add(another);
    return another;
  }

  @Test
  void startsEmpty() {
    assertThat(store.list()).isEmpty();
    assertThat(store.find(ORDERS)).isEmpty();
    assertThat(store.history(ORDERS)).isEmpty();
    assertThat(store.current().find(ORDERS)).isEmpty();
  }

  @Test
  void findsWhatWasAdded() {
    RedirectionEntry added = store.add(ORDERS, LAKE_ORDERS, Phase.BRIDGED, "ana");
    assertThat(added.redirection().source()).isEqualTo(ORDERS);
    assertThat(added.redirection().target()).isEqualTo(LAKE_ORDERS);
    assertThat(added.redirection().phase()).isEqualTo(Phase.BRIDGED);
    assertThat(store.find(ORDERS)).contains(added);
    assertThat(store.list()).containsExactly(added);
    assertThat(store.current().find(ORDERS)).contains(added.redirection());
    assertThat(store.current().find(LAKE_ORDERS)).isEmpty();
  }

  @Test
  void comparesSourceNamesWithoutRegardToCase() {
    RedirectionEntry added = store.add(ORDERS, LAKE_ORDERS, Phase.BRIDGED, "ana");
    TableName shouted = TableName.of("SPARK_CATALOG", "Sales", "ORDERS");
    assertThat(store.find(shouted)).contains(added);
    assertThat(store.current().find(shouted)).contains(added.redirection());
    assertThat(store.history(shouted)).hasSize(1);
    assertRefused("REDIRECTION_EXISTS", () -> store.add(shouted, LAKE_ITEMS, Phase.PLANNED, "ana"));
  }

  @Test
  void keepsNamesAsTheyAre() {
    TableName source = TableName.of("spark_catalog", "Sälés `x`", "a.b \"c\"; '--");
    TableName target = new TableName("lake", List.of("eu", "west.1", ""), "Ünïcode 表");
    RedirectionEntry added = store.add(source, target, Phase.MIGRATED, "ana");
    assertThat(open().list()).containsExactly(added);
    // One part with a dot is not two parts.
    assertThat(
            store.find(new TableName("spark_catalog", List.of("Sälés `x`", "a"), "b \"c\"; '--")))
        .isEmpty();
  }

  @Test
  void listsBySourceName() {
    store.add(ORDERS, LAKE_ORDERS, Phase.BRIDGED, "ana");
    store.add(TableName.of("spark_catalog", "sales", "_z"), LAKE_ITEMS, Phase.BRIDGED, "ana");
    store.add(
        TableName.of("spark_catalog", "sales", "Names"),
        TableName.of("lake", "sales", "names"),
        Phase.BRIDGED,
        "ana");
    assertThat(store.list())
        .extracting(entry -> entry.redirection().source().table())
        .containsExactly("_z", "Names", "orders");
  }

  @Test
  void survivesBeingClosed() {
    RedirectionEntry added = store.add(ORDERS, LAKE_ORDERS, Phase.BRIDGED, "ana");
    RedirectionEntry moved = store.changePhase(ORDERS, added.version(), Phase.MIGRATING, "ben");
    store.close();
    RedirectionStore again = open();
    assertThat(again.list()).containsExactly(moved);
    assertThat(again.current().find(ORDERS)).contains(moved.redirection());
    assertThat(again.history(ORDERS)).hasSize(2);
  }

  @Test
  void refusesASecondRedirectionOfASource() {
    store.add(ORDERS, LAKE_ORDERS, Phase.BRIDGED, "ana");
    assertRefused("REDIRECTION_EXISTS", () -> store.add(ORDERS, LAKE_ITEMS, Phase.BRIDGED, "ana"));
  }

  @Test
  void refusesATargetThatIsTaken() {
    store.add(ORDERS, LAKE_ORDERS, Phase.BRIDGED, "ana");
    TableName shouted = TableName.of("lake", "SALES", "Orders");
    assertRefused(
        "REDIRECTION_TARGET_TAKEN", () -> store.add(ITEMS, shouted, Phase.BRIDGED, "ana"));
  }

  @Test
  void refusesChainsAndCircles() {
    store.add(ORDERS, LAKE_ORDERS, Phase.BRIDGED, "ana");
    assertRefused("REDIRECTION_CHAIN", () -> store.add(ITEMS, ORDERS, Phase.BRIDGED, "ana"));
    assertRefused("REDIRECTION_CHAIN", () -> store.add(LAKE_ORDERS, ITEMS, Phase.BRIDGED, "ana"));
    assertRefused("REDIRECTION_CHAIN", () -> store.add(LAKE_ORDERS, ORDERS, Phase.BRIDGED, "ana"));
    assertRefused(
        "REDIRECTION_NAME_INVALID",
        () ->
            store.add(ITEMS, TableName.of("spark_catalog", "SALES", "items"), Phase.BRIDGED, "a"));
    assertThat(store.list()).hasSize(1);
  }

  @Test
  void refusesNamesThatAreTooLong() {
    TableName longest = TableName.of("lake", "sales", "表".repeat(587));
    store.add(ORDERS, longest, Phase.BRIDGED, "ana");
    assertThat(store.current().find(ORDERS).orElseThrow().target()).isEqualTo(longest);
    assertRefused(
        "REDIRECTION_NAME_INVALID",
        () ->
            store.add(
                TableName.of("lake", "sales", "表".repeat(588)), LAKE_ITEMS, Phase.PLANNED, "ana"));
  }

  @Test
  void tellsTheHistory() {
    RedirectionEntry entry = store.add(ORDERS, LAKE_ORDERS, Phase.DISCOVERED, "ana");
    for (Phase phase :
        List.of(
            Phase.PLANNED,
            Phase.BRIDGED,
            Phase.MIGRATING,
            Phase.FAILED,
            Phase.PLANNED,
            Phase.BRIDGED,
            Phase.MIGRATING,
            Phase.VALIDATING,
            Phase.MIGRATED,
            Phase.BRIDGED)) {
      entry = store.changePhase(ORDERS, entry.version(), phase, "ben");
      assertThat(entry.redirection().phase()).isEqualTo(phase);
      assertThat(store.find(ORDERS)).contains(entry);
    }
    store.remove(ORDERS, entry.version(), "eva");
    List<RedirectionChange> history = store.history(ORDERS);
    assertThat(history).hasSize(12);
    assertThat(history.get(0))
        .isInstanceOfSatisfying(
            RedirectionChange.Added.class,
            added -> {
              assertThat(added.target()).isEqualTo(LAKE_ORDERS);
              assertThat(added.phase()).isEqualTo(Phase.DISCOVERED);
              assertThat(added.by()).isEqualTo("ana");
            });
    assertThat(history.get(4))
        .isInstanceOfSatisfying(
            RedirectionChange.Moved.class,
            moved -> {
              assertThat(moved.from()).isEqualTo(Phase.MIGRATING);
              assertThat(moved.to()).isEqualTo(Phase.FAILED);
              assertThat(moved.by()).isEqualTo("ben");
            });
    assertThat(history.get(11))
        .isInstanceOfSatisfying(
            RedirectionChange.Removed.class,
            removed -> {
              assertThat(removed.phase()).isEqualTo(Phase.BRIDGED);
              assertThat(removed.by()).isEqualTo("eva");
            });
    assertThat(history).isSortedAccordingTo((a, b) -> a.at().compareTo(b.at()));
    assertThat(store.find(ORDERS)).isEmpty();
    assertThat(store.current().find(ORDERS)).isEmpty();
  }

  @Test
  void refusesPhasesThatDoNotFollow() {
    for (Phase from : Phase.values()) {
      TableName source = TableName.of("spark_catalog", "phases", from.id());
      RedirectionEntry entry =
          store.add(source, TableName.of("lake", "phases", from.id()), from, "ana");
      for (Phase to : Phase.values()) {
        if (!from.successors().contains(to)) {
          assertRefused(
              "REDIRECTION_PHASE_REFUSED",
              () -> store.changePhase(source, entry.version(), to, "ana"));
        }
      }
      assertThat(store.find(source)).contains(entry);
    }
  }

  @Test
  void removesOnlyWhereNoNameChangesItsMeaning() {
    for (Phase phase : Phase.values()) {
      TableName source = TableName.of("spark_catalog", "phases", phase.id());
      RedirectionEntry entry =
          store.add(source, TableName.of("lake", "phases", phase.id()), phase, "ana");
      if (phase.removable()) {
        store.remove(source, entry.version(), "ana");
        assertThat(store.current().find(source)).isEmpty();
      } else {
        assertRefused(
            "REDIRECTION_PHASE_REFUSED", () -> store.remove(source, entry.version(), "ana"));
        assertThat(store.current().find(source)).isPresent();
      }
    }
  }

  @Test
  void refusesAChangeBasedOnAnOldVersion() {
    RedirectionEntry first = store.add(ORDERS, LAKE_ORDERS, Phase.PLANNED, "ana");
    RedirectionEntry second = open().changePhase(ORDERS, first.version(), Phase.BRIDGED, "ben");
    assertRefused(
        "REDIRECTION_CHANGED",
        () -> store.changePhase(ORDERS, first.version(), Phase.FAILED, "ana"));
    assertRefused("REDIRECTION_CHANGED", () -> store.remove(ORDERS, first.version(), "ana"));
    store.remove(ORDERS, second.version(), "ana");
    assertRefused("REDIRECTION_NOT_FOUND", () -> store.remove(ORDERS, second.version(), "ana"));
    store.add(ORDERS, LAKE_ORDERS, Phase.PLANNED, "ana");
    assertRefused(
        "REDIRECTION_CHANGED",
        () -> store.changePhase(ORDERS, first.version(), Phase.BRIDGED, "ana"));
  }

  @Test
  void refusesAChangeByNobody() {
    assertThatThrownBy(() -> store.add(ORDERS, LAKE_ORDERS, Phase.PLANNED, " "))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void showsAnotherGatewaysChangesWithTheNextStatement() {
    RedirectionStore other = open();
    RedirectionEntry entry = store.add(ORDERS, LAKE_ORDERS, Phase.VALIDATING, "ana");
    assertThat(other.current().find(ORDERS)).contains(entry.redirection());
    RedirectionEntry moved = other.changePhase(ORDERS, entry.version(), Phase.MIGRATED, "ben");
    assertThat(store.current().find(ORDERS)).contains(moved.redirection());
    RedirectionEntry reverted = store.changePhase(ORDERS, moved.version(), Phase.BRIDGED, "ana");
    store.remove(ORDERS, reverted.version(), "ana");
    assertThat(other.current().find(ORDERS)).isEmpty();
  }

  @Test
  void aStatementKeepsTheStateItTook() {
    RedirectionEntry entry = store.add(ORDERS, LAKE_ORDERS, Phase.VALIDATING, "ana");
    Redirections taken = store.current();
    assertThat(store.current()).isSameAs(taken);
    store.changePhase(ORDERS, entry.version(), Phase.MIGRATED, "ana");
    store.add(ITEMS, LAKE_ITEMS, Phase.PLANNED, "ana");
    assertThat(taken.find(ORDERS)).contains(entry.redirection());
    assertThat(taken.find(ITEMS)).isEmpty();
    assertThat(store.current()).isNotSameAs(taken);
  }

  @Test
  void ofManyChangesBasedOnOneVersionOneIsMade() throws Exception {
    RedirectionStore other = open();
    RedirectionEntry entry = store.add(ORDERS, LAKE_ORDERS, Phase.PLANNED, "ana");
    for (int round = 0; round < 5; round++) {
      long version = entry.version();
      Phase next = entry.redirection().phase() == Phase.PLANNED ? Phase.FAILED : Phase.PLANNED;
      List<Callable<RedirectionEntry>> rivals = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        RedirectionStore gateway = i % 2 == 0 ? store : other;
        rivals.add(() -> gateway.changePhase(ORDERS, version, next, "ana"));
      }
      List<RedirectionEntry> winners = race(rivals, "REDIRECTION_CHANGED");
      assertThat(winners).hasSize(1);
      entry = winners.get(0);
    }
    assertThat(store.history(ORDERS)).hasSize(6);
  }

  @Test
  void gatewaysThatAddAtTheSameTimeBuildNoChain() throws Exception {
    RedirectionStore other = open();
    for (int round = 0; round < 5; round++) {
      TableName first = TableName.of("spark_catalog", "race", "a" + round);
      TableName middle = TableName.of("lake", "race", "b" + round);
      TableName last = TableName.of("lake", "race", "c" + round);
      List<RedirectionEntry> winners =
          race(
              List.of(
                  () -> store.add(first, middle, Phase.BRIDGED, "ana"),
                  () -> other.add(middle, last, Phase.BRIDGED, "ben")),
              "REDIRECTION_CHAIN");
      assertThat(winners).hasSize(1);
    }
  }

  /** Runs all at once; the answers of those that were not refused with that code. */
  private static List<RedirectionEntry> race(
      List<? extends Callable<RedirectionEntry>> rivals, String refusal) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(rivals.size());
    try {
      CyclicBarrier start = new CyclicBarrier(rivals.size());
      List<Future<List<RedirectionEntry>>> answers = new ArrayList<>();
      for (Callable<RedirectionEntry> rival : rivals) {
        answers.add(
            executor.submit(
                () -> {
                  start.await(60, TimeUnit.SECONDS);
                  try {
                    return List.of(rival.call());
                  } catch (KitsuneException e) {
                    assertThat(e.code()).as(e.getMessage()).isEqualTo(refusal);
                    return List.of();
                  }
                }));
      }
      List<RedirectionEntry> winners = new ArrayList<>();
      for (Future<List<RedirectionEntry>> answer : answers) {
        winners.addAll(answer.get(30, TimeUnit.SECONDS));
      }
      return winners;
    } finally {
      executor.shutdownNow();
    }
  }

  static void assertRefused(String code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            KitsuneException.class, error -> assertThat(error.code()).isEqualTo(code));
  }
}
