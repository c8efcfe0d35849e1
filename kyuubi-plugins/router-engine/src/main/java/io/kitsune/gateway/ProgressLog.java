// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.ExecutionProgress;
import io.kitsune.gateway.Operation.Control;
import io.kitsune.router.Engine;
import java.util.concurrent.TimeUnit;

/** Tells a client how far its statement is: a line every few seconds, if there is news. */
final class ProgressLog {
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Engine engine;
  private final Control control;
  private long told = System.nanoTime();
  private String lastLine = "";

  ProgressLog(Engine engine, Control control) {
    this.engine = engine;
    this.control = control;
  }

  /** The engine is that far. */
  void at(ExecutionProgress progress) {
    control.progress(progress);
    long now = System.nanoTime();
    if (now - told < PERIOD_NANOS) {
      return;
    }
    String line = ProgressText.of(progress);
    if (!line.isEmpty() && !line.equals(lastLine)) {
      control.log("progress: " + engine.id() + ": " + line);
      lastLine = line;
    }
    told = now;
  }
}
