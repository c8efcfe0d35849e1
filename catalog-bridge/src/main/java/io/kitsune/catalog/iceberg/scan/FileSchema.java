// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg.scan;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.files.ParquetFooter;
import java.util.Set;
import org.apache.parquet.schema.MessageType;

/**
 * What a Parquet file's footer says about how it is to be read.
 *
 * @param columns the physical columns, with field ids where the writer left them
 * @param legacyCalendar whether its dates or timestamps may be in the hybrid calendar
 * @param oddities codecs and encodings that some readers do not know
 */
record FileSchema(MessageType columns, boolean legacyCalendar, Set<String> oddities) {
  FileSchema {
    requireNonNull(columns, "columns");
    oddities = Set.copyOf(oddities);
  }

  /**
   * What counts here of a footer. Iceberg's writers leave none of Spark's marks of a calendar;
   * files that were added to a table may have them.
   */
  static FileSchema of(ParquetFooter footer) {
    ParquetFooter.SparkWriter writer = footer.writer();
    boolean before3 = writer.version().startsWith("2.") || writer.version().startsWith("1.");
    return new FileSchema(
        footer.schema(),
        writer.legacyDateTime() || writer.legacyInt96() || before3,
        footer.oddities());
  }
}
