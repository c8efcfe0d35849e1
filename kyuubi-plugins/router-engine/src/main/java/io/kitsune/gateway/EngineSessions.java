// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.SessionState;
import java.util.EnumMap;
import java.util.Map;

/**
 * A client session's sessions in the engines, each opened when a statement first needs it. Each
 * engine's is brought to the client session's state before every statement, so the state is the
 * truth and an engine that was restarted catches up. Thread-safe.
 */
final class EngineSessions implements AutoCloseable {
  private final EngineFleet fleet;
  private final String sessionId;
  private final int thriftProtocol;
  private final Map<Engine, MirroredSession> sessions = new EnumMap<>(Engine.class);
  private boolean closed;

  EngineSessions(EngineFleet fleet, String sessionId, int thriftProtocol) {
    this.fleet = fleet;
    this.sessionId = sessionId;
    this.thriftProtocol = thriftProtocol;
  }

  /**
   * Starts a statement on that engine.
   *
   * @param state the session's, as the statement was decided with
   * @param sending run just before the engine is given the statement: from then on it is not known
   *     whether it has it
   * @throws KitsuneException {@code ENGINE_NOT_CONFIGURED}, or why the engine did not take it
   */
  StatementExecution execute(
      Engine engine,
      Dispatch dispatch,
      SessionState state,
      Operation.Control control,
      Runnable sending) {
    return session(engine).execute(dispatch, state, control, sending);
  }

  /** Tells an engine's session of a change of state that the engine made by itself. */
  void changed(Engine engine, SessionState before, SessionState after) {
    session(engine).changed(before, after);
  }

  /** Whether the process that ran the session's last statement there has ended. */
  boolean ended(Engine engine) {
    return session(engine).ended();
  }

  private synchronized MirroredSession session(Engine engine) {
    if (closed) {
      throw GatewaySession.closedError();
    }
    MirroredSession known = sessions.get(engine);
    if (known != null) {
      return known;
    }
    MirroredSession opened = new MirroredSession(fleet.launcher(engine), sessionId, thriftProtocol);
    sessions.put(engine, opened);
    return opened;
  }

  /** Closes them all. Never throws. */
  @Override
  public synchronized void close() {
    closed = true;
    sessions.values().forEach(MirroredSession::close);
    sessions.clear();
  }
}
