// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How a statement is tried. Where the session did not set {@code execution.runtime-mode}, a
 * statement is a batch, whose rows are final and whose writes are done when it ends; and if one of
 * its sources never ends, which Flink finds before anything runs, it is run as a stream.
 *
 * @param ifUnbounded the attempt after one that was refused because of that
 */
record StatementPlan(
    String text, StatementKind kind, Attempt first, Optional<Attempt> ifUnbounded) {

  /** Flink's key for the id that the next job gets. */
  static final String JOB_ID = "$internal.pipeline.job-id";

  /**
   * One attempt.
   *
   * @param configuration Flink's keys for it
   * @param continuous whether it is a stream
   */
  record Attempt(Map<String, String> configuration, boolean continuous) {
    /** The same, with that id for its job. */
    Attempt withJob(String id) {
      Map<String, String> keys = new HashMap<>(configuration);
      keys.put(JOB_ID, id);
      return new Attempt(keys, continuous);
    }
  }

  /**
   * An id for the job that the statement may start; empty where it starts none that outlives it. It
   * is known before the statement is sent, so that a job can be found whatever happens meanwhile.
   */
  Optional<String> newJobId() {
    return kind == StatementKind.WRITE
        ? Optional.of(UUID.randomUUID().toString().replace("-", ""))
        : Optional.empty();
  }

  /**
   * The plan for a statement.
   *
   * @param settings Flink's keys that the session has set
   * @param checkpoints how often a continuous write makes what it wrote visible
   */
  static StatementPlan of(String text, Map<String, String> settings, Duration checkpoints) {
    StatementKind kind = StatementKind.of(text);
    String mode = settings.get(FlinkKeys.RUNTIME_MODE);
    Attempt batch = new Attempt(batch(settings), false);
    Attempt stream = new Attempt(stream(kind, settings, checkpoints), true);
    if (mode != null) {
      boolean continuous = mode.equalsIgnoreCase("streaming");
      return new StatementPlan(text, kind, continuous ? stream : batch, Optional.empty());
    }
    return new StatementPlan(text, kind, batch, Optional.of(stream));
  }

  private static Map<String, String> batch(Map<String, String> settings) {
    Map<String, String> configuration = new HashMap<>(settings);
    configuration.putIfAbsent(FlinkKeys.RUNTIME_MODE, "batch");
    configuration.putIfAbsent(FlinkKeys.WAIT_FOR_WRITES, "true");
    return configuration;
  }

  private static Map<String, String> stream(
      StatementKind kind, Map<String, String> settings, Duration checkpoints) {
    Map<String, String> configuration = new HashMap<>(settings);
    configuration.putIfAbsent(FlinkKeys.RUNTIME_MODE, "streaming");
    // Not for queries: their rows would be held back until the next checkpoint.
    if (kind != StatementKind.QUERY) {
      configuration.putIfAbsent(FlinkKeys.CHECKPOINTS, checkpoints.toMillis() + "ms");
    }
    return configuration;
  }
}
