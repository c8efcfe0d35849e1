// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;

/** Threads whose names say what they are for. */
public final class NamedThreads {
  private NamedThreads() {}

  /** Daemon threads called {@code name-1}, {@code name-2} and so on. */
  public static ThreadFactory daemon(String name) {
    AtomicLong number = new AtomicLong();
    return task -> {
      Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
