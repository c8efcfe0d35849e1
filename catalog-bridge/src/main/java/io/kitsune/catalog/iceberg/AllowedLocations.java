// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import io.kitsune.error.KitsuneException;
import org.apache.iceberg.io.FileIO;

/**
 * The places whose files a catalog may have the gateway read. A REST server is another party: what
 * it names must not reach the files of this machine, or a service beside it, unless the operator
 * said so. Thread-safe.
 */
public interface AllowedLocations {
  /** For catalogs whose tables the operator vouches for. */
  AllowedLocations ANYWHERE = location -> {};

  /** What the catalog behind a table's files may name. */
  static AllowedLocations of(FileIO io) {
    return io instanceof ReadOnlyFileIO own ? own.allowed() : ANYWHERE;
  }

  /**
   * Passes if the location may be read.
   *
   * @param location as metadata has it
   * @throws KitsuneException {@link #REFUSED}, naming the location and the key that would allow it
   */
  void require(String location);

  /** The code of the error for a location that may not be read. */
  String REFUSED = "CATALOG_LOCATION_REFUSED";
}
