// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchedEngineTest {
  private static final Duration PAUSE = Duration.ofSeconds(5);
  private static final BreakerSettings TWO_FAILURES =
      new BreakerSettings(2, PAUSE, Duration.ofMinutes(1));
  private static final KitsuneException GONE =
      new KitsuneException("ENGINE_GONE", "08006", "Spark ended.\nIts log: …");
  private static final KitsuneException STATEMENT_FAILED =
      new KitsuneException("SPARK_DIVIDE_BY_ZERO", "22012", "[DIVIDE_BY_ZERO] no");
  private static final KitsuneException OUT_OF_MEMORY =
      new KitsuneException("ENGINE_OUT_OF_MEMORY", "53200", "DuckDB ran out of memory.");

  private final SettableClock clock = new SettableClock();
  private final ScriptedLauncher launcher =
      new ScriptedLauncher(Engine.SPARK, State.READY, 1L << 30);
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() throws InterruptedException {
    threads.shutdownNow();
    assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
  }

  private WatchedEngine engine(int running, int queued, int runningOfUser, int queuedOfUser) {
    return engine(
        new EngineLimits(running, queued, runningOfUser, queuedOfUser, Duration.ofMinutes(5)));
  }

  private WatchedEngine engine(EngineLimits limits) {
    return new WatchedEngine(launcher, limits, TWO_FAILURES, clock);
  }

  private static Turn turn(WatchedEngine engine, String user) throws InterruptedException {
    return engine.admit(user, new PatientWaiting()).orElseThrow();
  }

  private static void fail(WatchedEngine engine, KitsuneException reason)
      throws InterruptedException {
    try (Turn turn = turn(engine, "ann")) {
      turn.failed(reason);
    }
  }

  @Test
  void theStateComesWithTheTimeItBegan() throws Exception {
    Instant made = clock.instant();
    WatchedEngine engine = engine(1, 0, 1, 0);
    clock.advance(Duration.ofSeconds(10));
    assertThat(engine.status())
        .extracting(EngineStatus::state, EngineStatus::since)
        .containsExactly(State.READY, made);

    Turn turn = turn(engine, "ann");
    Instant full = clock.instant();
    assertThat(engine.status().state()).isEqualTo(State.FULL);
    clock.advance(Duration.ofSeconds(10));
    assertThat(engine.status().since()).isEqualTo(full);

    turn.close();
    launcher.state = State.COLD;
    assertThat(engine.status())
        .extracting(EngineStatus::state, EngineStatus::reason, EngineStatus::since)
        .containsExactly(State.COLD, "as the test says", clock.instant());
  }

  @Test
  void anEngineIsWarmOnceItHasRunAStatementSinceItCameUp() throws Exception {
    WatchedEngine engine = engine(4, 4, 4, 4);
    assertThat(warm(engine)).isFalse();
    assertThat(warm(engine)).isTrue();

    launcher.state = State.STARTING;
    engine.status();
    assertThat(warm(engine)).isFalse();
    launcher.state = State.READY;
    engine.status();
    // The statement that waited for the start has ended, so it is warm again.
    assertThat(warm(engine)).isTrue();

    launcher.state = State.STARTING;
    engine.status();
    launcher.state = State.READY;
    engine.status();
    assertThat(warm(engine)).isFalse();
  }

  /** Whether a statement that runs to its end finds it warm. */
  private static boolean warm(WatchedEngine engine) throws InterruptedException {
    try (Turn turn = turn(engine, "ann")) {
      turn.ran();
      return turn.warm();
    }
  }

  @Test
  void anEngineThatFailsRepeatedlyIsLeftAloneAndTriedAgain() throws Exception {
    WatchedEngine engine = engine(4, 4, 4, 4);
    fail(engine, GONE);
    assertThat(engine.status().state()).isEqualTo(State.READY);
    clock.advance(Duration.ofSeconds(1));
    fail(engine, GONE);

    assertThat(engine.status().state()).isEqualTo(State.FAILED);
    assertThat(engine.status().reason()).contains("2 times", "Spark ended.").doesNotContain("log");
    assertThat(engine.status().load().failures()).isEqualTo(2);
    assertThat(catchThrowableOfType(KitsuneException.class, () -> turn(engine, "ann")))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("ENGINE_NOT_TAKING"))
        .satisfies(refused -> assertThat(refused.sqlState()).isEqualTo("57P03"))
        .hasMessageContaining("Spark ended");

    clock.advance(PAUSE.plusMillis(1));
    assertThat(engine.status().state()).isEqualTo(State.READY);
    assertThat(engine.status().reason()).contains("on trial");
    try (Turn trial = turn(engine, "ann")) {
      trial.ran();
    }
    assertThat(engine.status())
        .extracting(EngineStatus::state, EngineStatus::reason)
        .containsExactly(State.READY, "");
  }

  @Test
  void aTrialThatFailsDoublesThePause() throws Exception {
    WatchedEngine engine = engine(4, 4, 4, 4);
    fail(engine, GONE);
    clock.advance(Duration.ofSeconds(1));
    fail(engine, GONE);
    clock.advance(PAUSE.plusMillis(1));
    fail(engine, GONE);

    clock.advance(PAUSE.plusMillis(1));
    assertThat(engine.status().state()).isEqualTo(State.FAILED);
    clock.advance(PAUSE.plusMillis(1));
    assertThat(engine.status().state()).isEqualTo(State.READY);
  }

  @Test
  void onlyOneTriesAndTheOthersWaitForIt() throws Exception {
    WatchedEngine engine = engine(4, 4, 4, 4);
    fail(engine, GONE);
    clock.advance(Duration.ofSeconds(1));
    fail(engine, GONE);
    clock.advance(PAUSE.plusMillis(1));

    Turn trial = turn(engine, "ann");
    PatientWaiting waiting = new PatientWaiting();
    CompletableFuture<Turn> second = admit(engine, "ben", waiting);
    waiting.queued.await();
    assertThat(second).isNotDone();

    trial.ran();
    second.get(60, TimeUnit.SECONDS).close();
    trial.close();
  }

  @Test
  void aTrialThatIsAbandonedLetsTheNextOneTry() throws Exception {
    WatchedEngine engine = engine(4, 4, 4, 4);
    fail(engine, GONE);
    clock.advance(Duration.ofSeconds(1));
    fail(engine, GONE);
    clock.advance(PAUSE.plusMillis(1));

    turn(engine, "ann").close();
    try (Turn trial = turn(engine, "ann")) {
      trial.ran();
    }
    assertThat(engine.status().reason()).isEmpty();
  }

  @Test
  void oneDeathCountsOnceHoweverManyStatementsItTook() throws Exception {
    WatchedEngine engine = engine(4, 4, 4, 4);
    List<Turn> turns = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      turns.add(turn(engine, "ann"));
    }
    clock.advance(Duration.ofSeconds(1));
    for (Turn turn : turns) {
      turn.failed(GONE);
      turn.close();
    }

    assertThat(engine.status().load().failures()).isEqualTo(1);
    assertThat(engine.status().state()).isEqualTo(State.READY);
  }

  @Test
  void statementsThatFailAreNoFailureOfTheEngine() throws Exception {
    WatchedEngine engine = engine(4, 4, 4, 4);
    for (int i = 0; i < 10; i++) {
      fail(engine, i % 2 == 0 ? STATEMENT_FAILED : OUT_OF_MEMORY);
    }

    assertThat(engine.status().state()).isEqualTo(State.READY);
    assertThat(engine.status().load()).isEqualTo(EngineStatus.Load.NONE);
  }

  @Test
  void whatIsBeyondTheLimitsIsRefusedWithTheKeyThatSetsThem() throws Exception {
    WatchedEngine engine = engine(1, 1, 1, 1);
    Turn running = turn(engine, "ann");
    assertThat(engine.status().state()).isEqualTo(State.BUSY);
    PatientWaiting waiting = new PatientWaiting();
    CompletableFuture<Turn> queued = admit(engine, "ann", waiting);
    waiting.queued.await();
    assertThat(waiting.line).isEqualTo("waiting for spark: 1 statements run, 0 wait before");
    assertThat(engine.status().state()).isEqualTo(State.FULL);
    assertThat(engine.status().load())
        .extracting(EngineStatus.Load::running, EngineStatus.Load::queued)
        .containsExactly(1, 1);

    assertThat(catchThrowableOfType(KitsuneException.class, () -> turn(engine, "ben")))
        .satisfies(refused -> assertThat(refused.code()).isEqualTo("ENGINE_BUSY"))
        .satisfies(refused -> assertThat(refused.sqlState()).isEqualTo("53300"))
        .hasMessageContaining("kitsune.spark.max-queued");
    assertThat(engine.report().refused()).isEqualTo(1);

    running.close();
    queued.get(60, TimeUnit.SECONDS).close();
    assertThat(engine.status().state()).isEqualTo(State.READY);
  }

  @Test
  void oneUserMayHaveOnlySoManyWaiting() throws Exception {
    WatchedEngine engine = engine(1, 8, 1, 1);
    Turn running = turn(engine, "ann");
    PatientWaiting waiting = new PatientWaiting();
    CompletableFuture<Turn> queued = admit(engine, "ann", waiting);
    waiting.queued.await();

    assertThatThrownBy(() -> turn(engine, "ann"))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("kitsune.spark.max-queued-per-user");

    PatientWaiting other = new PatientWaiting();
    CompletableFuture<Turn> others = admit(engine, "ben", other);
    other.queued.await();
    running.close();
    // Nobody's statement runs: the longest waiting is next.
    queued.get(60, TimeUnit.SECONDS).close();
    others.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void theUserOfWhomFewestRunIsNext() throws Exception {
    WatchedEngine engine = engine(2, 8, 2, 8);
    Turn first = turn(engine, "ann");
    Turn second = turn(engine, "ann");
    List<String> order = new CopyOnWriteArrayList<>();
    PatientWaiting anns = new PatientWaiting();
    CompletableFuture<Turn> third =
        admit(engine, "ann", anns).whenComplete((turn, failure) -> order.add("ann"));
    anns.queued.await();
    PatientWaiting bens = new PatientWaiting();
    CompletableFuture<Turn> fourth =
        admit(engine, "ben", bens).whenComplete((turn, failure) -> order.add("ben"));
    bens.queued.await();

    first.close();
    Turn bensTurn = fourth.get(60, TimeUnit.SECONDS);
    assertThat(order).containsExactly("ben");
    second.close();
    third.get(60, TimeUnit.SECONDS).close();
    bensTurn.close();
  }

  @Test
  void oneUserMayRunOnlySoMany() throws Exception {
    WatchedEngine engine = engine(2, 8, 1, 8);
    Turn first = turn(engine, "ann");
    PatientWaiting waiting = new PatientWaiting();
    CompletableFuture<Turn> second = admit(engine, "ann", waiting);
    waiting.queued.await();

    turn(engine, "ben").close();
    assertThat(second).isNotDone();
    first.close();
    second.get(60, TimeUnit.SECONDS).close();
  }

  @Test
  void whoWaitsTooLongIsRefused() throws Exception {
    WatchedEngine engine = engine(new EngineLimits(1, 8, 1, 8, Duration.ZERO));
    Turn running = turn(engine, "ann");

    assertThatThrownBy(() -> turn(engine, "ben"))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("kitsune.spark.queue-timeout");
    running.close();
    turn(engine, "ben").close();
  }

  @Test
  void whoIsAbandonedWhileWaitingLeavesTheQueue() throws Exception {
    WatchedEngine engine = engine(1, 1, 1, 1);
    Turn running = turn(engine, "ann");
    PatientWaiting waiting = new PatientWaiting();
    CompletableFuture<Optional<Turn>> queued =
        CompletableFuture.supplyAsync(() -> admitOrFail(engine, "ben", waiting), threads);
    waiting.queued.await();

    waiting.abandoned = true;
    assertThat(queued.get(60, TimeUnit.SECONDS)).isEmpty();
    assertThat(engine.status().load().queued()).isZero();
    running.close();
  }

  @Test
  void theExpectedWaitGoesByWhatStatementsTookLately() throws Exception {
    WatchedEngine engine = engine(1, 8, 1, 8);
    assertThat(engine.status().load().queueTime()).isZero();
    try (Turn turn = turn(engine, "ann")) {
      turn.ran();
    }
    try (Turn turn = turn(engine, "ann")) {
      assertThat(engine.status().load().queueTime()).isPositive();
      turn.ran();
      assertThat(engine.status().load().queueTime()).isZero();
    }
    assertThat(engine.report().finished()).isEqualTo(2);
  }

  @Test
  void anEngineIsStoppedOnlyWhenNothingUsesIt() throws Exception {
    WatchedEngine engine = engine(1, 8, 1, 8);
    Turn turn = turn(engine, "ann");
    turn.ran();
    // Its rows are still to be fetched.
    assertThat(engine.stopIfIdle()).isFalse();

    turn.close();
    assertThat(engine.stopIfIdle()).isTrue();
    assertThat(launcher.stops).isEqualTo(1);
    assertThat(engine.status().state()).isEqualTo(State.COLD);
  }

  private CompletableFuture<Turn> admit(WatchedEngine engine, String user, Waiting waiting) {
    return CompletableFuture.supplyAsync(
        () -> admitOrFail(engine, user, waiting).orElseThrow(), threads);
  }

  private static Optional<Turn> admitOrFail(WatchedEngine engine, String user, Waiting waiting) {
    try {
      return engine.admit(user, waiting);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
