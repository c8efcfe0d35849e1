// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.scan;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * What one scan of a table would read, after pruning.
 *
 * @param bytes of the columns read, as stored; empty where unknown
 * @param rows in the files read, before row filters; empty where unknown
 * @param files read, and {@code filesTotal} of how many
 * @param partitions read, and {@code partitionsTotal} of how many; empty for an unpartitioned table
 * @param snapshotId the Iceberg snapshot, empty for a Hive table
 * @param reason where the figures come from, in a few words ("Parquet footers of 3 files")
 */
public record ScanEstimate(
    OptionalLong bytes,
    OptionalLong rows,
    OptionalLong files,
    OptionalLong filesTotal,
    OptionalLong partitions,
    OptionalLong partitionsTotal,
    OptionalLong snapshotId,
    Confidence confidence,
    String reason) {
  public ScanEstimate {
    requireNonNull(bytes, "bytes");
    requireNonNull(rows, "rows");
    requireNonNull(confidence, "confidence");
    requireNonNull(reason, "reason");
  }

  /** Nothing known, and why. */
  public static ScanEstimate unknown(String reason) {
    OptionalLong none = OptionalLong.empty();
    return new ScanEstimate(none, none, none, none, none, none, none, Confidence.UNKNOWN, reason);
  }
}
