// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.supply;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

/** Timers that don't keep the gateway alive. */
public final class DaemonTimer {
  private DaemonTimer() {}

  /** One thread of that name. */
  public static ScheduledExecutorService named(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
