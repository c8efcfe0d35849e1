// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads as they are needed, that don't keep the gateway alive. */
final class DaemonThreads {
  private DaemonThreads() {}

  static ExecutorService named(String name) {
    AtomicInteger number = new AtomicInteger();
    return Executors.newCachedThreadPool(
        task -> {
          Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }
}
