// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import io.kitsune.error.KitsuneException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;

/**
 * Lists folders, those of this machine through the JDK and others through Hadoop. Thread-safe.
 *
 * <p>What counts is what counts for Spark 3.5 ({@code HadoopFSUtils}, {@code
 * PartitioningAwareFileIndex}): files directly in the folder, longer than nothing, whose names do
 * not begin with a dot, do not begin with an underscore unless they have an equals sign, and do not
 * end in {@code ._COPYING_}. A folder that does not exist is empty.
 */
public final class FolderLister implements AutoCloseable {
  private static final int MAXIMUM_REMOTE_LISTINGS = 32;

  /** What the JDK puts in a file's name for bytes that it cannot decode. */
  private static final char UNDECODABLE = '\uFFFD';

  private final Duration limit;
  private final Configuration hadoop = new Configuration();
  private final ExecutorService remoteListings;

  /**
   * A lister.
   *
   * @param limit how long the listing of one remote folder may take; Hadoop's own retries may go on
   *     for many minutes
   */
  public FolderLister(Duration limit) {
    this.limit = limit;
    this.remoteListings =
        new ThreadPoolExecutor(
            0,
            MAXIMUM_REMOTE_LISTINGS,
            30,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "folder-listing");
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Lists a folder.
   *
   * @throws KitsuneException {@code CATALOG_FILES_UNAVAILABLE} if it cannot be listed
   */
  public FolderContent list(FileLocation folder) {
    try {
      if (folder instanceof FileLocation.Local local) {
        return listLocal(local.path());
      }
      return listRemote(((FileLocation.Remote) folder).location());
    } catch (NoSuchFileException | FileNotFoundException e) {
      return new FolderContent(List.of(), false);
    } catch (IOException | DirectoryIteratorException e) {
      throw unavailable(folder, e);
    }
  }

  private static FolderContent listLocal(Path folder) throws IOException {
    List<FolderContent.ListedFile> files = new ArrayList<>();
    boolean subfolders = false;
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      for (Path entry : entries) {
        if (isHidden(entry.getFileName().toString())) {
          continue;
        }
        requireDecoded(entry);
        Optional<BasicFileAttributes> found = attributes(entry);
        if (found.isEmpty()) {
          continue;
        }
        BasicFileAttributes attributes = found.get();
        if (attributes.isDirectory()) {
          subfolders = true;
        } else if (attributes.size() > 0) {
          files.add(
              new FolderContent.ListedFile(
                  entry.toString(), attributes.size(), attributes.lastModifiedTime().toMillis()));
        }
      }
    }
    return sorted(files, subfolders);
  }

  /**
   * Empty for a link that leads nowhere and a file that is gone since, which Hadoop passes over
   * too.
   */
  private static Optional<BasicFileAttributes> attributes(Path entry) throws IOException {
    try {
      return Optional.of(Files.readAttributes(entry, BasicFileAttributes.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** A name that has lost bytes names no file, or another, once it is text. */
  private static void requireDecoded(Path entry) throws IOException {
    String text = entry.toString();
    if (text.indexOf(UNDECODABLE) < 0) {
      return;
    }
    try {
      if (Path.of(text).equals(entry)) {
        return;
      }
    } catch (InvalidPathException e) {
      throw undecodable(entry, e);
    }
    throw undecodable(entry, null);
  }

  private static IOException undecodable(Path entry, InvalidPathException cause) {
    return new IOException(
        "the name of %s is not of this JVM's encoding %s (start it with LC_ALL=C.UTF-8)"
            .formatted(entry, System.getProperty("sun.jnu.encoding")),
        cause);
  }

  private FolderContent listRemote(String location) throws IOException {
    Future<FolderContent> listing;
    try {
      listing = remoteListings.submit(() -> listThroughHadoop(location));
    } catch (RejectedExecutionException e) {
      throw new IOException(MAXIMUM_REMOTE_LISTINGS + " listings are under way already", e);
    }
    try {
      return listing.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException failure) {
        throw failure;
      }
      throw new IOException(e.getCause());
    } catch (TimeoutException e) {
      listing.cancel(true);
      throw new IOException("no answer within " + limit, e);
    } catch (InterruptedException e) {
      listing.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  FolderContent listThroughHadoop(String location) throws IOException {
    org.apache.hadoop.fs.Path folder = new org.apache.hadoop.fs.Path(location);
    List<FolderContent.ListedFile> files = new ArrayList<>();
    boolean subfolders = false;
    for (FileStatus status : FileSystem.get(folder.toUri(), hadoop).listStatus(folder)) {
      if (isHidden(status.getPath().getName())) {
        continue;
      }
      if (status.isDirectory()) {
        subfolders = true;
      } else if (status.getLen() > 0) {
        files.add(
            new FolderContent.ListedFile(
                status.getPath().toString(), status.getLen(), status.getModificationTime()));
      }
    }
    return sorted(files, subfolders);
  }

  private static FolderContent sorted(List<FolderContent.ListedFile> files, boolean subfolders) {
    files.sort(Comparator.comparing(FolderContent.ListedFile::path));
    return new FolderContent(files, subfolders);
  }

  static boolean isHidden(String name) {
    return name.startsWith(".")
        || (name.startsWith("_") && !name.contains("="))
        || name.endsWith("._COPYING_");
  }

  private static KitsuneException unavailable(FileLocation folder, Exception cause) {
    String location =
        folder instanceof FileLocation.Local local
            ? local.path().toString()
            : ((FileLocation.Remote) folder).location();
    return new KitsuneException(
        "CATALOG_FILES_UNAVAILABLE",
        "58030",
        "the folder %s cannot be listed: %s; see that it exists and that the gateway may read it"
            .formatted(location, cause),
        cause);
  }

  @Override
  public void close() {
    remoteListings.shutdownNow();
  }
}
