// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import io.kitsune.engine.ProgressListener;
import java.util.Map;

/**
 * The catalogs that Flink shares with the other engines; asked when Flink starts, so that a
 * Metastore may be started first.
 */
@FunctionalInterface
public interface FlinkCatalogs {
  /** None but Flink's own. */
  FlinkCatalogs NONE = listener -> Map.of();

  /**
   * The options of {@code CREATE CATALOG … WITH}, {@code type} among them, by catalog. Secrets may
   * be among the values.
   */
  Map<String, Map<String, String>> options(ProgressListener listener);
}
