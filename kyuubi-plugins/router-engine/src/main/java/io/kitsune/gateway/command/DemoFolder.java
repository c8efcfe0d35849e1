// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** The folder of the demo's lake, made anew for every run. */
final class DemoFolder {
  /** Says that the folder is the demo's and may be deleted. */
  private static final String MARKER = ".kitsune-demo";

  private DemoFolder() {}

  /** Deletes the lake of an earlier demo, and nothing that is not one, and begins a new one. */
  static void renew(Path folder) throws IOException {
    if (Files.exists(folder)) {
      if (!Files.exists(folder.resolve(MARKER))) {
        throw new KitsuneException(
            "CONFIG_VALUE_INVALID",
            "F0000",
            folder
                + " exists and was not made by the demo: choose another --home, or move it away");
      }
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
    Files.createFile(folder.resolve(MARKER));
  }
}
