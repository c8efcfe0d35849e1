// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What Spark reads of a folder: its own files, without hidden and empty ones, sorted by path.
 *
 * @param subfolders whether there are folders in it that are not hidden; Spark passes them over or
 *     takes them for partitions, Hive reads them
 */
public record FolderContent(List<ListedFile> files, boolean subfolders) {
  public FolderContent {
    files = List.copyOf(files);
  }

  /**
   * A file in a folder.
   *
   * @param path absolute for a file of this machine, otherwise the full location; nothing in it is
   *     escaped
   * @param bytes more than 0
   * @param modified milliseconds since the epoch
   */
  public record ListedFile(String path, long bytes, long modified) {
    public ListedFile {
      requireNonNull(path, "path");
    }
  }
}
