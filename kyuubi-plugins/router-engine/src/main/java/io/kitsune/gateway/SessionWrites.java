// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import java.util.HashSet;
import java.util.Set;

/** The writes of a session that run, to know which ran alone. Thread-safe. */
final class SessionWrites {
  private final Set<Write> running = new HashSet<>();

  /** A write that begins; it is over when it is closed. */
  synchronized Write begin() {
    Write write = new Write();
    write.alone = running.isEmpty();
    running.forEach(other -> other.alone = false);
    running.add(write);
    return write;
  }

  /** One write. */
  final class Write implements AutoCloseable {
    private boolean alone;

    /** True if no other write of the session ran at the same time, so far. */
    boolean alone() {
      synchronized (SessionWrites.this) {
        return alone;
      }
    }

    @Override
    public void close() {
      synchronized (SessionWrites.this) {
        running.remove(this);
      }
    }
  }
}
