// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.duckdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB's library of 60 MB, which its driver unpacks into Java's temporary folder and deletes when
 * the JVM ends in order, so that each gateway that is killed would leave one. On Linux a file that
 * is mapped needs no name: it loses it as soon as it is loaded.
 */
final class UnpackedLibrary {
  private static final Logger LOG = LoggerFactory.getLogger(UnpackedLibrary.class);

  /** One mapping a line, the file's absolute path last; see proc_pid_maps(5). */
  private static final Path MAPPINGS = Path.of("/proc/self/maps");

  private static final String PREFIX = "libduckdb_java";

  private UnpackedLibrary() {}

  /** Deletes the file, where it was unpacked by this process and the system can do without it. */
  static void unlink() {
    Path temporary = Path.of(System.getProperty("java.io.tmpdir")).toAbsolutePath();
    if (!Files.isReadable(MAPPINGS)) {
      return;
    }
    try {
      for (String mapping : Files.readAllLines(MAPPINGS)) {
        int start = mapping.indexOf('/');
        if (start < 0) {
          continue;
        }
        Path file = Path.of(mapping.substring(start));
        if (temporary.equals(file.getParent())
            && file.getFileName().toString().startsWith(PREFIX)) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      LOG.debug("DuckDB's library keeps its file in {} until the end", temporary, e);
    }
  }
}
