// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Spark started with its first lease, stopped when it had none for a while, replaced when it
 * died.
 */
final class OwnSpark implements SparkSupply {
  private static final Logger LOG = LoggerFactory.getLogger(OwnSpark.class);

  /** More than any step of a start may take by its own limit, the Metastore's among them. */
  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(3);

  private final SparkSettings settings;
  private final Duration patience;
  private final SparkProgram program;
  private final ScheduledExecutorService watch = DaemonTimer.named("spark-watch");
  private SparkStart start;
  private RunningSpark running;
  private int leases;
  private long idleSince;
  private String reason = "not started yet";
  private boolean closed;

  OwnSpark(SparkSettings settings) {
    this.settings = settings;
    this.program = new SparkProgram(settings);
    Duration start = settings.limits().start().plusMinutes(1);
    this.patience = start.compareTo(LEAST_PATIENCE) < 0 ? LEAST_PATIENCE : start;
    long interval = Math.max(50, Math.min(5_000, settings.limits().idle().toMillis() / 4));
    var unused =
        watch.scheduleWithFixedDelay(this::stopIfIdle, interval, interval, TimeUnit.MILLISECONDS);
  }

  @Override
  public RunningSpark lease(ProgressListener listener) {
    SparkStart joined;
    synchronized (this) {
      if (running != null && running.alive()) {
        leases++;
        return running;
      }
      joined = joinStart();
    }
    RunningSpark spark = joined.await(patience, listener);
    synchronized (this) {
      if (spark == running) {
        leases++;
        return spark;
      }
    }
    throw spark.gone(new IllegalStateException("it ended right after its start"));
  }

  private SparkStart joinStart() {
    if (closed) {
      throw new KitsuneException("ENGINE_CLOSED", "57P01", "The gateway is stopping.");
    }
    if (start == null) {
      start = SparkStart.begin(program::start, this::startEnded);
    }
    return start;
  }

  private void startEnded(RunningSpark spark, RuntimeException failure) {
    boolean late;
    synchronized (this) {
      start = null;
      late = closed;
      if (failure != null) {
        reason = "the last start failed: " + failure.getMessage();
        LOG.warn("Spark can't be started", failure);
      } else if (!late) {
        running = spark;
        leases = 0;
        idleSince = System.nanoTime();
      }
    }
    if (spark != null && late) {
      spark.close();
    } else if (spark != null) {
      ChildProcess child = spark.child().orElseThrow();
      var unused = child.exit().thenAccept(code -> ended(spark, code));
    }
  }

  private synchronized void ended(RunningSpark spark, int code) {
    if (spark == running) {
      running = null;
      reason = "it ended unexpectedly with exit code " + code;
      LOG.warn("{}", spark.child().orElseThrow().obituary());
    }
  }

  @Override
  public synchronized void giveBack(RunningSpark spark) {
    if (spark == running) {
      leases--;
      idleSince = System.nanoTime();
    }
  }

  private void stopIfIdle() {
    RunningSpark idle;
    synchronized (this) {
      long nanos = System.nanoTime() - idleSince;
      if (running == null || leases > 0 || nanos < settings.limits().idle().toNanos()) {
        return;
      }
      idle = running;
      running = null;
      reason = "stopped after " + settings.limits().idle().toSeconds() + " s without a session";
    }
    LOG.info("Spark had no session for {}; stopping it", settings.limits().idle());
    idle.close();
  }

  @Override
  public synchronized EngineStatus status() {
    if (running != null && running.alive()) {
      return new EngineStatus(Engine.SPARK, State.READY, "");
    } else if (start != null) {
      return new EngineStatus(Engine.SPARK, State.STARTING, start.lastLine());
    } else if (closed) {
      return new EngineStatus(Engine.SPARK, State.UNAVAILABLE, "the gateway is stopping");
    }
    return new EngineStatus(Engine.SPARK, State.COLD, reason);
  }

  @Override
  public void close() {
    SparkStart unfinished;
    RunningSpark up;
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
