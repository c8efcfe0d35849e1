// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A Hive table.
 *
 * @param dataColumns the columns that stand in the files
 * @param partitionColumns the columns whose values stand in the Metastore, in their order
 * @param format how the files are written
 * @param location the table's folder as a URI; partitions may lie elsewhere
 * @param kind managed or external
 * @param parameters the Metastore's table parameters, statistics among them
 * @param owner may be empty
 */
public record HiveTable(
    TableName name,
    List<Column> dataColumns,
    List<Column> partitionColumns,
    FileFormat format,
    String location,
    Kind kind,
    Map<String, String> parameters,
    String owner)
    implements Table {
  public HiveTable {
    dataColumns = List.copyOf(dataColumns);
    partitionColumns = List.copyOf(partitionColumns);
    parameters = Map.copyOf(parameters);
  }

  @Override
  public List<Column> columns() {
    return Stream.concat(dataColumns.stream(), partitionColumns.stream()).toList();
  }

  /** Who owns the files. */
  public enum Kind {
    MANAGED,
    EXTERNAL
  }

  /** The file formats a Hive table can have; OTHER is any SerDe not named here. */
  public enum FileFormat {
    PARQUET,
    ORC,
    AVRO,
    TEXT,
    OTHER
  }
}
