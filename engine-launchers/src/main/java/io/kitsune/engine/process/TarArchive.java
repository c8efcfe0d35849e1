// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * Unpacks a release archive: regular files and hard links between them, its single top folder left
 * out.
 */
final class TarArchive {
  private TarArchive() {}

  static void unpack(Path archive, Path target) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(file))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        if (!entry.isFile() || entry.getName().indexOf('/') < 0) {
          continue;
        }
        Path path = inside(target, entry.getName(), archive);
        Files.createDirectories(path.getParent());
        if (entry.isLink()) {
          // To a file that came before it.
          Files.createLink(path, inside(target, entry.getLinkName(), archive));
        } else {
          Files.copy(tar, path);
        }
      }
    }
  }

  private static Path inside(Path target, String name, Path archive) throws IOException {
    Path path = target.resolve(name.substring(name.indexOf('/') + 1)).normalize();
    if (!path.startsWith(target.normalize())) {
      throw new IOException(archive + " has an entry outside its folder: " + name);
    }
    return path;
  }
}
