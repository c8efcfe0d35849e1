// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.metastore;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.process.ChildProcess;
import io.kitsune.engine.process.FileMutex;
import io.kitsune.engine.process.LoopbackPort;
import io.kitsune.error.KitsuneException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Hive Metastore 4.0.0 on Derby under a home folder, in a child process: started when first asked
 * for, replaced if it dies, on the same port as before if that is free. Gateways that share a home
 * share the one that runs; when its gateway leaves, the next to ask starts it again.
 *
 * <p>It listens on the loopback address without authentication, so every user of the machine can
 * reach it: the embedded lake is for one user's machine. Thread-safe.
 */
public final class EmbeddedMetastore implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMetastore.class);
  private static final Duration SHARED_LIMIT = Duration.ofMinutes(3);
  private static final long RETRY_MILLIS = 100;

  /** One that dies sooner would only die again. */
  private static final Duration LEAST_AGE_TO_REPLACE = Duration.ofSeconds(20);

  /** A commit of Iceberg's holds its lock for a fraction of a second. */
  private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(30);

  private final MetastoreFolders folders;
  private final Artifacts artifacts;
  private final Path javaHome;
  private final Duration leastAgeToReplace;
  private final Duration lockTimeout;
  private Running running;
  private boolean closed;

  private record Running(ChildProcess child, FileMutex lock, URI uri, long startedAt) {}

  /**
   * Starts nothing yet.
   *
   * @param home its database and warehouse are made in this folder
   * @param artifacts where its program is fetched to
   * @param javaHome the Java to run it with, 17 or newer
   */
  public EmbeddedMetastore(Path home, Artifacts artifacts, Path javaHome) {
    this(home, artifacts, javaHome, LEAST_AGE_TO_REPLACE, LOCK_TIMEOUT);
  }

  EmbeddedMetastore(
      Path home,
      Artifacts artifacts,
      Path javaHome,
      Duration leastAgeToReplace,
      Duration lockTimeout) {
    this.leastAgeToReplace = leastAgeToReplace;
    this.lockTimeout = lockTimeout;
    this.folders = new MetastoreFolders(requireNonNull(home, "home").toAbsolutePath());
    this.artifacts = requireNonNull(artifacts, "artifacts");
    this.javaHome = requireNonNull(javaHome, "javaHome");
  }

  /** The folder of managed tables; known without starting anything. */
  public Path warehouse() {
    return folders.warehouse();
  }

  /**
   * Its thrift URI; waits until it is up. The first time in a home's life takes a download and
   * about ten seconds more, later starts about two seconds; a running one is answered at once.
   *
   * @throws KitsuneException {@code ENGINE_START_FAILED} or {@code ENGINE_START_TIMEOUT} quoting
   *     its log, {@code ENGINE_CLOSED} after {@link #close}, and what {@link Artifacts} throws
   */
  public synchronized URI start(ProgressListener listener) {
    if (closed) {
      throw new KitsuneException(
          "ENGINE_CLOSED", "57P01", "The Metastore of " + folders.home() + " was closed.");
    }
    if (running != null && running.child().alive()) {
      return running.uri();
    }
    release();
    long deadline = System.nanoTime() + SHARED_LIMIT.toNanos();
    while (true) {
      Optional<FileMutex> lock = FileMutex.tryAcquire(folders.lock());
      if (lock.isPresent()) {
        return startOwn(lock.get(), listener);
      }
      OptionalInt port = folders.recordedPort();
      if (port.isPresent() && LoopbackPort.answers(port.getAsInt())) {
        return uri(port.getAsInt());
      }
      if (System.nanoTime() - deadline >= 0) {
        throw new KitsuneException(
            "ENGINE_START_TIMEOUT",
            "57014",
            "Another gateway holds %s, but its Metastore did not answer for %d s. Stop that gateway, or choose another home."
                .formatted(folders.lock(), SHARED_LIMIT.toSeconds()));
      }
      listener.progress("waiting for the Metastore that another gateway is starting");
      pause();
    }
  }

  private URI startOwn(FileMutex lock, ProgressListener listener) {
    try {
      int port =
          folders.recordedPort().stream()
              .map(LoopbackPort::freeOrOther)
              .findFirst()
              .orElseGet(LoopbackPort::free);
      // Nobody may take the port for ours before the Metastore listens on it.
      folders.forgetPort();
      MetastoreProgram program =
          new MetastoreProgram(
              folders, artifacts.program(MetastoreProgram.LOCK, listener), javaHome, lockTimeout);
      program.createDatabaseOnce(listener);
      listener.progress("starting the Metastore");
      ChildProcess child = program.serve(port);
      folders.recordPort(port);
      running = new Running(child, lock, uri(port), System.nanoTime());
      var unused = child.exit().thenRun(() -> replaceInBackground(child));
      LOG.info("The Metastore of {} listens on {}", folders.home(), running.uri());
      return running.uri();
    } catch (RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Clients hold on to the address: it must be served again without anybody asking. */
  private void replaceInBackground(ChildProcess dead) {
    Thread thread = new Thread(() -> replace(dead), "metastore-replace");
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void replace(ChildProcess dead) {
    if (closed || running == null || running.child() != dead) {
      return;
    }
    if (System.nanoTime() - running.startedAt() < leastAgeToReplace.toNanos()) {
      LOG.warn("Died soon after its start; the next caller starts it again: {}", dead.obituary());
      return;
    }
    try {
      start(line -> LOG.info("Replacing the Metastore: {}", line));
    } catch (RuntimeException e) {
      LOG.error("The Metastore died and can't be started again; the next caller tries", e);
    }
  }

  private static URI uri(int port) {
    return URI.create("thrift://" + LoopbackPort.HOST + ":" + port);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "ENGINE_INTERRUPTED", "57014", "Interrupted while waiting for the Metastore", e);
    }
  }

  /** Stops it if it was started here; idempotent. */
  @Override
  public synchronized void close() {
    closed = true;
    release();
  }

  private void release() {
    if (running != null) {
      if (running.child().alive()) {
        running.child().close();
      } else {
        LOG.warn("{}", running.child().obituary());
      }
      running.lock().close();
      running = null;
    }
  }
}
