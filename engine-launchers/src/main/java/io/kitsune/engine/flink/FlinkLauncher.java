// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StartTimes;
import io.kitsune.engine.supply.DaemonTimer;
import io.kitsune.engine.supply.ForeignServer;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.supply.ServerSupply;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Flink: started with the first session, stopped when it had neither a session nor a job for a
 * while, started again with the next; one that died is noticed and replaced likewise. An endpoint
 * is only connected to.
 *
 * <p>A Flink started here ends with the gateway, however the gateway ends, and lets nobody else in.
 * Its continuous jobs go on, from their last checkpoints, when the gateway is back. Thread-safe.
 */
public final class FlinkLauncher implements EngineLauncher {
  /** A SQL Gateway closes sessions that nobody used for ten minutes, unless told otherwise. */
  private static final long HEARTBEAT_SECONDS = 60;

  /** Classes, threads, network buffers; managed memory that is rarely used is not counted. */
  private static final long BESIDE_HEAP_MEGABYTES = 300;

  private final FlinkSettings settings;
  private final ServerSupply<GatewayAddress> supply;
  private final List<String> firstStatements;
  private final JobListener jobs;
  private final ScheduledExecutorService heart = DaemonTimer.named("flink-heartbeat");
  private final Set<FlinkSession> sessions = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "flink-statement");
            thread.setDaemon(true);
            return thread;
          });

  /** Starts nothing yet. */
  public FlinkLauncher(FlinkSettings settings) {
    this.settings = settings;
    if (settings.source() instanceof FlinkSource.Endpoint endpoint) {
      GatewayAddress address =
          new GatewayAddress(endpoint.uri(), Optional.empty(), Optional.empty());
      this.supply =
          new ForeignServer<>(
              Engine.FLINK,
              RunningServer.found("Flink", address),
              () -> GatewayClient.answers(address));
      this.firstStatements = List.of();
      this.jobs = new ForeignJobs(settings.limits().answer());
    } else {
      OwnFlink own = new OwnFlink(settings, (FlinkSource.Download) settings.source());
      this.supply = own;
      this.firstStatements = OwnFlink.FIRST;
      this.jobs = own;
    }
    var unused =
        heart.scheduleWithFixedDelay(
            () -> sessions.forEach(FlinkSession::heartbeat),
            HEARTBEAT_SECONDS,
            HEARTBEAT_SECONDS,
            TimeUnit.SECONDS);
  }

  @Override
  public Engine engine() {
    return Engine.FLINK;
  }

  @Override
  public EngineStatus status() {
    return supply.status();
  }

  /**
   * Opens a session; of its configuration the keys that are Flink's hold in it.
   *
   * @throws KitsuneException {@code ENGINE_START_FAILED}, {@code ENGINE_START_TIMEOUT} and what
   *     {@link io.kitsune.engine.process.Artifacts} throws if Flink can't be started; {@code
   *     ENGINE_GONE} if it can't be reached
   */
  @Override
  public EngineSession open(SessionSettings session, ProgressListener listener) {
    RunningServer<GatewayAddress> first = supply.lease(listener);
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

  private EngineSession open(RunningServer<GatewayAddress> server, SessionSettings session) {
    boolean opened = false;
    try {
      EngineSession made = openOn(server, session, () -> supply.giveBack(server));
      opened = true;
      return made;
    } finally {
      if (!opened) {
        supply.giveBack(server);
      }
    }
  }

  private FlinkSession openOn(
      RunningServer<GatewayAddress> server, SessionSettings session, Runnable onClose) {
    FlinkSession made =
        FlinkSession.open(
            new GatewayClient(server, settings.limits().answer()),
            session,
            firstStatements,
            settings.limits().checkpoints(),
            jobs,
            threads,
            closed -> {
              sessions.remove(closed);
              onClose.run();
            });
    sessions.add(made);
    return made;
  }

  /**
   * Goes on with the continuous jobs of the gateway's last run, if there are any, in a Flink
   * started here; returns at once. Until this is called, or a session opened, they wait.
   */
  public void resumeJobs() {
    if (supply instanceof OwnFlink own) {
      own.watchJobs();
    }
  }

  /** How many sessions are open. */
  public int openSessions() {
    return sessions.size();
  }

  @Override
  public long memoryNeed() {
    return settings.source() instanceof FlinkSource.Endpoint
        ? 0
        : (settings.heapMegabytes() + BESIDE_HEAP_MEGABYTES) << 20;
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

  @Override
  public void close() {
    heart.shutdownNow();
    jobs.close();
    supply.close();
    threads.shutdownNow();
  }
}
