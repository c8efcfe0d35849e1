// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * How an engine is just now, as far as the choice needs to know. Immutable.
 *
 * @param reason why it is so, in words for the user; empty for {@code READY}
 * @param since when it came into that state; the epoch where nobody has watched it
 * @param load what it has to do
 */
public record EngineStatus(Engine engine, State state, String reason, Instant since, Load load) {
  public EngineStatus {
    requireNonNull(engine, "engine");
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
    requireNonNull(since, "since");
    requireNonNull(load, "load");
  }

  /** As an engine says it of itself: nobody has watched it or counted what it does. */
  public EngineStatus(Engine engine, State state, String reason) {
    this(engine, state, reason, Instant.EPOCH, Load.NONE);
  }

  /** States of an engine. */
  public enum State {
    /** Not configured, or it cannot run here. */
    UNAVAILABLE,
    /** Can be started; the first statement pays for it. */
    COLD,
    /** Being started. */
    STARTING,
    /** Answers at once. */
    READY,
    /** Runs as many statements as it may; further ones wait for their turn. */
    BUSY,
    /** Busy, and as many wait as may: it refuses further ones. */
    FULL,
    /** Ends what it runs and takes nothing new. */
    DRAINING,
    /** Failed repeatedly, and is left alone for a while. */
    FAILED;

    /** True if a statement that is sent to it now would be taken, if only after a while. */
    public boolean takesStatements() {
      return switch (this) {
        case COLD, STARTING, READY, BUSY -> true;
        case UNAVAILABLE, FULL, DRAINING, FAILED -> false;
      };
    }

    /** The name as users see it: {@code ready}. */
    public String id() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What an engine has to do.
   *
   * @param running statements that run in it
   * @param queued statements that wait for their turn
   * @param queueTime how long one that comes now would wait for its turn, by what statements took
   *     lately
   * @param failures of the engine itself, not of statements, since the gateway started
   */
  public record Load(int running, int queued, Duration queueTime, long failures) {
    /** Nothing, and nothing has failed. */
    public static final Load NONE = new Load(0, 0, Duration.ZERO, 0);

    public Load {
      requireNonNull(queueTime, "queueTime");
      if (running < 0 || queued < 0 || queueTime.isNegative() || failures < 0) {
        throw new IllegalArgumentException(
            "a load is not negative: %d, %d, %s, %d"
                .formatted(running, queued, queueTime, failures));
      }
    }
  }
}
