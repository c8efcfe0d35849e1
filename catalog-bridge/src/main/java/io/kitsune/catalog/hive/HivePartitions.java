// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import io.kitsune.catalog.HiveTable;
import java.time.Duration;
import java.util.List;

/**
 * A catalog's partitions, which {@link io.kitsune.catalog.Catalog} leaves out. Thread-safe; errors
 * are those of a catalog.
 */
public interface HivePartitions {
  /** What stands in a partition's name for a NULL. */
  String DEFAULT_PARTITION = "__HIVE_DEFAULT_PARTITION__";

  /**
   * The names of every partition of a table, as Hive escapes them: {@code day=2024-01-01/x=a%2Fb}.
   */
  List<String> partitionNames(HiveTable table);

  /** The partitions of these names; those that were dropped meanwhile are left out. */
  List<StoredPartition> partitions(HiveTable table, List<String> names);

  /**
   * How long the listing of a folder of this catalog may be kept; zero if it is to be taken again
   * for every statement.
   */
  Duration listingTimeToLive();
}
