// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import java.util.List;

/**
 * What a name stands for in a catalog: a snapshot taken when it was loaded, immutable, safe to
 * share between threads.
 */
public sealed interface Table permits HiveTable, IcebergTable, View {
  /** The full name, in the case the catalog keeps. */
  TableName name();

  /**
   * All columns in the order in which {@code SELECT *} returns them, partition columns included.
   */
  List<Column> columns();
}
