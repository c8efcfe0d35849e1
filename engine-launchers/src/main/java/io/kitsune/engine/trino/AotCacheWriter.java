// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.FileMutex;
import io.kitsune.engine.process.JvmProgram;
import io.kitsune.engine.supply.DaemonTimer;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a cache for the next start when nobody would notice: some time after a start, while no
 * statement runs, with what processor time the others leave. Without one, nothing fails; it is
 * tried again after the next start. Thread-safe.
 */
final class AotCacheWriter implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AotCacheWriter.class);
  private static final Duration LIMIT = Duration.ofMinutes(15);
  private static final Duration END = Duration.ofSeconds(2);

  private final Duration after;
  private final BooleanSupplier quiet;
  private final ScheduledExecutorService timer = DaemonTimer.named("trino-aot-cache");
  private ChildProcess making;
  private boolean closed;

  /**
   * Does nothing yet.
   *
   * @param after how long after a start; also how long to wait if it is not quiet then
   * @param quiet whether no statement runs
   */
  AotCacheWriter(Duration after, BooleanSupplier quiet) {
    this.after = after;
    this.quiet = quiet;
  }

  /**
   * What to make, of whom.
   *
   * @param run a JVM that writes a list of its classes
   * @param list where it does
   * @param sources puts files that stay in place of those that go with the run
   * @param maker the program with its options for the cache, given the file to make
   */
  record Task(
      AotCache cache,
      ChildProcess run,
      Path list,
      UnaryOperator<String> sources,
      Function<Path, JvmProgram> maker) {}

  /** Will make it, unless that run ends before, or this is closed. */
  synchronized void makeLater(Task task) {
    if (!closed) {
      var unused = timer.schedule(() -> makeIfQuiet(task), after.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void makeIfQuiet(Task task) {
    if (!task.run().alive()) {
      LOG.debug("Trino ended before its classes could be kept for the next start");
    } else if (!quiet.getAsBoolean()) {
      makeLater(task);
    } else {
      make(task);
    }
  }

  private void make(Task task) {
    try {
      Optional<FileMutex> lock = task.cache().tryLock();
      if (lock.isPresent()) {
        try (FileMutex held = lock.get()) {
          makeAlone(task, held);
        }
      }
    } catch (IOException | UncheckedIOException | KitsuneException e) {
      if (closed()) {
        LOG.debug("The gateway stopped while Trino's classes were being kept", e);
      } else {
        LOG.warn("Trino's classes could not be kept for a faster start", e);
      }
    }
  }

  /** With the lock. */
  private void makeAlone(Task task, FileMutex held) throws IOException {
    if (task.cache().present()) {
      LOG.debug("Another gateway has kept Trino's classes; {} is given back", held);
      return;
    }
    long began = System.nanoTime();
    Path unfinished = task.cache().unfinished();
    try {
      ChildProcess child =
          ChildProcess.startInBackground(
              task.maker().apply(unfinished),
              folder ->
                  Files.writeString(
                      folder.resolve(AotCache.LIST),
                      task.sources().apply(wholeLines(Files.readString(task.list())))));
      watch(child);
      child.awaitSuccess(LIMIT);
      task.cache().publish(unfinished);
      LOG.info(
          "Kept Trino's classes for a faster start: {}, {} MB, in {} s",
          task.cache().file(),
          Files.size(task.cache().file()) >> 20,
          TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began));
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** The run still writes to it. */
  static String wholeLines(String list) {
    return list.substring(0, list.lastIndexOf('\n') + 1);
  }

  private synchronized void watch(ChildProcess child) {
    making = child;
    if (closed) {
      child.kill();
    }
  }

  private synchronized boolean closed() {
    return closed;
  }

  /** What is being made is thrown away; waits two seconds at most. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      if (making != null) {
        making.kill();
      }
    }
    timer.shutdown();
    try {
      if (!timer.awaitTermination(END.toMillis(), TimeUnit.MILLISECONDS)) {
        timer.shutdownNow();
      }
    } catch (InterruptedException e) {
      timer.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
