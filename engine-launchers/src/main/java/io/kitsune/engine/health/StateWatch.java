// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus.State;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Since when an engine is as it is, and how often it came to be so. Thread-safe. */
final class StateWatch {
  private static final Logger LOG = LoggerFactory.getLogger(StateWatch.class);

  private final Engine engine;
  private final Clock clock;
  private final Map<State, Long> entered = new EnumMap<>(State.class);
  private State state;
  private Instant since;

  StateWatch(Engine engine, State first, Clock clock) {
    this.engine = engine;
    this.clock = clock;
    this.state = first;
    this.since = clock.instant();
    entered.put(first, 1L);
  }

  /** Takes note of a state, and returns since when it is so. */
  synchronized Instant seen(State now, String reason) {
    if (now != state) {
      log(now, reason);
      state = now;
      since = clock.instant();
      entered.merge(now, 1L, Long::sum);
    }
    return since;
  }

  private void log(State now, String reason) {
    String line = reason.isEmpty() ? "" : ": " + reason;
    if (now == State.FAILED) {
      LOG.warn("{}: {} → {}{}", engine.id(), state.id(), now.id(), line);
    } else if (load(now) && load(state)) {
      LOG.debug("{}: {} → {}{}", engine.id(), state.id(), now.id(), line);
    } else {
      LOG.info("{}: {} → {}{}", engine.id(), state.id(), now.id(), line);
    }
  }

  /** States between which an engine goes to and fro with every statement. */
  private static boolean load(State state) {
    return state == State.READY || state == State.BUSY || state == State.FULL;
  }

  /** How often it came into each state. */
  synchronized Map<State, Long> entered() {
    return Map.copyOf(entered);
  }
}
