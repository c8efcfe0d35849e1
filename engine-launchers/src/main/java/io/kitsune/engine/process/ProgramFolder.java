// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A complete program on disk: jars beside each other, archives unpacked into folders of their own.
 * Complete means: the marker file was written, and every file that it lists has its size.
 */
public final class ProgramFolder {
  private static final String MARKER = "complete.txt";
  private static final String END = "end";

  private final Path folder;
  private final List<Path> jars;

  private ProgramFolder(Path folder, List<Path> jars) {
    this.folder = folder;
    this.jars = List.copyOf(jars);
  }

  /** The folder itself, absolute. */
  public Path path() {
    return folder;
  }

  /** Every jar of the lock, in its order; those inside archives are not among them. */
  public List<Path> jars() {
    return jars;
  }

  /** The folder that the archive of this name was unpacked into ({@code x-1.0-bin.tar.gz}). */
  public Path archive(String fileName) {
    return folder.resolve(archiveFolder(fileName));
  }

  /** Empty unless the folder is there and complete; reads sizes, not contents. */
  static Optional<ProgramFolder> open(Path folder) {
    Path marker = folder.resolve(MARKER);
    if (!Files.isRegularFile(marker)) {
      return Optional.empty();
    }
    try {
      List<String> lines = Files.readAllLines(marker);
      // After a power cut the marker may be there and its content not.
      if (lines.isEmpty() || !lines.get(lines.size() - 1).equals(END)) {
        return Optional.empty();
      }
      List<Path> jars = new ArrayList<>();
      for (String line : lines.subList(0, lines.size() - 1)) {
        int space = line.indexOf(' ');
        Path file = folder.resolve(line.substring(space + 1));
        if (!Files.isRegularFile(file)
            || Files.size(file) != Long.parseLong(line.substring(0, space))) {
          return Optional.empty();
        }
        if (file.getParent().equals(folder)) {
          jars.add(file);
        }
      }
      return Optional.of(new ProgramFolder(folder, jars));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Builds the folder aside and puts it in place of what was there. The caller holds the lock. */
  static ProgramFolder publish(Path folder, Map<ArtifactLock.Artifact, Path> files)
      throws IOException {
    Path aside = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID());
    Files.createDirectories(aside);
    try {
      List<String> marker = new ArrayList<>();
      for (Map.Entry<ArtifactLock.Artifact, Path> entry : files.entrySet()) {
        ArtifactLock.Artifact artifact = entry.getKey();
        check(artifact, entry.getValue());
        if (artifact.archive()) {
          Path target = aside.resolve(archiveFolder(artifact.fileName()));
          TarArchive.unpack(entry.getValue(), target);
          marker.addAll(listing(aside, target));
        } else {
          Path target = aside.resolve(artifact.fileName());
          linkOrCopy(entry.getValue(), target);
          marker.add(Files.size(target) + " " + artifact.fileName());
        }
      }
      marker.add(END);
      Files.write(aside.resolve(MARKER), marker);
      if (Files.exists(folder)) {
        Path old = folder.resolveSibling("." + folder.getFileName() + "." + UUID.randomUUID());
        Files.move(folder, old, StandardCopyOption.ATOMIC_MOVE);
        FolderTree.delete(old);
      }
      Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      FolderTree.delete(aside);
    }
    return open(folder)
        .orElseThrow(
            () -> new IOException("the folder " + folder + " changed while it was being made"));
  }

  private static void check(ArtifactLock.Artifact artifact, Path file) throws IOException {
    String found = sha256(file);
    if (!found.equals(artifact.sha256())) {
      throw new KitsuneException(
          "ENGINE_ARTIFACT_CHANGED",
          "58030",
          "%s is not what was expected of %s: SHA-256 %s instead of %s. Delete the file and its folder from the local Maven repository and try again."
              .formatted(file, artifact.coordinates(), found, artifact.sha256()));
    }
  }

  static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static void linkOrCopy(Path file, Path target) throws IOException {
    try {
      // A link survives a purge of the local repository and costs no space.
      Files.createLink(target, file.toRealPath());
    } catch (FileSystemException | UnsupportedOperationException otherFileSystem) {
      Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static List<String> listing(Path root, Path folder) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> walk = Files.walk(folder)) {
      for (Path file : walk.filter(Files::isRegularFile).sorted().toList()) {
        lines.add(Files.size(file) + " " + root.relativize(file));
      }
    }
    return lines;
  }

  private static String archiveFolder(String fileName) {
    return fileName.substring(0, fileName.length() - ".tar.gz".length());
  }
}
