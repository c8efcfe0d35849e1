// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.Optional;

/**
 * A statement's turn in an engine. It runs until {@link #ran} or {@link #failed}, and uses the
 * engine, which is not stopped meanwhile, until {@link #close}. Thread-safe; each of the three has
 * an effect once.
 */
public final class Turn implements AutoCloseable {
  private final WatchedEngine engine;
  private final String user;
  private final Breaker.Permit permit;
  private final boolean warm;
  private final long began = System.nanoTime();
  private boolean running = true;
  private boolean broken;
  private boolean closed;

  Turn(WatchedEngine engine, String user, Breaker.Permit permit, boolean warm) {
    this.engine = engine;
    this.user = user;
    this.permit = permit;
    this.warm = warm;
  }

  /**
   * Whether the engine was ready when the turn began, and had run a statement to its end since it
   * came up: the first one pays for what the engine loads.
   */
  public boolean warm() {
    return warm;
  }

  String user() {
    return user;
  }

  Breaker.Permit permit() {
    return permit;
  }

  /** It no longer computes: the next one may. Its rows may still be fetched. */
  public void ran() {
    if (endRun()) {
      engine.ended(this, Optional.of(Duration.ofNanos(System.nanoTime() - began)));
    }
  }

  /** It failed, at any time before it is closed; the engine's own failures count against it. */
  public void failed(KitsuneException reason) {
    boolean first;
    synchronized (this) {
      first = !broken && !closed;
      broken = true;
    }
    if (first) {
      engine.failed(this, reason);
    }
    if (endRun()) {
      engine.ended(this, Optional.empty());
    }
  }

  private synchronized boolean endRun() {
    boolean ends = running;
    running = false;
    return ends;
  }

  /** Nothing of it is left in the engine. */
  @Override
  public void close() {
    boolean undecided = endRun();
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    if (undecided) {
      engine.abandoned(this);
    }
    engine.left();
  }
}
