// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.StartTimes;
import io.kitsune.engine.process.FileMutex;
import io.kitsune.engine.supply.DaemonTimer;
import io.kitsune.engine.supply.OwnServer;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.supply.ServerSupply;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Flink started here, with the jobs that have to run in it: as long as there are any, it is kept,
 * and started again when it died or the gateway did.
 */
final class OwnFlink implements ServerSupply<GatewayAddress>, JobListener {
  private static final Logger LOG = LoggerFactory.getLogger(OwnFlink.class);

  /** Run first in every session: Flink's own default catalog ends with the session. */
  static final List<String> FIRST = List.of("USE CATALOG `" + FlinkProgram.CATALOG + "`");

  private static final long WATCH_SECONDS = 5;
  private static final Duration BETWEEN_ATTEMPTS = Duration.ofSeconds(60);
  private static final Map<String, String> BATCH = Map.of(FlinkKeys.RUNTIME_MODE, "batch");

  private final FlinkSettings.Limits limits;
  private final FlinkProgram program;
  private final ContinuousJobs jobs;
  private final UnwantedJobs unwanted;
  private final OwnServer<GatewayAddress> servers;
  private final ScheduledExecutorService watch = DaemonTimer.named("flink-jobs");
  private final AtomicBoolean watching = new AtomicBoolean();
  private final FlinkFolder folder;
  private Optional<FileMutex> lock = Optional.empty();
  private volatile RunningServer<GatewayAddress> current;
  private long lastAttempt = System.nanoTime() - BETWEEN_ATTEMPTS.toNanos();

  /** Starts nothing yet. */
  OwnFlink(FlinkSettings settings, FlinkSource.Download download) {
    this.limits = settings.limits();
    this.program = new FlinkProgram(settings, download.artifacts());
    this.folder = new FlinkFolder(settings.folder());
    this.jobs = new ContinuousJobs(new JobRecords(folder), limits.answer());
    this.unwanted = new UnwantedJobs(limits.answer());
    this.servers =
        new OwnServer<>(
            Engine.FLINK,
            "Flink",
            this::start,
            new OwnServer.Limits(limits.start(), limits.idle()),
            address -> jobs.any());
  }

  /** Starts Flink if there are jobs that have to go on, and sees to it that they do. */
  void watchJobs() {
    if (watching.compareAndSet(false, true)) {
      var unused =
          watch.scheduleWithFixedDelay(this::lookAfterJobs, 0, WATCH_SECONDS, TimeUnit.SECONDS);
    }
  }

  private RunningServer<GatewayAddress> start(ProgressListener listener) {
    lockFolder();
    RunningServer<GatewayAddress> server = program.start(listener);
    jobs.flinkEnded();
    if (jobs.any()) {
      listener.progress("starting Flink's continuous jobs");
      try (ServiceSession session = session(server)) {
        jobs.resume(session);
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    } else {
      warmUp(server);
    }
    current = server;
    return server;
  }

  /** Two Flinks would both go on with the same jobs, and every row would come twice. */
  private synchronized void lockFolder() {
    if (lock.isPresent()) {
      return;
    }
    folder.create();
    lock = FileMutex.tryAcquire(folder.lock());
    if (lock.isEmpty()) {
      throw new KitsuneException(
          "ENGINE_START_FAILED",
          "58000",
          "Another gateway runs a Flink in %s. Give this one a kitsune.home of its own, or kitsune.flink.mode=off."
              .formatted(folder.path()));
    }
  }

  /** Its first query takes seconds: one is run to its end at once, while the caller goes on. */
  private void warmUp(RunningServer<GatewayAddress> server) {
    Thread thread =
        new Thread(
            () -> {
              try (ServiceSession session = session(server)) {
                session.run("SELECT 1", BATCH, limits.start());
              } catch (KitsuneException e) {
                LOG.debug("Flink could not be warmed up", e);
              }
            },
            "flink-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private ServiceSession session(RunningServer<GatewayAddress> server) {
    return ServiceSession.open(new GatewayClient(server, limits.answer()), FIRST);
  }

  private void lookAfterJobs() {
    try {
      if (!jobs.any()) {
        return;
      }
      boolean due = System.nanoTime() - lastAttempt > BETWEEN_ATTEMPTS.toNanos();
      RunningServer<GatewayAddress> server = current;
      if (server != null && server.alive()) {
        lookAfterJobs(server, due);
      } else if (due && servers.status().state() == State.COLD) {
        lastAttempt = System.nanoTime();
        servers.giveBack(servers.lease(ProgressListener.NONE));
      }
    } catch (KitsuneException | UncheckedIOException e) {
      LOG.warn("Flink's continuous jobs could not be looked after: {}", e.getMessage());
    }
  }

  private void lookAfterJobs(RunningServer<GatewayAddress> server, boolean due) {
    try (ServiceSession session = session(server)) {
      jobs.forgetEnded(session);
      if (due) {
        lastAttempt = System.nanoTime();
        jobs.resume(session);
      }
    }
  }

  @Override
  public void started(ContinuousJob job) {
    try {
      jobs.started(job);
    } catch (UncheckedIOException e) {
      throw new KitsuneException(
          "FLINK_JOB_NOT_KEPT",
          "58030",
          "Flink job %s could not be written down, so it would be lost with Flink, and is ended: %s"
              .formatted(job.id(), e.getMessage()),
          e);
    }
  }

  @Override
  public void unwanted(String id, RunningServer<GatewayAddress> server) {
    unwanted.add(id, server);
    try {
      jobs.unwanted(id);
    } catch (UncheckedIOException e) {
      LOG.error("Flink job {} is not wanted, but can't be forgotten", id, e);
    }
  }

  @Override
  public void stopped() {
    RunningServer<GatewayAddress> server = current;
    if (server != null && server.alive() && jobs.any()) {
      try (ServiceSession session = session(server)) {
        jobs.forgetEnded(session);
      }
    }
  }

  @Override
  public RunningServer<GatewayAddress> lease(ProgressListener listener) {
    watchJobs();
    return servers.lease(listener);
  }

  @Override
  public void giveBack(RunningServer<GatewayAddress> server) {
    servers.giveBack(server);
  }

  @Override
  public EngineStatus status() {
    return servers.status();
  }

  @Override
  public OptionalLong memoryUsed() {
    return servers.memoryUsed();
  }

  @Override
  public StartTimes startTimes() {
    return servers.startTimes();
  }

  /** Not while jobs run in it. */
  @Override
  public boolean stop() {
    return !jobs.any() && servers.stop();
  }

  /** Stops Flink; its jobs go on when the gateway is started again. */
  @Override
  public void close() {
    watch.shutdownNow();
    unwanted.close();
    servers.close();
    synchronized (this) {
      lock.ifPresent(FileMutex::close);
      lock = Optional.empty();
    }
  }
}
