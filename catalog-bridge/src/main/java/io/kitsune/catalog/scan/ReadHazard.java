// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import static java.util.Objects.requireNonNull;

/**
 * Something about a table's files that a generic Parquet reader gets wrong, silently or loudly
 * (measured against Spark 3.5.4).
 *
 * @param kind what it is
 * @param column the top-level column that it is about, by the table's name of it; empty where it is
 *     about files or the whole table
 * @param detail the column or file at fault and what was found there
 */
public record ReadHazard(Kind kind, String column, String detail) {
  public ReadHazard {
    requireNonNull(kind, "kind");
    requireNonNull(column, "column");
    requireNonNull(detail, "detail");
  }

  /** A hazard that is not about one column. */
  public ReadHazard(Kind kind, String detail) {
    this(kind, "", detail);
  }

  /** The kinds of hazard. */
  public enum Kind {
    /** ORC, Avro, text or an unknown SerDe. */
    FORMAT,
    /** Position deletes or deletion vectors. */
    DELETES,
    /** Equality deletes. */
    EQUALITY_DELETES,
    /** Iceberg data files without field ids. */
    NO_FIELD_IDS,
    /** A nested field was renamed, moved or re-used since the file was written. */
    NESTED_EVOLUTION,
    /** An identity partition column does not stand in the file. */
    MISSING_PARTITION_COLUMN,
    /** Dates or timestamps in the hybrid calendar. */
    LEGACY_CALENDAR,
    /** A physical type that Spark refuses or reads differently for the column's type. */
    PHYSICAL_TYPE,
    /**
     * Timestamps as INT96, which need a conversion of their own; the same one for every file that
     * has the column. A mixture of INT96 and INT64 is {@link #PHYSICAL_TYPE}.
     */
    INT96_TIMESTAMP,
    /**
     * A partition that the Metastore describes with another type for the column than its table.
     * Spark goes by the table; a reader that is given the table's types is not concerned.
     */
    PARTITION_TYPE,
    /** CHAR columns, which Spark pads. */
    CHAR_PADDING,
    /** A file system that the reader cannot reach. */
    FILE_SYSTEM,
    /** Column names that differ only by case, or collide with the reader's own. */
    COLUMN_NAMES,
    /** Anything else, named in the detail. */
    OTHER
  }
}
