// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.child;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Held by a Flink as long as it lives. The Flink of a gateway that was killed takes seconds to
 * notice, or longer where the machine is frozen; until it has ended its jobs write, and the next
 * Flink would write the same rows again.
 */
final class RunLock {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final long RETRY_MILLIS = 50;

  private RunLock() {}

  /** Waits for the Flink before this one to end; the lock is this process's until it ends. */
  static void take(Path file) throws IOException, InterruptedException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      System.err.println("Another Flink runs in this folder; waiting for its end");
    }
    long began = System.nanoTime();
    while (lock == null) {
      if (System.nanoTime() - began > LIMIT.toNanos()) {
        channel.close();
        throw new IOException(
            "Another Flink holds "
                + file
                + " and has not ended in "
                + LIMIT.toSeconds()
                + " s: it belongs to a gateway that is gone. End it by hand.");
      }
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
      lock = channel.tryLock();
    }
  }
}
