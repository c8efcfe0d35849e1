// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.kitsune.gateway.DirectStatement.State;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Places for requests that wait for a statement, each of which holds a thread: the others always
 * find one. Thread-safe.
 */
final class Waits {
  private static final Duration SLICE = Duration.ofMillis(500);

  private final Semaphore places;
  private volatile boolean closed;

  Waits(int places) {
    this.places = new Semaphore(places);
  }

  /** Waits until it is over or until the limit; not at all where too many wait. */
  State await(RestStatement statement, Duration limit) throws InterruptedException {
    if (limit.isZero() || !places.tryAcquire()) {
      return statement.state();
    }
    try {
      long deadline = System.nanoTime() + limit.toNanos();
      State state = statement.state();
      long left = limit.toNanos();
      while (!state.over() && !closed && left > 0) {
        state = statement.await(Duration.ofNanos(Math.min(left, SLICE.toNanos())));
        left = deadline - System.nanoTime();
      }
      return state;
    } finally {
      places.release();
    }
  }

  /**
   * A place for a request that stays.
   *
   * @throws ProblemException 503 if there is none
   */
  Place place() {
    if (!places.tryAcquire()) {
      throw new Problem(
              HttpStatus.SERVICE_UNAVAILABLE_503,
              "GATEWAY_BUSY",
              "53000",
              "Too many requests wait for statements just now; ask for the status instead.")
          .exception();
    }
    return places::release;
  }

  /** A place that is taken. */
  @FunctionalInterface
  interface Place extends AutoCloseable {
    @Override
    void close();
  }

  /** True once nobody should wait any more. */
  boolean closed() {
    return closed;
  }

  /** Ends every wait soon. */
  void close() {
    closed = true;
  }
}
