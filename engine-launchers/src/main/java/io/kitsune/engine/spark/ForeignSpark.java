// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A Thrift server that somebody else runs; whether it answers is tried every few seconds. */
final class ForeignSpark implements SparkSupply {
  private static final long PROBE_SECONDS = 5;

  private final ThriftAddress address;
  private final RunningSpark spark;
  private final ScheduledExecutorService watch = DaemonTimer.named("spark-watch");
  private volatile EngineStatus status;

  ForeignSpark(SparkSource.Endpoint endpoint, SparkSettings.Limits limits) {
    this.address =
        new ThriftAddress(
            endpoint.host(), endpoint.port(), endpoint.authentication(), limits.answer());
    this.spark = RunningSpark.found(address);
    this.status = new EngineStatus(Engine.SPARK, State.COLD, "not tried yet");
    var unused = watch.scheduleWithFixedDelay(this::probe, 0, PROBE_SECONDS, TimeUnit.SECONDS);
  }

  private void probe() {
    status =
        LoopbackPort.answers(address.host(), address.port())
            ? new EngineStatus(Engine.SPARK, State.READY, "")
            : new EngineStatus(Engine.SPARK, State.UNAVAILABLE, "nothing answers at " + address);
  }

  @Override
  public RunningSpark lease(ProgressListener listener) {
    return spark;
  }

  @Override
  public void giveBack(RunningSpark given) {}

  @Override
  public EngineStatus status() {
    return status;
  }

  @Override
  public void close() {
    watch.shutdownNow();
  }
}
