// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.StartTimes;
import io.kitsune.engine.supply.DaemonTimer;
import io.kitsune.engine.supply.OwnServer;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.engine.supply.ServerSupply;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/**
 * Trino: started with the first session, stopped when it had no session for a while, started again
 * with the next; one that died is noticed and replaced likewise. Where the machine has no Java that
 * it runs on, it is unavailable. An endpoint is only connected to.
 *
 * <p>A Trino started here ends with the gateway, however the gateway ends, and lets nobody else in.
 * Thread-safe.
 */
public final class TrinoLauncher implements EngineLauncher {
  /** Trino gives up a result five minutes after its client was last heard of. */
  private static final long PULSE_SECONDS = 60;

  /** Classes, code, threads, and buffers of the network. */
  private static final long BESIDE_THE_HEAP = 450L << 20;

  private final TrinoSettings settings;
  private final LongSupplier clock;
  private final ServerSupply<TrinoAddress> supply;
  private final Optional<TrinoProgram> program;
  private final BufferAllocator allocator = new RootAllocator();
  private final ExecutorService threads = DaemonThreads.named("trino-statement");
  private final ScheduledExecutorService timer = DaemonTimer.named("trino-pulse");
  private final Set<TrinoSession> sessions = ConcurrentHashMap.newKeySet();

  /** Starts nothing yet; begins to watch an endpoint. */
  public TrinoLauncher(TrinoSettings settings) {
    this(settings, System::nanoTime);
  }

  /**
   * As the other.
   *
   * @param clock nanoseconds since some moment
   */
  TrinoLauncher(TrinoSettings settings, LongSupplier clock) {
    this.settings = settings;
    this.clock = clock;
    TrinoSettings.Limits limits = settings.limits();
    if (settings.source() instanceof TrinoSource.Launch launch) {
      TrinoProgram own = new TrinoProgram(launch, limits, () -> openStatements() == 0);
      this.program = Optional.of(own);
      this.supply =
          new OwnServer<>(
              Engine.TRINO,
              "Trino",
              listener -> watched(own.start(listener)),
              new OwnServer.Limits(limits.start(), limits.idle()),
              address -> false);
    } else {
      this.program = Optional.empty();
      this.supply = new ForeignTrino((TrinoSource.Endpoint) settings.source(), limits.answer());
    }
    var unused =
        timer.scheduleWithFixedDelay(this::pulse, PULSE_SECONDS, PULSE_SECONDS, TimeUnit.SECONDS);
  }

  private RunningServer<TrinoAddress> watched(RunningServer<TrinoAddress> server) {
    var unused =
        server
            .child()
            .orElseThrow()
            .exit()
            .thenRun(() -> sessions.forEach(session -> session.ended(server)));
    return server;
  }

  @Override
  public Engine engine() {
    return Engine.TRINO;
  }

  @Override
  public EngineStatus status() {
    EngineStatus status = supply.status();
    if (status.state() != State.COLD) {
      return status;
    }
    return obstacle()
        .map(reason -> new EngineStatus(Engine.TRINO, State.UNAVAILABLE, reason))
        .orElse(status);
  }

  /** Why it can't be started on this machine. */
  private Optional<String> obstacle() {
    return program.flatMap(TrinoProgram::obstacle);
  }

  /**
   * Opens a session. Of its configuration nothing concerns Trino: what a setting means is in the
   * statement's text.
   *
   * @throws KitsuneException {@code ENGINE_UNAVAILABLE} if Trino can't run here; {@code
   *     ENGINE_START_FAILED}, {@code ENGINE_START_TIMEOUT} and what {@link
   *     io.kitsune.engine.process.Artifacts} throws if it can't be started; {@code ENGINE_GONE} if
   *     it can't be reached
   */
  @Override
  public EngineSession open(SessionSettings settings, ProgressListener listener) {
    RunningServer<TrinoAddress> server = supply.lease(listener);
    boolean opened = false;
    try {
      TrinoSession session =
          new TrinoSession(
              server,
              settings.user(),
              allocator,
              threads,
              clock,
              ended -> sessionClosed(ended, server));
      sessions.add(session);
      opened = true;
      return session;
    } finally {
      if (!opened) {
        supply.giveBack(server);
      }
    }
  }

  private void sessionClosed(TrinoSession session, RunningServer<TrinoAddress> server) {
    sessions.remove(session);
    supply.giveBack(server);
  }

  private void pulse() {
    sessions.forEach(TrinoSession::pulse);
  }

  /** Measured: 1.1 to 1.4 GB with a heap of 1 GB. */
  @Override
  public long memoryNeed() {
    return settings.source() instanceof TrinoSource.Launch launch
        ? ((long) launch.heapMegabytes() << 20) + BESIDE_THE_HEAP
        : 0;
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

  /** How many sessions are open. */
  public int openSessions() {
    return sessions.size();
  }

  /** How many statements are open. */
  public int openStatements() {
    return sessions.stream().mapToInt(TrinoSession::openStatements).sum();
  }

  /** Bytes of rows that are held for readers. */
  public long resultBytes() {
    return allocator.getAllocatedMemory();
  }

  @Override
  public void close() {
    timer.shutdownNow();
    sessions.forEach(TrinoSession::close);
    supply.close();
    program.ifPresent(TrinoProgram::close);
    threads.shutdown();
  }
}
