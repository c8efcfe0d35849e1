// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Which of a session's settings Flink is told of. */
final class FlinkKeys {
  static final String RUNTIME_MODE = "execution.runtime-mode";
  static final String CHECKPOINTS = "execution.checkpointing.interval";
  static final String WAIT_FOR_WRITES = "table.dml-sync";

  private static final String SPARK_TIME_ZONE = "spark.sql.session.timeZone";
  private static final String TIME_ZONE = "table.local-time-zone";

  private static final List<String> PREFIXES =
      List.of(
          "table.",
          "execution.",
          "pipeline.",
          "parallelism.",
          "state.",
          "restart-strategy.",
          "client.");

  private FlinkKeys() {}

  /** Flink's own keys; and the session's time zone by Flink's name, unless that was set too. */
  static Map<String, String> of(Map<String, String> settings) {
    Map<String, String> keys = new TreeMap<>();
    if (settings.containsKey(SPARK_TIME_ZONE)) {
      keys.put(TIME_ZONE, settings.get(SPARK_TIME_ZONE));
    }
    settings.forEach(
        (key, value) -> {
          if (PREFIXES.stream().anyMatch(key::startsWith)) {
            keys.put(key, value);
          }
        });
    return keys;
  }
}
