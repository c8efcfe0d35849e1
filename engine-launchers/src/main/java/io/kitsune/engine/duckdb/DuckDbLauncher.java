// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * DuckDB in the gateway's own process. The first session starts it, which unpacks and loads a
 * library of 60 MB (0.4–1.6 s); {@link #start} does that beforehand. Thread-safe.
 *
 * <p>The JVM needs {@code --add-opens=java.base/java.nio=ALL-UNNAMED}, for results are read as
 * Arrow.
 */
public final class DuckDbLauncher implements EngineLauncher {
  private final DuckDbSettings settings;
  private final QueryCheck check = new QueryCheck();
  private final Workers workers;

  private final Set<DuckDbSession> sessions = new HashSet<>();
  private final Set<DuckDbInstance> broken = new HashSet<>();
  private Optional<DuckDbInstance> instance = Optional.empty();
  private Optional<KitsuneException> refusal = Optional.empty();
  private boolean closed;

  /** A launcher; nothing is started yet. */
  public DuckDbLauncher(DuckDbSettings settings) {
    this.settings = requireNonNull(settings, "settings");
    this.workers = new Workers(settings);
  }

  /**
   * Starts DuckDB if it does not run, so that the first statement need not wait for it.
   *
   * @throws KitsuneException {@code ENGINE_UNAVAILABLE} if it cannot run here
   */
  public void start() {
    instance(ProgressListener.NONE);
  }

  @Override
  public Engine engine() {
    return Engine.DUCKDB;
  }

  @Override
  public synchronized EngineStatus status() {
    if (closed) {
      return new EngineStatus(
          Engine.DUCKDB, EngineStatus.State.UNAVAILABLE, "the gateway is stopping");
    } else if (refusal.isPresent()) {
      return new EngineStatus(
          Engine.DUCKDB, EngineStatus.State.UNAVAILABLE, refusal.get().getMessage());
    } else if (instance.filter(DuckDbInstance::alive).isPresent()) {
      return new EngineStatus(Engine.DUCKDB, EngineStatus.State.READY, "");
    }
    return new EngineStatus(Engine.DUCKDB, EngineStatus.State.COLD, "not started yet");
  }

  @Override
  public EngineSession open(SessionSettings sessionSettings, ProgressListener listener) {
    DuckDbInstance running = instance(listener);
    DuckDbSession session =
        new DuckDbSession(running, check, workers, settings.closeTimeout(), this::forget);
    synchronized (this) {
      sessions.add(session);
    }
    return session;
  }

  /** What its statements may take together, outside of the gateway's heap. */
  @Override
  public long memoryNeed() {
    return settings.memoryLimitBytes();
  }

  @Override
  public OptionalLong memoryUsed() {
    Optional<DuckDbInstance> up;
    synchronized (this) {
      up = instance;
    }
    // Asked without the lock: it is a query, and the status must not wait for it.
    return up.map(DuckDbInstance::memoryUsed).orElseGet(OptionalLong::empty);
  }

  /** Statements that are not closed yet. */
  public int openStatements() {
    return workers.openStatements();
  }

  /** Bytes of results that were not closed yet, outside of DuckDB's own memory limit. */
  public synchronized long resultBytes() {
    return instance.map(DuckDbInstance::arrowBytes).orElse(0L);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    workers.close();
    synchronized (this) {
      sessions.clear();
      broken.forEach(DuckDbInstance::close);
      instance.ifPresent(DuckDbInstance::close);
      instance = Optional.empty();
    }
  }

  private synchronized DuckDbInstance instance(ProgressListener listener) {
    if (closed) {
      throw new KitsuneException(
          "ENGINE_UNAVAILABLE", "57P01", "DuckDB cannot be used: the gateway is stopping.");
    }
    instance.filter(old -> !old.alive()).ifPresent(this::retire);
    if (instance.isEmpty()) {
      listener.progress("starting DuckDB");
      try {
        instance = Optional.of(DuckDbInstance.start(settings));
        refusal = Optional.empty();
      } catch (KitsuneException e) {
        refusal = Optional.of(e);
        throw e;
      }
    }
    return instance.get();
  }

  /** A broken instance is closed when the last session that used it is. */
  private void retire(DuckDbInstance old) {
    instance = Optional.empty();
    broken.add(old);
    closeUnused();
  }

  private synchronized void forget(DuckDbSession session) {
    sessions.remove(session);
    closeUnused();
  }

  private void closeUnused() {
    broken.removeIf(
        old -> {
          boolean unused = sessions.stream().noneMatch(session -> session.instance() == old);
          if (unused) {
            old.close();
          }
          return unused;
        });
  }
}
