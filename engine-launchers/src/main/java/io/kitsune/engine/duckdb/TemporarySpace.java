// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder for one DuckDB instance to spill to. DuckDB numbers its temporary files from zero, so
 * two instances must not share one. The folder is locked as long as it is used; folders left by a
 * gateway that was killed are not, and are removed by the next one that starts.
 */
final class TemporarySpace implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TemporarySpace.class);
  private static final String PREFIX = "kitsune-duckdb-";
  private static final String LOCK = "lock";

  private final Path folder;
  private final FileChannel channel;

  private TemporarySpace(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  static TemporarySpace in(Path parent) {
    try {
      Files.createDirectories(parent);
      removeAbandoned(parent);
      Path folder = Files.createTempDirectory(parent, PREFIX);
      FileChannel channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      channel.lock();
      return new TemporarySpace(folder, channel);
    } catch (IOException e) {
      throw new KitsuneException(
          "ENGINE_UNAVAILABLE",
          "58030",
          "DuckDB cannot start: its temporary directory %s cannot be written (%s). Set another one, or make it writable."
              .formatted(parent, e),
          e);
    }
  }

  Path folder() {
    return folder;
  }

  @Override
  public void close() {
    try {
      channel.close();
      remove(folder);
    } catch (IOException e) {
      LOG.warn(
          "Could not remove DuckDB's temporary folder {}; the next start tries again", folder, e);
    }
  }

  private static void removeAbandoned(Path parent) throws IOException {
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
      for (Path folder : folders) {
        if (abandoned(folder)) {
          LOG.info("Removing {}, left by a gateway that did not end in order", folder);
          remove(folder);
        }
      }
    }
  }

  private static boolean abandoned(Path folder) throws IOException {
    Path lock = folder.resolve(LOCK);
    if (!Files.exists(lock)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held != null;
    } catch (OverlappingFileLockException inThisProcess) {
      return false;
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
