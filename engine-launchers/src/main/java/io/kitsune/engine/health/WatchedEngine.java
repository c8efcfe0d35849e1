// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.Load;
import io.kitsune.router.EngineStatus.State;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * An engine with what is known of it: who may use it, what it does, how often it failed. Thread-
 * safe. The launcher is its maker's.
 */
public final class WatchedEngine {
  /** The weight of the newest statement in the mean of what statements take. */
  private static final double NEWEST = 0.2;

  private final EngineLauncher launcher;
  private final EngineLimits limits;
  private final Clock clock;
  private final Breaker breaker;
  private final Admission admission;
  private final StateWatch watch;

  private int users;
  private long finished;
  private Duration usual = Duration.ZERO;

  /** How often it had come up when it last ran a statement to its end; none yet if negative. */
  private long provenAtStart = -1;

  private long lastUse;
  private volatile boolean draining;

  /**
   * Watches the engine of that launcher.
   *
   * @param clock tells when a failed engine is tried again
   */
  public WatchedEngine(
      EngineLauncher launcher, EngineLimits limits, BreakerSettings breaker, Clock clock) {
    this.launcher = requireNonNull(launcher, "launcher");
    this.limits = requireNonNull(limits, "limits");
    this.clock = requireNonNull(clock, "clock");
    this.breaker = new Breaker(launcher.engine(), breaker, clock);
    this.admission = new Admission(launcher.engine(), limits, this.breaker, this::refusal);
    this.watch = new StateWatch(launcher.engine(), launcher.status().state(), clock);
    this.lastUse = clock.millis();
  }

  /** Which engine. */
  public Engine engine() {
    return launcher.engine();
  }

  /** Opens sessions in it. */
  public EngineLauncher launcher() {
    return launcher;
  }

  /** How it is now; answered at once, without asking the engine. */
  public EngineStatus status() {
    EngineStatus own = launcher.status();
    Admission.Figures figures = admission.figures();
    State state = state(own.state(), figures);
    String reason = reason(state, own, figures);
    return new EngineStatus(
        own.engine(),
        state,
        reason,
        watch.seen(state, reason),
        new Load(
            figures.running(), figures.queued(), admission.queueTime(usual()), breaker.failures()));
  }

  private State state(State own, Admission.Figures figures) {
    if (own == State.UNAVAILABLE || own == State.FAILED) {
      return own;
    } else if (draining) {
      return State.DRAINING;
    } else if (breaker.state() == Breaker.State.OPEN) {
      return State.FAILED;
    } else if (figures.running() < limits.maxRunning()) {
      return own;
    } else if (figures.queued() >= limits.maxQueued()) {
      return State.FULL;
    }
    return own == State.READY ? State.BUSY : own;
  }

  private String reason(State state, EngineStatus own, Admission.Figures figures) {
    return switch (state) {
      case FAILED ->
          own.state() == State.FAILED
              ? own.reason()
              : "It failed %d times, the last time with: %s It is tried again after a pause."
                  .formatted(breaker.failures(), sentence(breaker.lastReason()));
      case DRAINING -> "It ends what it runs and is stopped then.";
      case BUSY ->
          "%d statements run, all that may, and %d wait"
              .formatted(figures.running(), figures.queued());
      case FULL ->
          "%d statements run and %d wait, all that may."
              .formatted(figures.running(), figures.queued());
      case UNAVAILABLE, COLD, STARTING, READY ->
          breaker.state() == Breaker.State.TRIAL
              ? "on trial, it failed with: " + breaker.lastReason()
              : own.reason();
    };
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  /** Everything that is known of it. */
  public EngineReport report() {
    return new EngineReport(
        status(),
        finished(),
        admission.figures().refused(),
        watch.entered(),
        launcher.memoryUsed());
  }

  /**
   * Waits until a statement of that user may run, fairly among users.
   *
   * @return its turn; empty if it was abandoned while it waited
   * @throws KitsuneException {@code ENGINE_BUSY} (53300) where too many wait or it waited too long,
   *     {@code ENGINE_NOT_TAKING} (57P03) where the engine is failing or being stopped
   */
  public Optional<Turn> admit(String user, Waiting waiting) throws InterruptedException {
    synchronized (this) {
      // Before it is let in: who waits for a turn needs the engine as much as who has one.
      users++;
    }
    Optional<Turn> turn = Optional.empty();
    try {
      turn = admission.enter(user, waiting).map(permit -> new Turn(this, user, permit, warm()));
      return turn;
    } finally {
      if (turn.isEmpty()) {
        left();
      }
    }
  }

  private Optional<KitsuneException> refusal() {
    if (draining) {
      return Optional.of(notTaking("is being stopped to make room for another engine"));
    } else if (breaker.state() == Breaker.State.OPEN) {
      return Optional.of(
          notTaking(
              "failed repeatedly and is left alone for a while; the last time it said: "
                  + breaker.lastReason()));
    }
    return Optional.empty();
  }

  private KitsuneException notTaking(String reason) {
    return new KitsuneException(
        "ENGINE_NOT_TAKING",
        "57P03",
        "%s takes no statement now: it %s Try again later."
            .formatted(engine().id(), sentence(reason)));
  }

  void ended(Turn turn, Optional<Duration> took) {
    admission.leave(turn.user());
    took.ifPresent(
        duration -> {
          breaker.succeeded(turn.permit());
          finished(duration);
        });
  }

  private synchronized void finished(Duration took) {
    finished++;
    provenAtStart = starts();
    usual =
        finished == 1
            ? took
            : Duration.ofNanos((long) (usual.toNanos() * (1 - NEWEST) + took.toNanos() * NEWEST));
  }

  void failed(Turn turn, KitsuneException reason) {
    if (EngineFailure.is(reason)) {
      breaker.failed(turn.permit(), reason);
    } else {
      breaker.succeeded(turn.permit());
    }
  }

  void abandoned(Turn turn) {
    breaker.undecided(turn.permit());
    admission.leave(turn.user());
  }

  /** Whether it takes memory of this machine now, or is about to. */
  synchronized boolean up() {
    return users > 0
        || switch (launcher.status().state()) {
          case STARTING, READY, BUSY, FULL, DRAINING -> true;
          case UNAVAILABLE, COLD, FAILED -> false;
        };
  }

  /** Whether a statement runs in it, waits for it, or has a result open in it. */
  synchronized boolean inUse() {
    return users > 0;
  }

  /** Milliseconds since the epoch. */
  synchronized long lastUse() {
    return lastUse;
  }

  /** Stops it, unless a statement uses it; returns false if it still takes its memory. */
  boolean stopIfIdle() {
    synchronized (this) {
      if (users > 0 || draining) {
        return false;
      }
      draining = true;
    }
    try {
      return launcher.stop();
    } finally {
      synchronized (this) {
        draining = false;
      }
    }
  }

  synchronized void left() {
    users--;
    lastUse = clock.millis();
  }

  private synchronized boolean warm() {
    return launcher.status().state() == State.READY && provenAtStart == starts();
  }

  private long starts() {
    return watch.entered().getOrDefault(State.STARTING, 0L);
  }

  private synchronized long finished() {
    return finished;
  }

  private synchronized Duration usual() {
    return usual;
  }
}
