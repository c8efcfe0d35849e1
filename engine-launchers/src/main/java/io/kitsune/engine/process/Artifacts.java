// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.ProgressListener;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Programs made of Maven artifacts, kept in a cache folder that several processes may share. A
 * program's folder is complete or absent: it is built aside, checked and renamed. Once it is there,
 * nothing is resolved and no network is needed. Thread-safe. Closing it breaks off what is being
 * fetched; the files that are complete by then stay in the local repository.
 */
public final class Artifacts implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Artifacts.class);

  /** A slow line needs several minutes for the 310 MB of a Spark. */
  private static final Duration LOCK_LIMIT = Duration.ofMinutes(30);

  private final Path cache;
  private final MavenRepositories repositories;
  private volatile boolean closed;

  /**
   * A cache filled through the user's Maven settings and local repository.
   *
   * @param cache the folder; made when first needed
   */
  public Artifacts(Path cache) {
    this(cache, MavenRepositories.ofUser());
  }

  Artifacts(Path cache, MavenRepositories repositories) {
    this.cache = requireNonNull(cache, "cache").toAbsolutePath();
    this.repositories = repositories;
  }

  /**
   * The program's folder, fetched first if it is absent or damaged.
   *
   * @throws KitsuneException {@code ENGINE_ARTIFACTS_UNAVAILABLE} if an artifact can't be fetched,
   *     {@code ENGINE_ARTIFACT_CHANGED} if one is not what the lock says, {@code
   *     ENGINE_LOCK_TIMEOUT} if another process is busy with it for half an hour, {@code
   *     ENGINE_CLOSED} after {@link #close}
   */
  public ProgramFolder program(ArtifactLock lock, ProgressListener listener) {
    Path folder = cache.resolve(lock.folderName());
    Optional<ProgramFolder> present = ProgramFolder.open(folder);
    if (present.isPresent()) {
      return present.get();
    }
    try (FileMutex mutex = lock(lock, listener)) {
      Optional<ProgramFolder> madeMeanwhile = ProgramFolder.open(folder);
      if (madeMeanwhile.isPresent()) {
        return madeMeanwhile.get();
      }
      LOG.info("Fetching {} into {}", lock.name(), folder);
      return ProgramFolder.publish(folder, repositories.fetch(lock, listener, () -> closed));
    } catch (IOException e) {
      throw new UncheckedIOException("The folder " + folder + " can't be written", e);
    }
  }

  private FileMutex lock(ArtifactLock lock, ProgressListener listener) throws IOException {
    Files.createDirectories(cache);
    Path file = cache.resolve(lock.folderName() + ".lock");
    Optional<FileMutex> mutex = FileMutex.tryAcquire(file);
    if (mutex.isPresent()) {
      return mutex.get();
    }
    listener.progress("waiting for another process that fetches " + lock.name());
    return FileMutex.acquire(
        file,
        LOCK_LIMIT,
        "another process is fetching " + lock.name() + "; wait or stop it",
        () -> closed);
  }

  @Override
  public void close() {
    closed = true;
  }
}
