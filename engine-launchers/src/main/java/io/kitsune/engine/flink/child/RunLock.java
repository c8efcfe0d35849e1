// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink.child;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Held by a Flink as long as it lives; in the file it says where its JobManager is. The Flink of a
 * gateway that was killed takes seconds to notice, or longer where the machine is frozen; until it
 * has ended its jobs write, and the next Flink would write the same rows again.
 */
final class RunLock {
  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final long RETRY_MILLIS = 50;

  private final FileChannel channel;

  private RunLock(FileChannel channel) {
    this.channel = channel;
  }

  /** Waits for the Flink before this one to end; the lock is this process's until it ends. */
  static RunLock take(Path file) throws IOException, InterruptedException {
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
    channel.truncate(0);
    return new RunLock(channel);
  }

  /** Says where the REST server of the JobManager is. */
  void publish(URI jobManager) throws IOException {
    ByteBuffer bytes = StandardCharsets.UTF_8.encode(jobManager.toString());
    while (bytes.hasRemaining()) {
      int unused = channel.write(bytes);
    }
  }
}
