// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus.State;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EngineFleetTest {
  private static final long GIGABYTE = 1L << 30;

  private final SettableClock clock = new SettableClock();
  private final ScriptedLauncher trino =
      new ScriptedLauncher(Engine.TRINO, State.READY, 2 * GIGABYTE);
  private final ScriptedLauncher spark =
      new ScriptedLauncher(Engine.SPARK, State.COLD, 2 * GIGABYTE);
  private final ScriptedLauncher flink = new ScriptedLauncher(Engine.FLINK, State.READY, GIGABYTE);

  private EngineFleet fleet(long memory) {
    return fleet(memory, trino, spark, flink);
  }

  private EngineFleet fleet(long memory, ScriptedLauncher... launchers) {
    List<WatchedEngine> engines =
        Stream.of(launchers)
            .map(
                launcher ->
                    new WatchedEngine(
                        launcher, EngineLimits.DEFAULT, BreakerSettings.DEFAULT, clock))
            .toList();
    return new EngineFleet(engines, memory);
  }

  private void use(EngineFleet fleet, Engine engine) throws InterruptedException {
    clock.advance(Duration.ofSeconds(1));
    fleet.admit(engine, "ann", new PatientWaiting()).orElseThrow().close();
  }

  @Test
  void whatFitsStaysUp() throws Exception {
    try (EngineFleet fleet = fleet(5 * GIGABYTE)) {
      use(fleet, Engine.SPARK);

      assertThat(trino.state).isEqualTo(State.READY);
      assertThat(flink.state).isEqualTo(State.READY);
    }
  }

  @Test
  void theOneUsedLeastRecentlyMakesRoom() throws Exception {
    try (EngineFleet fleet = fleet(4 * GIGABYTE)) {
      use(fleet, Engine.TRINO);
      use(fleet, Engine.FLINK);
      PatientWaiting waiting = new PatientWaiting();
      fleet.admit(Engine.SPARK, "ann", waiting).orElseThrow().close();

      assertThat(trino.state).isEqualTo(State.COLD);
      assertThat(flink.state).isEqualTo(State.READY);
      assertThat(waiting.line)
          .isEqualTo("stopping trino, in which nothing runs, to make room for spark");
    }
  }

  @Test
  void anEngineInUseIsNotStopped() throws Exception {
    try (EngineFleet fleet = fleet(4 * GIGABYTE);
        Turn turn = fleet.admit(Engine.TRINO, "ann", new PatientWaiting()).orElseThrow()) {
      turn.ran();
      use(fleet, Engine.FLINK);
      use(fleet, Engine.SPARK);

      assertThat(trino.state).isEqualTo(State.READY);
      assertThat(flink.state).isEqualTo(State.COLD);
    }
  }

  @Test
  void whereThereIsNoRoomTheErrorSaysWhoTakesIt() throws Exception {
    try (EngineFleet fleet = fleet(3 * GIGABYTE);
        Turn unused = fleet.admit(Engine.TRINO, "ann", new PatientWaiting()).orElseThrow()) {
      assertThatThrownBy(() -> use(fleet, Engine.SPARK))
          .isInstanceOfSatisfying(
              KitsuneException.class, refused -> assertThat(refused.sqlState()).isEqualTo("53200"))
          .hasMessageContainingAll("spark", "trino", "kitsune.engines.memory", "3072 MB");
      assertThat(trino.state).isEqualTo(State.READY);
    }
  }

  @Test
  void aloneAnEngineMayBeLargerThanTheBudget() throws Exception {
    try (EngineFleet fleet = fleet(GIGABYTE)) {
      use(fleet, Engine.SPARK);

      assertThat(trino.state).isEqualTo(State.COLD);
      assertThat(flink.state).isEqualTo(State.COLD);
    }
  }

  @Test
  void duckDbWhichIsAlwaysThereKeepsNoEngineFromStarting() throws Exception {
    ScriptedLauncher duckDb = new ScriptedLauncher(Engine.DUCKDB, State.READY, GIGABYTE);
    try (EngineFleet fleet = fleet(GIGABYTE, duckDb, spark)) {
      use(fleet, Engine.SPARK);

      assertThat(duckDb.stops).isZero();
    }
  }

  @Test
  void anEngineThatIsNotThereIsNamed() {
    try (EngineFleet fleet = fleet(GIGABYTE)) {
      assertThatThrownBy(() -> use(fleet, Engine.DUCKDB))
          .isInstanceOf(KitsuneException.class)
          .hasMessageContaining("duckdb");
    }
  }
}
