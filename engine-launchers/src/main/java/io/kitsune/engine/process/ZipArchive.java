// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.process;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Unpacks a release archive: regular files only, its single top folder left out. */
final class ZipArchive {
  private ZipArchive() {}

  static void unpack(Path archive, Path target) throws IOException {
    try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        int slash = entry.getName().indexOf('/');
        if (entry.isDirectory() || slash < 0) {
          continue;
        }
        Path path = target.resolve(entry.getName().substring(slash + 1)).normalize();
        if (!path.startsWith(target)) {
          throw new IOException(archive + " has an entry outside its folder: " + entry.getName());
        }
        Files.createDirectories(path.getParent());
        Files.copy(zip, path);
      }
    }
  }
}
