// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.authentication;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A password file as it was last right. It is looked at with each use, and read if it changed. */
final class WatchedPasswordFile {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedPasswordFile.class);

  /** A file changed so lately may change again without its time of change showing it. */
  private static final Duration UNSETTLED = Duration.ofSeconds(2);

  private final Path path;
  private PasswordFile good;
  private Stamp stamp;
  private String lastError = "";

  private WatchedPasswordFile(Path path) {
    this.path = path;
  }

  static WatchedPasswordFile open(Path path) {
    WatchedPasswordFile file = new WatchedPasswordFile(path);
    file.stamp = file.look();
    file.good = PasswordFile.read(path);
    LOG.info("{} has {} users", path, file.good.hashes().size());
    return file;
  }

  /** What the file says now; what it said before, if it is wrong now. */
  synchronized PasswordFile current() {
    Stamp now = look();
    if (now.equals(stamp) && now.settled()) {
      return good;
    }
    try {
      PasswordFile read = PasswordFile.read(path);
      if (!now.equals(stamp)) {
        LOG.info("{} has {} users now", path, read.hashes().size());
      }
      good = read;
      lastError = "";
    } catch (KitsuneException e) {
      // Once for each way of being wrong, not with every log-in.
      if (!lastError.equals(e.getMessage())) {
        LOG.error("what was read before stays in force: {}", e.getMessage(), e);
        lastError = e.getMessage();
      }
    }
    stamp = now;
    return good;
  }

  private Stamp look() {
    try {
      BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new Stamp(
          attributes.lastModifiedTime(), attributes.size(), String.valueOf(attributes.fileKey()));
    } catch (IOException e) {
      LOG.debug("{} cannot be looked at", path, e);
      return Stamp.MISSING;
    }
  }

  /** What changes when a file does. */
  private record Stamp(FileTime modified, long size, String key) {
    static final Stamp MISSING = new Stamp(FileTime.fromMillis(0), -1, "");

    boolean settled() {
      return size >= 0 && modified.toInstant().isBefore(Instant.now().minus(UNSETTLED));
    }
  }
}
