// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.supply.DaemonTimer;
import io.kitsune.engine.supply.ForeignServer;
import io.kitsune.engine.supply.OwnServer;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.supply.ServerSupply;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch.FlinkStatement;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Flink: started with the first session, stopped when it had neither a session nor a job for a
 * while, started again with the next; one that died is noticed and replaced likewise. An endpoint
 * is only connected to.
 *
 * <p>A Flink started here ends with the gateway, however the gateway ends, and lets nobody else in.
 * Thread-safe.
 */
public final class FlinkLauncher implements EngineLauncher {
  private static final Logger LOG = LoggerFactory.getLogger(FlinkLauncher.class);

  /** A SQL Gateway closes sessions that nobody used for ten minutes, unless told otherwise. */
  private static final long HEARTBEAT_SECONDS = 60;

  private static final FlinkStatement WARM_UP = new FlinkStatement("SELECT 1", Map.of());

  private final FlinkSettings settings;
  private final ServerSupply<GatewayAddress> supply;
  private final List<String> firstStatements;
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
      GatewayAddress address = new GatewayAddress(endpoint.uri(), Optional.empty());
      this.supply =
          new ForeignServer<>(
              Engine.FLINK,
              RunningServer.found("Flink", address),
              () -> GatewayClient.answers(address));
      this.firstStatements = List.of();
    } else {
      FlinkSource.Download download = (FlinkSource.Download) settings.source();
      FlinkProgram program = new FlinkProgram(settings, download.artifacts());
      this.supply =
          new OwnServer<>(
              Engine.FLINK,
              "Flink",
              listener -> warmedUp(program.start(listener)),
              new OwnServer.Limits(settings.limits().start(), settings.limits().idle()),
              this::hasJobs);
      this.firstStatements = List.of("USE CATALOG `" + FlinkProgram.CATALOG + "`");
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

  /** Its first statement takes seconds: one is run at once, while the caller goes on. */
  private RunningServer<GatewayAddress> warmedUp(RunningServer<GatewayAddress> server) {
    threads.execute(
        () -> {
          SessionSettings warmUp = new SessionSettings("warm-up", "kitsune", 0, Map.of());
          try (EngineSession session = openOn(server, warmUp, () -> {});
              StatementExecution execution = session.execute(WARM_UP)) {
            LOG.info("Flink is warm: {}", execution.await(settings.limits().start()));
          } catch (KitsuneException e) {
            LOG.warn("Flink could not be warmed up", e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        });
    return server;
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
            threads,
            closed -> {
              sessions.remove(closed);
              onClose.run();
            });
    sessions.add(made);
    return made;
  }

  /** How many sessions are open. */
  public int openSessions() {
    return sessions.size();
  }

  private boolean hasJobs(GatewayAddress address) {
    return false;
  }

  @Override
  public void close() {
    heart.shutdownNow();
    supply.close();
    threads.shutdownNow();
  }
}
