// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The memory that the engines on this machine share. Before one is started, idle ones are stopped
 * until it fits, the one that was used least recently first. Thread-safe.
 */
final class MemoryBudget {
  private static final Logger LOG = LoggerFactory.getLogger(MemoryBudget.class);

  private final long bytes;
  private final List<WatchedEngine> engines;

  MemoryBudget(long bytes, List<WatchedEngine> engines) {
    this.bytes = bytes;
    this.engines = List.copyOf(engines);
  }

  /**
   * Makes room for an engine that is about to be started. One that would not fit by itself is
   * started all the same where it is alone but for DuckDB, which is in the gateway and always
   * there: the operator wants it.
   *
   * @param waiting told before an engine is stopped, which takes seconds
   * @throws KitsuneException {@code ENGINE_NO_MEMORY} (53200) if those that are in use leave no
   *     room
   */
  synchronized void makeRoom(WatchedEngine wanted, Waiting waiting) {
    List<WatchedEngine> others =
        engines.stream()
            .filter(engine -> engine != wanted && engine.launcher().memoryNeed() > 0)
            .filter(WatchedEngine::up)
            .sorted(Comparator.comparingLong(WatchedEngine::lastUse))
            .toList();
    long excess =
        wanted.launcher().memoryNeed()
            + others.stream().mapToLong(engine -> engine.launcher().memoryNeed()).sum()
            - bytes;
    for (WatchedEngine engine : others) {
      if (excess > 0 && stopped(engine, wanted, waiting)) {
        LOG.info(
            "Stopped {}, which was idle, to make room for {}", engine.engine(), wanted.engine());
        excess -= engine.launcher().memoryNeed();
      }
    }
    boolean alone =
        others.stream().noneMatch(engine -> engine.engine() != Engine.DUCKDB && engine.up());
    if (excess > 0 && !alone) {
      throw new KitsuneException(
          "ENGINE_NO_MEMORY",
          "53200",
          "%s cannot be started: it needs %d MB, and with %s the engines would take %d MB more than kitsune.engines.memory, %d MB. Wait for their statements, or raise it."
              .formatted(
                  wanted.engine().id(),
                  wanted.launcher().memoryNeed() >> 20,
                  others.stream()
                      .filter(WatchedEngine::up)
                      .map(engine -> engine.engine().id())
                      .collect(Collectors.joining(", ")),
                  excess >> 20,
                  bytes >> 20));
    }
  }

  private static boolean stopped(WatchedEngine engine, WatchedEngine wanted, Waiting waiting) {
    if (engine.inUse() || engine.engine() == Engine.DUCKDB) {
      return false;
    }
    waiting.queued(
        "stopping %s, in which nothing runs, to make room for %s"
            .formatted(engine.engine().id(), wanted.engine().id()));
    return engine.stopIfIdle();
  }
}
