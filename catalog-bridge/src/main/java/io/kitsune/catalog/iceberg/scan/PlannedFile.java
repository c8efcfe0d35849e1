// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import io.kitsune.catalog.iceberg.LocalLocations;
import io.kitsune.catalog.scan.ScanFile;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileFormat;

/**
 * What is kept of a data file once it is planned.
 *
 * @param location as the manifest has it
 * @param bytes of the whole file
 * @param specId the partition spec it was written with
 * @param encrypted whether it needs a key
 */
record PlannedFile(String location, long bytes, FileFormat format, int specId, boolean encrypted) {

  static PlannedFile of(DataFile file) {
    return new PlannedFile(
        file.location(),
        file.fileSizeInBytes(),
        file.format(),
        file.specId(),
        file.keyMetadata() != null);
  }

  /** Its path, if it is a file of this machine. */
  Optional<String> localPath() {
    return LocalLocations.path(location);
  }

  ScanFile scanFile() {
    return new ScanFile(localPath().orElse(location), bytes);
  }
}
