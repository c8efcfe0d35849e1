// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The files of one partition.
 *
 * @param values one for each partition column, in order: the text as the Metastore keeps it, null
 *     for {@code __HIVE_DEFAULT_PARTITION__}; {@code 01} stays {@code 01}. Empty for a table
 *     without partitions.
 */
public record HivePartition(List<String> values, List<ScanFile> files) {
  public HivePartition {
    values = Collections.unmodifiableList(new ArrayList<>(values));
    files = List.copyOf(files);
  }
}
