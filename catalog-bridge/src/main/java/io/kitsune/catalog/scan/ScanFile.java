// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import static java.util.Objects.requireNonNull;

/**
 * A file to read.
 *
 * @param path an absolute path for a file of this machine, otherwise the full URI; never decoded
 *     twice: a {@code %41} in a name stays {@code %41}
 * @param bytes the file's size
 */
public record ScanFile(String path, long bytes) {
  public ScanFile {
    requireNonNull(path, "path");
  }
}
