// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.engine.ProgressListener;
import java.io.PrintWriter;

/**
 * Shows what is being waited for on standard error: on a terminal one line that is written over,
 * elsewhere a line each. Thread-safe.
 */
final class ProgressLine implements ProgressListener, AutoCloseable {
  private static final String ERASE = "\r\u001b[2K";

  private final PrintWriter err;
  private final boolean terminal;
  private String shown = "";

  ProgressLine(PrintWriter err) {
    this.err = err;
    this.terminal = System.console() != null && System.getenv("NO_COLOR") == null;
  }

  @Override
  public synchronized void progress(String line) {
    if (line.equals(shown)) {
      return;
    }
    shown = line;
    if (terminal) {
      err.print(ERASE + "… " + line);
    } else {
      err.println("… " + line);
    }
    err.flush();
  }

  /** Takes the line away. */
  @Override
  public synchronized void close() {
    if (terminal && !shown.isEmpty()) {
      err.print(ERASE);
      err.flush();
    }
    shown = "";
  }
}
