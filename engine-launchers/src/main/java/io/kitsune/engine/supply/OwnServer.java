// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.supply;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.StartTimes;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server started with its first lease, stopped when it had none for a while, replaced when it
 * died.
 *
 * @param <A> how it is reached
 */
public final class OwnServer<A> implements ServerSupply<A> {
  private static final Logger LOG = LoggerFactory.getLogger(OwnServer.class);

  /** More than any step of a start may take by its own limit, the Metastore's among them. */
  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(3);

  private final Engine engine;
  private final String name;
  private final Function<ProgressListener, RunningServer<A>> starter;
  private final Predicate<A> needed;
  private final Duration idle;
  private final Duration patience;
  private final ScheduledExecutorService watch;
  private ServerStart<A> start;
  private RunningServer<A> running;
  private int leases;

  /** Callers that will lease what is being started, and have not yet. */
  private int expected;

  private long idleSince;
  private long startBegan;
  private StartTimes startTimes = StartTimes.NONE;
  private String reason = "not started yet";
  private boolean closed;

  /**
   * Starts nothing yet.
   *
   * @param name the engine's, as users know it ({@code Spark})
   * @param starter starts one in a child process and returns once it answers
   * @param limits how long it may take, and how long it stays without a lease
   * @param needed asked before a server without a lease is stopped: whether something runs in it
   *     that is worth keeping it for; called on the watch's thread, and may ask the server
   */
  public OwnServer(
      Engine engine,
      String name,
      Function<ProgressListener, RunningServer<A>> starter,
      Limits limits,
      Predicate<A> needed) {
    this.engine = engine;
    this.name = name;
    this.starter = starter;
    this.needed = needed;
    this.idle = limits.idle();
    Duration start = limits.start().plusMinutes(1);
    this.patience = start.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : start;
    this.watch = DaemonTimer.named(engine.id() + "-watch");
    long interval = Math.max(50, Math.min(5_000, idle.toMillis() / 4));
    var unused =
        watch.scheduleWithFixedDelay(this::stopIfIdle, interval, interval, TimeUnit.MILLISECONDS);
  }

  /**
   * How long a server is waited for and kept.
   *
   * @param start how long one step of a start may take
   * @param idle how long it is kept without a lease
   */
  public record Limits(Duration start, Duration idle) {}

  @Override
  public RunningServer<A> lease(ProgressListener listener) {
    ServerStart<A> joined;
    synchronized (this) {
      if (running != null && running.alive()) {
        leases++;
        return running;
      }
      joined = joinStart();
      expected++;
    }
    try {
      RunningServer<A> server = joined.await(patience, listener);
      if (take(server)) {
        return server;
      }
      throw server.gone(new IllegalStateException("it ended right after its start"));
    } finally {
      synchronized (this) {
        expected--;
      }
    }
  }

  private synchronized boolean take(RunningServer<A> server) {
    if (server != running) {
      return false;
    }
    leases++;
    return true;
  }

  private ServerStart<A> joinStart() {
    if (closed) {
      throw new KitsuneException("ENGINE_CLOSED", "57P01", "The gateway is stopping.");
    }
    if (start == null) {
      startBegan = System.nanoTime();
      start = ServerStart.begin(name, starter, this::startEnded);
    }
    return start;
  }

  private void startEnded(RunningServer<A> server, RuntimeException failure) {
    boolean late;
    synchronized (this) {
      start = null;
      late = closed;
      if (failure != null) {
        reason = "the last start failed: " + failure.getMessage();
        LOG.warn("{} can't be started", name, failure);
      } else if (!late) {
        running = server;
        startTimes = startTimes.and(Duration.ofNanos(System.nanoTime() - startBegan));
        leases = 0;
        idleSince = System.nanoTime();
      }
    }
    if (server != null && late) {
      server.close();
    } else if (server != null) {
      ChildProcess child = server.child().orElseThrow();
      var unused = child.exit().thenAccept(code -> ended(server, code));
    }
  }

  private synchronized void ended(RunningServer<A> server, int code) {
    if (server == running) {
      running = null;
      reason = "it ended unexpectedly with exit code " + code;
      LOG.warn("{}", server.child().orElseThrow().obituary());
    }
  }

  @Override
  public synchronized void giveBack(RunningServer<A> server) {
    if (server == running) {
      leases--;
      idleSince = System.nanoTime();
    }
  }

  private void stopIfIdle() {
    RunningServer<A> unused;
    synchronized (this) {
      long nanos = System.nanoTime() - idleSince;
      if (running == null || leases + expected > 0 || nanos < idle.toNanos()) {
        return;
      }
      unused = running;
    }
    // Asked without the lock: it may take a while, and somebody may come meanwhile.
    if (needed.test(unused.address())) {
      return;
    }
    synchronized (this) {
      if (unused != running || leases + expected > 0) {
        return;
      }
      running = null;
      reason = "stopped after " + idle.toSeconds() + " s without a session";
    }
    LOG.info("{} had no session for {}; stopping it", name, idle);
    unused.close();
  }

  @Override
  public synchronized EngineStatus status() {
    if (running != null && running.alive()) {
      return new EngineStatus(engine, State.READY, "");
    } else if (start != null) {
      return new EngineStatus(engine, State.STARTING, start.lastLine());
    } else if (closed) {
      return new EngineStatus(engine, State.UNAVAILABLE, "the gateway is stopping");
    }
    return new EngineStatus(engine, State.COLD, reason);
  }

  @Override
  public synchronized StartTimes startTimes() {
    return startTimes;
  }

  @Override
  public OptionalLong memoryUsed() {
    RunningServer<A> up;
    synchronized (this) {
      up = running;
    }
    return up == null
        ? OptionalLong.empty()
        : up.child().map(ChildProcess::residentBytes).orElseGet(OptionalLong::empty);
  }

  @Override
  public boolean stop() {
    RunningServer<A> unused;
    synchronized (this) {
      if (running == null) {
        // One that is being started is wanted.
        return start == null;
      }
      unused = running;
    }
    if (needed.test(unused.address())) {
      return false;
    }
    synchronized (this) {
      if (unused == running) {
        running = null;
        reason = "stopped to make room for another engine";
      }
    }
    unused.close();
    return true;
  }

  @Override
  public void close() {
    ServerStart<A> unfinished;
    RunningServer<A> up;
    synchronized (this) {
      closed = true;
      unfinished = start;
      up = running;
      running = null;
    }
    watch.shutdownNow();
    if (unfinished != null) {
      unfinished.cancel();
    }
    if (up != null) {
      up.close();
    }
  }
}
