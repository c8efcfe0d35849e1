// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import static java.util.Objects.requireNonNull;

import org.apache.parquet.schema.MessageType;

/**
 * What a Parquet file's footer says about how it is to be read.
 *
 * @param columns the physical columns, with field ids where the writer left them
 * @param legacyCalendar whether its dates or timestamps may be in the hybrid calendar
 */
record FileSchema(MessageType columns, boolean legacyCalendar) {
  FileSchema {
    requireNonNull(columns, "columns");
  }
}
