// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StartTimes;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.engine.supply.ForeignServer;
import io.kitsune.engine.supply.OwnServer;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.supply.ServerSupply;
import io.kitsune.engine.thrift.ThriftAddress;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch.SparkStatement;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Spark: started with the first session, stopped when it had no session for a while, started again
 * with the next; one that died is noticed and replaced likewise. Callers that come while it starts
 * wait for the same start. A start that fails is told to all who wait for it, and the next caller
 * tries again. An endpoint is only connected to.
 *
 * <p>A Spark started here ends with the gateway, however the gateway ends, and lets nobody else in.
 * Thread-safe.
 */
public final class SparkLauncher implements EngineLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(SparkLauncher.class);
  private static final long BESIDE_THE_HEAP = 256L << 20;
  private static final int WARM_UP_PROTOCOL =
      TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10.getValue();
  private static final SparkStatement WARM_UP =
      new SparkStatement("SELECT id % 2 AS a, count(*) FROM range(10) GROUP BY 1 ORDER BY 1");

  private final SparkSettings settings;
  private final ServerSupply<SparkAddress> supply;
  private final AtomicInteger sessions = new AtomicInteger();

  /**
   * Starts nothing yet.
   *
   * @throws KitsuneException {@code ENGINE_INSTALLATION_INVALID} if the Spark home named is none
   */
  public SparkLauncher(SparkSettings settings) {
    SparkInstallation.check(settings.source());
    this.settings = settings;
    this.supply =
        settings.source() instanceof SparkSource.Endpoint endpoint
            ? foreign(endpoint, settings.limits())
            : new OwnServer<>(
                Engine.SPARK,
                "Spark",
                new SparkProgram(settings)::start,
                new OwnServer.Limits(settings.limits().start(), settings.limits().idle()),
                address -> false);
  }

  private static ServerSupply<SparkAddress> foreign(
      SparkSource.Endpoint endpoint, SparkSettings.Limits limits) {
    ThriftAddress address =
        new ThriftAddress(
            endpoint.host(), endpoint.port(), endpoint.authentication(), limits.answer());
    return new ForeignServer<>(
        Engine.SPARK,
        RunningServer.found("Spark", new SparkAddress(address, Optional.empty())),
        () -> LoopbackPort.answers(address.host(), address.port()));
  }

  @Override
  public Engine engine() {
    return Engine.SPARK;
  }

  @Override
  public EngineStatus status() {
    return supply.status();
  }

  /** Measured: 0.8 GB with a heap of 1 GB in which little is; the heap may fill. */
  @Override
  public long memoryNeed() {
    long heap = (long) settings.heapMegabytes() << 20;
    return settings.source() instanceof SparkSource.Endpoint
        ? 0
        : heap + heap / 4 + BESIDE_THE_HEAP;
  }

  @Override
  public OptionalLong memoryUsed() {
    return supply.memoryUsed();
  }

  @Override
  public StartTimes startTimes() {
    return supply.startTimes();
  }

  @Override
  public boolean stop() {
    return supply.stop();
  }

  /**
   * Starts Spark and runs a small statement, which takes seconds the first time, so that the first
   * user waits for neither. Returns at once; a failure is logged, and shown by {@link #status}.
   */
  public void prepare() {
    Thread thread = new Thread(this::warmUp, "spark-prepare");
    thread.setDaemon(true);
    thread.start();
  }

  private void warmUp() {
    SessionSettings warmUp = new SessionSettings("prepare", "kitsune", WARM_UP_PROTOCOL, Map.of());
    try (EngineSession session = open(warmUp, ProgressListener.NONE);
        StatementExecution execution = session.execute(WARM_UP)) {
      LOG.info("Spark is warm: {}", execution.await(settings.limits().answer()));
    } catch (KitsuneException e) {
      LOG.warn("Spark could not be prepared; the first statement tries again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Opens a session; its configuration is applied by {@code SET}.
   *
   * @throws KitsuneException {@code ENGINE_START_FAILED}, {@code ENGINE_START_TIMEOUT} and what
   *     {@link io.kitsune.engine.process.Artifacts} throws if Spark can't be started; {@code
   *     ENGINE_GONE} if it can't be reached; Spark's own error if it refuses a configuration key
   */
  @Override
  public EngineSession open(SessionSettings session, ProgressListener listener) {
    RunningServer<SparkAddress> first = supply.lease(listener);
    try {
      return open(first, session);
    } catch (KitsuneException e) {
      if (!e.code().equals("ENGINE_GONE") || first.alive()) {
        throw e;
      }
    }
    // It died before it was noticed: nothing ran yet, so a new one does as well.
    return open(supply.lease(listener), session);
  }

  private EngineSession open(RunningServer<SparkAddress> spark, SessionSettings session) {
    boolean opened = false;
    try {
      EngineSession made =
          SparkSession.open(spark, session, settings.limits(), () -> sessionClosed(spark));
      opened = true;
      sessions.incrementAndGet();
      return made;
    } finally {
      if (!opened) {
        supply.giveBack(spark);
      }
    }
  }

  private void sessionClosed(RunningServer<SparkAddress> spark) {
    sessions.decrementAndGet();
    supply.giveBack(spark);
  }

  /** How many sessions are open. */
  public int openSessions() {
    return sessions.get();
  }

  @Override
  public void close() {
    supply.close();
  }
}
