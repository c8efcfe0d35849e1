// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Whose turn it is in one engine: a bounded number of statements runs, a bounded number waits for a
 * bounded time. The next turn is that of the user of whom the fewest run, and among those of
 * whoever has waited longest: many statements of one user do not keep another's waiting.
 * Thread-safe.
 */
final class Admission {
  /** How often somebody who waits looks whether it is still wanted, and the engine still there. */
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private final Engine engine;
  private final EngineLimits limits;
  private final Breaker breaker;
  private final Supplier<Optional<KitsuneException>> closed;

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Waiter> queue = new ArrayList<>();
  private final Map<String, Integer> runningByUser = new HashMap<>();
  private int running;
  private long refused;

  /**
   * For one engine.
   *
   * @param breaker lets each through that gets a turn
   * @param closed why none may run now, if so
   */
  Admission(
      Engine engine,
      EngineLimits limits,
      Breaker breaker,
      Supplier<Optional<KitsuneException>> closed) {
    this.engine = engine;
    this.limits = limits;
    this.breaker = breaker;
    this.closed = closed;
  }

  /** What runs and waits now, and how many were refused so far. */
  record Figures(int running, int queued, long refused) {}

  Figures figures() {
    lock.lock();
    try {
      return new Figures(running, queue.size(), refused);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a turn, which {@link #leave} ends.
   *
   * @return empty if it was abandoned while it waited
   * @throws KitsuneException {@code ENGINE_BUSY} (53300) if too many wait, or it waited too long;
   *     or why the engine takes nothing
   */
  Optional<Breaker.Permit> enter(String user, Waiting waiting) throws InterruptedException {
    lock.lock();
    try {
      closed.get().ifPresent(Admission::refuse);
      Waiter waiter = new Waiter(user, lock.newCondition());
      queue.add(waiter);
      admit();
      if (waiter.permit.isPresent()) {
        return waiter.permit;
      }
      boolean entered = false;
      try {
        requireRoom(user);
        waiting.queued(
            "waiting for %s: %d statements run, %d wait before"
                .formatted(engine.id(), running, queue.size() - 1));
        entered = await(waiter, waiting);
        return waiter.permit;
      } finally {
        queue.remove(waiter);
        if (!entered) {
          // Its turn may have come as it was interrupted.
          waiter.permit.ifPresent(
              permit -> {
                breaker.undecided(permit);
                leave(user);
              });
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Waiter waiter, Waiting waiting) throws InterruptedException {
    long left = limits.queueTimeout().toNanos();
    while (waiter.permit.isEmpty()) {
      if (waiting.abandoned()) {
        return false;
      }
      closed.get().ifPresent(Admission::refuse);
      if (left <= 0) {
        throw busy(
            "the statement waited %d s for its turn, the limit. Try again later, or raise kitsune.%s.queue-timeout"
                .formatted(limits.queueTimeout().toSeconds(), engine.id()));
      }
      long look = Math.min(left, LOOK_NANOS);
      left -= look - waiter.turn.awaitNanos(look);
      admit();
    }
    return true;
  }

  /** The waiter itself stands in the queue already. */
  private void requireRoom(String user) {
    if (queue.size() > limits.maxQueued()) {
      throw busy(
          "%d statements run and %d wait, which is all it takes. Try again later, or raise kitsune.%s.max-queued"
              .formatted(running, queue.size() - 1, engine.id()));
    }
    long ofUser = queue.stream().filter(waiter -> waiter.user.equals(user)).count();
    if (ofUser > limits.maxQueuedPerUser()) {
      throw busy(
          "%d statements of %s run and %d wait, which is all it takes of one user. Try again later, or raise kitsune.%s.max-queued-per-user"
              .formatted(runningByUser.getOrDefault(user, 0), user, ofUser - 1, engine.id()));
    }
  }

  private KitsuneException busy(String reason) {
    refused++;
    return new KitsuneException("ENGINE_BUSY", "53300", engine.id() + " is busy: " + reason + ".");
  }

  private static void refuse(KitsuneException reason) {
    throw reason;
  }

  /** Gives turns to those whose turn it is; the lock is held. */
  private void admit() {
    while (running < limits.maxRunning()) {
      Optional<Waiter> next =
          queue.stream()
              .filter(waiter -> ofUser(waiter) < limits.maxRunningPerUser())
              // Streams keep the order of equals: the longest waiting first.
              .min(Comparator.comparingInt(this::ofUser));
      Optional<Breaker.Permit> permit = next.isEmpty() ? Optional.empty() : breaker.begin();
      if (permit.isEmpty()) {
        return;
      }
      Waiter waiter = next.get();
      waiter.permit = permit;
      queue.remove(waiter);
      running++;
      runningByUser.merge(waiter.user, 1, Integer::sum);
      waiter.turn.signal();
    }
  }

  private int ofUser(Waiter waiter) {
    return runningByUser.getOrDefault(waiter.user, 0);
  }

  /** Ends a turn that {@link #enter} gave. */
  void leave(String user) {
    lock.lock();
    try {
      running--;
      runningByUser.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
      admit();
    } finally {
      lock.unlock();
    }
  }

  /** How long one that comes now would wait, where each takes that long. */
  Duration queueTime(Duration each) {
    lock.lock();
    try {
      int free = limits.maxRunning() - running;
      if (free > 0) {
        return Duration.ZERO;
      }
      return each.multipliedBy(queue.size() + 1L).dividedBy(limits.maxRunning());
    } finally {
      lock.unlock();
    }
  }

  private static final class Waiter {
    private final String user;
    private final Condition turn;
    private Optional<Breaker.Permit> permit = Optional.empty();

    Waiter(String user, Condition turn) {
      this.user = user;
      this.turn = turn;
    }
  }
}
