// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.time.Clock;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines of a gateway. Looks at each every few seconds, so that one that died is noticed when
 * nobody uses it. Thread-safe; the launchers are their maker's.
 */
public final class EngineFleet implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EngineFleet.class);
  private static final long LOOK_SECONDS = 2;

  private final Map<Engine, WatchedEngine> engines = new EnumMap<>(Engine.class);
  private final MemoryBudget memory;
  private final ScheduledThreadPoolExecutor look =
      new ScheduledThreadPoolExecutor(
          1,
          task -> {
            Thread thread = new Thread(task, "engine-look");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * A fleet.
   *
   * @param memoryBytes what those on this machine may take together
   */
  public EngineFleet(List<WatchedEngine> engines, long memoryBytes) {
    engines.forEach(engine -> this.engines.put(engine.engine(), engine));
    this.memory = new MemoryBudget(memoryBytes, engines);
    var unused =
        look.scheduleWithFixedDelay(this::lookAtEach, LOOK_SECONDS, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  /** A fleet of these engines with the usual limits, and memory without bounds. */
  public static EngineFleet of(Collection<? extends EngineLauncher> launchers) {
    return new EngineFleet(
        launchers.stream()
            .map(
                launcher ->
                    new WatchedEngine(
                        launcher, EngineLimits.DEFAULT, BreakerSettings.DEFAULT, Clock.systemUTC()))
            .toList(),
        Long.MAX_VALUE);
  }

  private void lookAtEach() {
    try {
      // Takes note of what changed.
      statuses();
    } catch (RuntimeException e) {
      // The next look must come all the same.
      LOG.warn("The state of the engines could not be determined", e);
    }
  }

  /** How each is now. */
  public List<EngineStatus> statuses() {
    return engines.values().stream().map(WatchedEngine::status).toList();
  }

  /** Everything that is known of each. */
  public List<EngineReport> reports() {
    return engines.values().stream().map(WatchedEngine::report).toList();
  }

  /**
   * Everything that is known of that one.
   *
   * @throws KitsuneException {@code ENGINE_NOT_CONFIGURED} (0A000)
   */
  public EngineReport report(Engine engine) {
    return watched(engine).report();
  }

  /**
   * The engine's launcher.
   *
   * @throws KitsuneException {@code ENGINE_NOT_CONFIGURED} (0A000)
   */
  public EngineLauncher launcher(Engine engine) {
    return watched(engine).launcher();
  }

  private WatchedEngine watched(Engine engine) {
    WatchedEngine watched = engines.get(engine);
    if (watched == null) {
      throw new KitsuneException(
          "ENGINE_NOT_CONFIGURED",
          "0A000",
          "The engine %s is not configured in this gateway.".formatted(engine.id()));
    }
    return watched;
  }

  /**
   * Waits until a statement of that user may run in that engine, and has memory made free for it if
   * it has to be started.
   *
   * @return its turn; empty if it was abandoned while it waited
   * @throws KitsuneException {@code ENGINE_NOT_CONFIGURED} (0A000), {@code ENGINE_BUSY} (53300),
   *     {@code ENGINE_NOT_TAKING} (57P03) or {@code ENGINE_NO_MEMORY} (53200)
   */
  public Optional<Turn> admit(Engine engine, String user, Waiting waiting)
      throws InterruptedException {
    WatchedEngine watched = watched(engine);
    Optional<Turn> turn = watched.admit(user, waiting);
    if (turn.isPresent() && watched.launcher().status().state() == State.COLD) {
      try {
        memory.makeRoom(watched, waiting);
      } catch (KitsuneException e) {
        turn.get().close();
        throw e;
      }
    }
    return turn;
  }

  /** Stops looking; the engines are their maker's to stop. */
  @Override
  public void close() {
    look.shutdownNow();
  }
}
