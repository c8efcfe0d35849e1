// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.supply;

import io.kitsune.engine.ProgressListener;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A server that somebody else runs; whether it answers is tried every few seconds.
 *
 * @param <A> how it is reached
 */
public final class ForeignServer<A> implements ServerSupply<A> {
  private static final long PROBE_SECONDS = 5;

  private final Engine engine;
  private final RunningServer<A> server;
  private final BooleanSupplier probe;
  private final ScheduledExecutorService watch;
  private volatile EngineStatus status;

  /**
   * Begins to watch it.
   *
   * @param probe whether it answers; waits no longer than seconds and does not throw
   */
  public ForeignServer(Engine engine, RunningServer<A> server, BooleanSupplier probe) {
    this.engine = engine;
    this.server = server;
    this.probe = probe;
    this.watch = DaemonTimer.named(engine.id() + "-watch");
    this.status = new EngineStatus(engine, State.COLD, "not tried yet");
    var unused = watch.scheduleWithFixedDelay(this::probe, 0, PROBE_SECONDS, TimeUnit.SECONDS);
  }

  private void probe() {
    status =
        probe.getAsBoolean()
            ? new EngineStatus(engine, State.READY, "")
            : new EngineStatus(
                engine, State.FAILED, "Nothing answers at " + server.address() + ".");
  }

  @Override
  public RunningServer<A> lease(ProgressListener listener) {
    return server;
  }

  @Override
  public void giveBack(RunningServer<A> given) {}

  @Override
  public EngineStatus status() {
    return status;
  }

  @Override
  public OptionalLong memoryUsed() {
    return OptionalLong.empty();
  }

  @Override
  public boolean stop() {
    return false;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
