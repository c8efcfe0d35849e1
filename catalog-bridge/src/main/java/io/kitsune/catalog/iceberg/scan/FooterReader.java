// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import java.util.Optional;

/** Reads the footers of data files, which never change. Thread-safe. */
interface FooterReader {
  /** What {@link #read} would return, if it needs no reading. */
  Optional<FileSchema> kept(String path);

  /**
   * The schema in the footer of a Parquet file of this machine.
   *
   * @throws java.io.UncheckedIOException if it cannot be read
   */
  FileSchema read(String path);
}
