// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import io.kitsune.catalog.IcebergTable;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;

/**
 * Reads Iceberg tables whose pointer stands in the Metastore. The Metastore catalog fetches the
 * pointer on every load and hands it over, so an implementation may keep what it read of a metadata
 * file, which never changes. Thread-safe.
 */
public interface IcebergTables extends AutoCloseable {
  /**
   * The table as its metadata file describes it.
   *
   * @param name the table's full name, as the Metastore keeps it
   * @param metadataLocation the Metastore's parameter {@code metadata_location}, a URI
   * @param version which snapshot to pin; one that does not exist is a {@link
   *     io.kitsune.error.KitsuneException} whose code begins with {@code CATALOG_}
   */
  IcebergTable load(TableName name, String metadataLocation, Version version);

  @Override
  void close();
}
