// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.files;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.schema.MessageType;

/**
 * The footer of a Parquet file, without what only a reader of rows needs.
 *
 * @param rows in all row groups
 * @param leaves the leaf columns, by their path with dots between; two of the same path are both
 *     counted in one
 * @param writer what Spark wrote of itself
 * @param oddities codecs, encodings and the like that some readers do not know, by name
 */
public record ParquetFooter(
    MessageType schema,
    long rows,
    Map<List<String>, Leaf> leaves,
    SparkWriter writer,
    Set<String> oddities)
    implements Footer {
  public ParquetFooter {
    requireNonNull(schema, "schema");
    leaves = Map.copyOf(leaves);
    requireNonNull(writer, "writer");
    oddities = Set.copyOf(oddities);
  }

  /**
   * A leaf column over all row groups.
   *
   * @param bytes as stored, compressed
   * @param values with NULLs; more than rows where it is repeated
   * @param nulls how many are NULL, or -1 where it is not known
   * @param bounds of the others; empty where they are not known for every row group, and where all
   *     are NULL
   */
  public record Leaf(long bytes, long values, long nulls, List<Object> bounds) {
    public Leaf {
      bounds = List.copyOf(bounds);
      if (!bounds.isEmpty() && bounds.size() != 2) {
        throw new IllegalArgumentException("bounds are the least and the greatest value");
      }
    }

    /** Whether every value is known to be NULL. */
    public boolean allNull() {
      return nulls == values;
    }

    /** The least value in Parquet's physical form. */
    public Optional<Object> least() {
      return bounds.isEmpty() ? Optional.empty() : Optional.of(bounds.get(0));
    }

    /** The greatest value in Parquet's physical form. */
    public Optional<Object> greatest() {
      return bounds.isEmpty() ? Optional.empty() : Optional.of(bounds.get(1));
    }
  }

  /**
   * Who wrote the file, by the keys that Spark leaves in footers.
   *
   * @param version Spark's, empty for a file that Spark did not write
   * @param legacyDateTime dates and INT64 timestamps are in the hybrid calendar
   * @param legacyInt96 INT96 timestamps are in the hybrid calendar
   */
  public record SparkWriter(String version, boolean legacyDateTime, boolean legacyInt96) {
    public SparkWriter {
      requireNonNull(version, "version");
    }
  }
}
