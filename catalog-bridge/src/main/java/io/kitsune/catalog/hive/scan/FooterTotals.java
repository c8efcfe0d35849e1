// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive.scan;

import io.kitsune.catalog.files.ParquetFooter;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Adds up what footers say. Used by one thread. */
final class FooterTotals {
  private final Set<String> columns;
  private long files;
  private long fileBytes;
  private long rows;
  private long columnBytes;

  FooterTotals(Set<String> columnsRead) {
    this.columns =
        columnsRead.stream().map(n -> n.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
  }

  void add(long size, ParquetFooter footer) {
    files++;
    fileBytes += size;
    rows += footer.rows();
    footer
        .leaves()
        .forEach(
            (path, leaf) -> {
              if (columns.contains(path.get(0).toLowerCase(Locale.ROOT))) {
                columnBytes += leaf.bytes();
              }
            });
  }

  long files() {
    return files;
  }

  /** The files' whole sizes. */
  long fileBytes() {
    return fileBytes;
  }

  long rows() {
    return rows;
  }

  /** Of the columns read, as stored. */
  long columnBytes() {
    return columnBytes;
  }
}
