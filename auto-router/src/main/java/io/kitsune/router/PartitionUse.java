// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

/** What a scan says of the partitions of its table. */
public enum PartitionUse {
  /** The table has none. */
  NOT_PARTITIONED,
  /** A condition that every row has to meet is about the table's partitions alone. */
  RESTRICTED,
  /** The table is partitioned, and no condition is about its partitions alone. */
  UNRESTRICTED,
  /** The query could not be analysed. */
  UNKNOWN
}
