// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.HiveTable;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * A partition as the Metastore describes it.
 *
 * @param values one for each partition column, in order, as stored; null for {@code
 *     __HIVE_DEFAULT_PARTITION__}
 * @param location the folder, in Hadoop's form of a path (nothing in it is escaped); it need not
 *     lie in the table's folder
 * @param format how this partition's files are written, which need not be the table's
 * @param retyped columns that are described with another type than the table's, by the table's name
 *     of them
 * @param parameters statistics among them
 */
public record StoredPartition(
    List<String> values,
    String location,
    HiveTable.FileFormat format,
    List<String> retyped,
    Map<String, String> parameters) {
  public StoredPartition {
    values = Collections.unmodifiableList(new ArrayList<>(values));
    requireNonNull(location, "location");
    requireNonNull(format, "format");
    retyped = List.copyOf(retyped);
    parameters = Map.copyOf(parameters);
  }
}
