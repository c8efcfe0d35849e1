// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.OptionalLong;
import org.apache.iceberg.Schema;

/**
 * An Iceberg table, pinned to one snapshot.
 *
 * @param columns of the schema that the snapshot is read with
 * @param handle Iceberg's own view of the table, as of {@code metadataLocation}; read-only here
 * @param schema the schema that the snapshot is read with, with field ids
 * @param snapshotId the snapshot pinned, empty for a table without snapshots
 * @param metadataLocation the metadata file that was current when it was loaded
 * @param formatVersion 1, 2 or 3
 */
public record IcebergTable(
    TableName name,
    List<Column> columns,
    org.apache.iceberg.Table handle,
    Schema schema,
    OptionalLong snapshotId,
    String metadataLocation,
    int formatVersion)
    implements Table {
  public IcebergTable {
    requireNonNull(name, "name");
    columns = List.copyOf(columns);
    requireNonNull(handle, "handle");
    requireNonNull(schema, "schema");
    requireNonNull(snapshotId, "snapshotId");
  }
}
