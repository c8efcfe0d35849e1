// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.hive.IcebergTables;
import io.kitsune.error.KitsuneException;
import java.util.Map;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;

/**
 * Iceberg tables (format versions 1 to 3) by the location of their metadata file, which some
 * catalog points to. Metadata is kept by location, within a bound of memory. Thread-safe.
 */
public final class IcebergMetadata implements IcebergTables {
  private final ReadOnlyFileIO io;
  private final MetadataCache cache = new MetadataCache();

  private IcebergMetadata(ReadOnlyFileIO io) {
    this.io = io;
  }

  /**
   * A reader of metadata files.
   *
   * @param fileIoProperties Iceberg's FileIO properties for stores other than this machine's disks
   *     ({@code io-impl} and those of the implementation); may be empty
   */
  public static IcebergMetadata open(Map<String, String> fileIoProperties) {
    return new IcebergMetadata(new ReadOnlyFileIO(fileIoProperties, AllowedLocations.ANYWHERE));
  }

  @Override
  public IcebergTable load(TableName name, String metadataLocation, Version version) {
    BaseTable table =
        cache.table(name.toString(), metadataLocation, io, () -> read(name, metadataLocation));
    return pinned(name, table, version);
  }

  /** A table with one of its snapshots chosen. */
  static IcebergTable pinned(TableName name, BaseTable table, Version version) {
    TableMetadata metadata = table.operations().current();
    VersionSelection selection = VersionSelection.of(name, metadata, version);
    return new IcebergTable(
        name,
        IcebergColumns.of(selection.schema()),
        table,
        selection.schema(),
        selection.snapshotId(),
        metadata.metadataFileLocation(),
        metadata.formatVersion());
  }

  private TableMetadata read(TableName name, String location) {
    try {
      return TableMetadataParser.read(io, location);
    } catch (RuntimeException e) {
      throw new KitsuneException(
          "CATALOG_METADATA_UNREADABLE",
          "58030",
          "the metadata file of table %s cannot be read: %s (%s)"
              .formatted(name, location, e.getMessage()),
          e);
    }
  }

  @Override
  public void close() {
    cache.forgetAll();
    io.release();
  }
}
