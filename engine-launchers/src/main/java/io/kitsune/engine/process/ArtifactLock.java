// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * The exact artifacts that a program is made of, with their sizes and checksums, so that fetching
 * it needs no dependency resolution and can be checked. Immutable.
 *
 * @param name a folder's name, unique among locks ({@code spark-3.5.4})
 * @param artifacts in the order of the classpath
 */
public record ArtifactLock(String name, List<Artifact> artifacts) {
  public ArtifactLock {
    requireNonNull(name, "name");
    artifacts = List.copyOf(artifacts);
    if (artifacts.isEmpty()) {
      throw new IllegalArgumentException("the lock " + name + " lists no artifact");
    }
    Set<String> files = new HashSet<>();
    for (Artifact artifact : artifacts) {
      if (!files.add(artifact.fileName())) {
        throw new IllegalArgumentException(
            "the lock " + name + " lists two artifacts with the file name " + artifact.fileName());
      }
    }
  }

  /**
   * One artifact.
   *
   * @param coordinates {@code group:artifact:extension[:classifier]:version}
   * @param bytes its size
   * @param sha256 its checksum, lower-case hexadecimal
   */
  public record Artifact(String coordinates, long bytes, String sha256) {
    public Artifact {
      requireNonNull(coordinates, "coordinates");
      requireNonNull(sha256, "sha256");
      int parts = coordinates.split(":", -1).length;
      if (parts != 4 && parts != 5) {
        throw new IllegalArgumentException(
            "expected group:artifact:extension[:classifier]:version, found " + coordinates);
      }
      if (bytes <= 0 || sha256.length() != 64) {
        throw new IllegalArgumentException("no size or no SHA-256 for " + coordinates);
      }
    }

    /** {@code artifact-version[-classifier].extension}, as in a Maven repository. */
    public String fileName() {
      String[] parts = coordinates.split(":", -1);
      String classifier = parts.length == 5 ? "-" + parts[3] : "";
      return parts[1] + "-" + parts[parts.length - 1] + classifier + "." + parts[2];
    }

    boolean archive() {
      return fileName().endsWith(".tar.gz");
    }
  }

  /**
   * Reads a lock from a resource: one artifact a line ({@code coordinates bytes sha256}), {@code #}
   * begins a comment.
   *
   * @throws KitsuneException {@code ENGINE_LOCK_INVALID} if it is absent or malformed
   */
  public static ArtifactLock read(String name, Class<?> neighbour, String resource) {
    try (InputStream in = neighbour.getResourceAsStream(resource)) {
      if (in == null) {
        throw invalid(resource, "there is no such resource beside " + neighbour.getName(), null);
      }
      List<Artifact> artifacts = new ArrayList<>();
      for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
        if (line.isBlank() || line.startsWith("#")) {
          continue;
        }
        String[] fields = line.strip().split(" +", -1);
        if (fields.length != 3) {
          throw invalid(resource, "expected three fields in the line: " + line, null);
        }
        artifacts.add(new Artifact(fields[0], Long.parseLong(fields[1]), fields[2]));
      }
      return new ArtifactLock(name, artifacts);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (IllegalArgumentException e) {
      throw invalid(resource, e.getMessage(), e);
    }
  }

  /** The sum of all sizes. */
  public long bytes() {
    return artifacts.stream().mapToLong(Artifact::bytes).sum();
  }

  /** Name and a digest of the content: another content is another folder. */
  String folderName() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (Artifact artifact : artifacts) {
        digest.update(
            (artifact.coordinates() + " " + artifact.sha256() + "\n")
                .getBytes(StandardCharsets.UTF_8));
      }
      return name + "-" + HexFormat.of().formatHex(digest.digest(), 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static KitsuneException invalid(String resource, String why, Throwable cause) {
    return new KitsuneException(
        "ENGINE_LOCK_INVALID",
        "58000",
        "The artifact list " + resource + " can't be read: " + why,
        cause);
  }
}
