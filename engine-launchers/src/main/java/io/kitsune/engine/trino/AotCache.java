// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.engine.process.ChildJar;
import io.kitsune.engine.process.FileMutex;
import io.kitsune.engine.process.FolderTree;
import io.kitsune.engine.process.JavaInstallation;
import io.kitsune.engine.process.JvmProgram;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The classes that a JVM loads as it starts, parsed, linked and checked ahead of time, in a file
 * that the next JVM maps. The file is good for one build of Java, one class path and the same
 * options only, so there is a folder for each; what the folder's name does not tell, the JVM checks
 * by itself, and starts without the file if it does not fit.
 *
 * <p>It is made from a list of classes that an ordinary run writes as it goes: the JDK's own way,
 * {@code -XX:AOTMode=record}, makes that run write 138 MB as it ends, for 6 s of a processor, and
 * starts no sooner (see docs/benchmarks/engines.md).
 */
final class AotCache {
  /** The list that a run without a cache writes. */
  static final String LIST = "classes.list";

  private static final String FILE = "classes.jsa";
  private static final String UNFINISHED = "unfinished-";

  /** So many folders: a user with two configurations keeps both. */
  private static final int KEPT = 2;

  private final Path folder;

  private AotCache(Path folder) {
    this.folder = folder;
  }

  /**
   * The cache for these; makes its folder, which only its owner may enter.
   *
   * @param parent of all caches
   * @param options of the JVM, without those for the cache
   * @param classPath without the class that watches the parent
   * @throws IOException if the folder can't be written
   */
  static AotCache open(
      Path parent, JavaInstallation java, List<String> options, List<String> classPath)
      throws IOException {
    Files.createDirectories(parent);
    Path folder = parent.resolve(key(java, options, classPath));
    if (!Files.isDirectory(folder)) {
      // With its jar or not at all: the JVM wants the jar's time to be the same ever after.
      Path aside = Files.createTempDirectory(parent, "new-");
      try {
        ChildJar.write(aside);
        Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
      } catch (FileAlreadyExistsException another) {
        FolderTree.delete(aside);
      }
    }
    Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
    return new AotCache(folder);
  }

  private static String key(JavaInstallation java, List<String> options, List<String> classPath)
      throws IOException {
    List<String> parts = new ArrayList<>(options);
    parts.add(java.home().toString());
    parts.add(Files.readString(java.home().resolve("release")));
    for (String entry : classPath) {
      Path jar = Path.of(entry);
      parts.add("%s %d %s".formatted(entry, Files.size(jar), Files.getLastModifiedTime(jar)));
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(ChildJar.content());
      parts.forEach(part -> digest.update((part + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  Path file() {
    return folder.resolve(FILE);
  }

  boolean present() {
    return Files.isRegularFile(file());
  }

  /** The class path with the class that watches the parent. */
  List<String> classPath(List<String> libraries) {
    List<String> entries = new ArrayList<>(List.of(ChildJar.in(folder).toString()));
    entries.addAll(libraries);
    return entries;
  }

  /** Added to a start's: they use the cache, or make the run write its list. */
  List<String> startOptions() {
    // Another maker's JVM may not know them, and starts all the same.
    return present()
        ? List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-Xshare:auto",
            "-XX:+VerifySharedSpaces",
            "-XX:SharedArchiveFile=" + file())
        : List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:DumpLoadedClassList=" + JvmProgram.RUN_FOLDER + "/" + LIST);
  }

  /**
   * Added to the options of the JVM that makes it from a list in its own run's folder; that JVM
   * runs no main class.
   */
  static List<String> makeOptions(Path unfinished) {
    return List.of(
        "-Xshare:dump",
        "-XX:+AOTClassLinking",
        // So that the file has checksums of all of it.
        "-XX:+VerifySharedSpaces",
        "-XX:SharedClassListFile=" + JvmProgram.RUN_FOLDER + "/" + LIST,
        "-XX:SharedArchiveFile=" + unfinished);
  }

  /** Held by whoever makes it; empty if somebody does. */
  Optional<FileMutex> tryLock() {
    return FileMutex.tryAcquire(folder.resolve("making.lock"));
  }

  /** A name for a file that is being made; removes what earlier attempts left. With the lock. */
  Path unfinished() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        if (file.getFileName().toString().startsWith(UNFINISHED)) {
          Files.deleteIfExists(file);
        }
      }
    }
    return folder.resolve(UNFINISHED + UUID.randomUUID() + ".jsa");
  }

  /** Puts a finished file in place, and removes the caches that were used least lately. */
  void publish(Path finished) throws IOException {
    Files.move(finished, file(), StandardCopyOption.ATOMIC_MOVE);
    try (Stream<Path> folders = Files.list(folder.getParent())) {
      List<Path> old =
          folders
              .filter(other -> !other.equals(folder))
              .sorted(Comparator.comparing(AotCache::lastUse).reversed())
              .skip(KEPT - 1)
              .toList();
      for (Path other : old) {
        FolderTree.delete(other);
      }
    }
  }

  private static FileTime lastUse(Path folder) {
    try {
      return Files.getLastModifiedTime(folder);
    } catch (IOException gone) {
      return FileTime.fromMillis(0);
    }
  }

  /** Removes the file; the next run writes its list again. */
  void discard() throws IOException {
    Files.deleteIfExists(file());
  }
}
