// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.files.FileLocation;
import io.kitsune.catalog.files.FolderContent;
import java.util.List;

/**
 * Where the rows of a catalog's Hive tables are: their partitions and folders, which {@link
 * io.kitsune.catalog.Catalog} leaves out. Thread-safe; errors are those of a catalog.
 *
 * <p>Answers are of now; or were, within the catalog's time to live for listings and if the table
 * was not invalidated since.
 */
public interface HiveStorage {
  /** What stands in a partition's name for a NULL. */
  String DEFAULT_PARTITION = "__HIVE_DEFAULT_PARTITION__";

  /**
   * The names of every partition of a table, as Hive escapes them: {@code day=2024-01-01/x=a%2Fb}.
   */
  List<String> partitionNames(HiveTable table);

  /** The partitions of these names; those that were dropped meanwhile are left out. */
  List<StoredPartition> partitions(HiveTable table, List<String> names);

  /** What is in a folder of the table's. */
  FolderContent list(HiveTable table, FileLocation folder);
}
