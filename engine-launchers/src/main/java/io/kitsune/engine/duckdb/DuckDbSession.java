// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import io.kitsune.engine.EngineSession;
import io.kitsune.engine.StatementExecution;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A client's statements in DuckDB; there is no other state, for each brings its own settings. */
final class DuckDbSession implements EngineSession {
  private final DuckDbInstance instance;
  private final QueryCheck check;
  private final Workers workers;
  private final Duration closeTimeout;
  private final Consumer<DuckDbSession> closeListener;
  private final Set<DuckDbExecution> executions = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  DuckDbSession(
      DuckDbInstance instance,
      QueryCheck check,
      Workers workers,
      Duration closeTimeout,
      Consumer<DuckDbSession> closeListener) {
    this.instance = instance;
    this.check = check;
    this.workers = workers;
    this.closeTimeout = closeTimeout;
    this.closeListener = closeListener;
  }

  @Override
  public StatementExecution execute(Dispatch dispatch) {
    if (!(dispatch instanceof Dispatch.DuckDbQuery query)) {
      throw new KitsuneException(
          "ENGINE_WRONG_DISPATCH",
          "XX000",
          "DuckDB was given a %s. This is a fault of Kitsune: please report the statement."
              .formatted(dispatch.getClass().getSimpleName()));
    }
    if (!alive()) {
      throw gone();
    }
    DuckDbExecution execution =
        new DuckDbExecution(query, instance, check, workers, closeTimeout, executions::remove);
    executions.add(execution);
    try {
      workers.admit(execution);
    } catch (KitsuneException e) {
      executions.remove(execution);
      throw e;
    }
    if (closed) {
      execution.end();
      throw gone();
    }
    return execution;
  }

  @Override
  public boolean alive() {
    return !closed && instance.alive();
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      executions.forEach(DuckDbExecution::end);
      closeListener.accept(this);
    }
  }

  DuckDbInstance instance() {
    return instance;
  }

  private static KitsuneException gone() {
    return new KitsuneException(
        "ENGINE_GONE",
        "08006",
        "The DuckDB behind this session is gone. Run the statement again: a new session is opened for it.");
  }
}
