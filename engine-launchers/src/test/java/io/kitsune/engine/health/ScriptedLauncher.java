// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.health;

import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.EngineSession;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.EngineStatus.State;

/** An engine that is in the state that a test says. */
final class ScriptedLauncher implements EngineLauncher {
  private final Engine engine;
  private final long need;
  volatile State state;
  volatile int stops;

  ScriptedLauncher(Engine engine, State state, long need) {
    this.engine = engine;
    this.state = state;
    this.need = need;
  }

  @Override
  public Engine engine() {
    return engine;
  }

  @Override
  public EngineStatus status() {
    return new EngineStatus(engine, state, state == State.READY ? "" : "as the test says");
  }

  @Override
  public EngineSession open(SessionSettings settings, ProgressListener listener) {
    throw new UnsupportedOperationException("no session is opened in this test");
  }

  @Override
  public long memoryNeed() {
    return need;
  }

  @Override
  public boolean stop() {
    stops++;
    state = State.COLD;
    return true;
  }

  @Override
  public void close() {
    state = State.UNAVAILABLE;
  }
}
