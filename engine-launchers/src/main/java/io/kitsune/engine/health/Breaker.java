// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.core.IntervalFunction;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Leaves an engine alone that failed several times in a row, and after a pause lets one statement
 * try. Failures of one death count once: what began before the failure that was noted last failed
 * with it. Thread-safe.
 */
final class Breaker {
  /** Where it stands. */
  enum State {
    CLOSED,
    OPEN,
    /** One statement may try. */
    TRIAL
  }

  /** A statement that was let through, and says what came of it. */
  record Permit(Instant began, boolean trial) {}

  private final CircuitBreaker breaker;
  private final Clock clock;
  private Instant lastFailure = Instant.MIN;
  private String lastReason = "";
  private long failures;

  Breaker(Engine engine, BreakerSettings settings, Clock clock) {
    this.clock = clock;
    this.breaker =
        CircuitBreaker.of(
            engine.id(),
            CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(settings.failures())
                .minimumNumberOfCalls(settings.failures())
                .failureRateThreshold(100)
                .permittedNumberOfCallsInHalfOpenState(1)
                .waitIntervalFunctionInOpenState(
                    IntervalFunction.ofExponentialBackoff(
                        settings.firstPause(), 2, settings.longestPause()))
                .clock(clock)
                .build());
  }

  synchronized State state() {
    if (breaker.getState() == CircuitBreaker.State.OPEN && breaker.tryAcquirePermission()) {
      // The pause is over, which the breaker only notices when it is asked; nobody tries yet.
      breaker.releasePermission();
    }
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> State.OPEN;
      case HALF_OPEN -> State.TRIAL;
      case CLOSED, DISABLED, METRICS_ONLY -> State.CLOSED;
    };
  }

  /** Lets a statement through, if it may go ahead. */
  synchronized Optional<Permit> begin() {
    return breaker.tryAcquirePermission()
        ? Optional.of(
            new Permit(clock.instant(), breaker.getState() == CircuitBreaker.State.HALF_OPEN))
        : Optional.empty();
  }

  /** The engine did its part, whatever became of the statement. */
  synchronized void succeeded(Permit permit) {
    if (permit.trial() || state() == State.CLOSED) {
      breaker.onSuccess(0, TimeUnit.NANOSECONDS);
    }
  }

  /** Nothing is known of the engine: the statement was given up. */
  synchronized void undecided(Permit permit) {
    if (permit.trial()) {
      breaker.releasePermission();
    }
  }

  /** The engine itself failed. */
  synchronized void failed(Permit permit, KitsuneException reason) {
    if (permit.began().isBefore(lastFailure)) {
      return;
    }
    failures++;
    lastFailure = clock.instant();
    lastReason = reason.getMessage().lines().findFirst().orElse(reason.code());
    breaker.onError(0, TimeUnit.NANOSECONDS, reason);
  }

  /** The first line of the failure that was noted last; empty if there was none. */
  synchronized String lastReason() {
    return lastReason;
  }

  /** How often the engine itself failed. */
  synchronized long failures() {
    return failures;
  }
}
