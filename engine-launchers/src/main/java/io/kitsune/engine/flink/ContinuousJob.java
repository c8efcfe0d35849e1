// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/**
 * A write that goes on until somebody stops it.
 *
 * @param id Flink's, 32 hexadecimal digits
 * @param statement its text
 * @param configuration Flink's keys that it was submitted with
 */
record ContinuousJob(String id, String statement, Map<String, String> configuration) {
  ContinuousJob {
    requireNonNull(statement, "statement");
    if (id.length() != 32 || !id.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      throw new IllegalArgumentException("not the id of a job: " + id);
    }
    configuration = Map.copyOf(configuration);
  }
}
