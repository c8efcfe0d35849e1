// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Mutual exclusion between processes, and between threads of one process, by a lock on a file. The
 * operating system frees it when the process dies, however it dies. The file itself stays.
 */
public final class FileMutex implements AutoCloseable {
  private static final long RETRY_MILLIS = 50;

  private final FileChannel channel;

  private FileMutex(FileChannel channel) {
    this.channel = channel;
  }

  /** Takes the lock if nobody holds it; returns at once. */
  public static Optional<FileMutex> tryAcquire(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      boolean held = false;
      try {
        FileLock lock = channel.tryLock();
        held = lock != null;
      } catch (OverlappingFileLockException heldByThisProcess) {
        held = false;
      } finally {
        if (!held) {
          channel.close();
        }
      }
      return held ? Optional.of(new FileMutex(channel)) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Takes the lock, waiting for it.
   *
   * @param holder who usually holds it and what to do, for the message
   * @throws KitsuneException {@code ENGINE_LOCK_TIMEOUT} after {@code limit}
   */
  public static FileMutex acquire(Path file, Duration limit, String holder) {
    return acquire(file, limit, holder, () -> false);
  }

  /**
   * As the other.
   *
   * @param abandoned true once nobody wants it any more
   * @throws KitsuneException {@code ENGINE_CLOSED} then
   */
  static FileMutex acquire(Path file, Duration limit, String holder, BooleanSupplier abandoned) {
    long deadline = System.nanoTime() + limit.toNanos();
    while (true) {
      Optional<FileMutex> mutex = tryAcquire(file);
      if (mutex.isPresent()) {
        return mutex.get();
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new KitsuneException(
            "ENGINE_LOCK_TIMEOUT",
            "57014",
            "The lock " + file + " was not free after " + limit.toSeconds() + " s: " + holder);
      }
      if (abandoned.getAsBoolean()) {
        throw new KitsuneException(
            "ENGINE_CLOSED", "57P01", "The gateway is stopping; it waited for " + file + ".");
      }
      pause();
    }
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException("ENGINE_INTERRUPTED", "57014", "Interrupted while waiting", e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
