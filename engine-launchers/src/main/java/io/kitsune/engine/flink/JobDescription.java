// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.engine.ExecutionProgress;
import java.util.HashSet;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a JobManager says of a job at {@code /jobs/:jobid}: its vertices, their tasks by state, and
 * what these have received. What is received behind the sources is what tasks pass on to each
 * other: it is not counted as read.
 */
final class JobDescription {
  private JobDescription() {}

  static ExecutionProgress progress(JsonNode job) {
    Set<String> inner = new HashSet<>();
    for (JsonNode node : job.path("plan").path("nodes")) {
      if (!node.path("inputs").isEmpty()) {
        inner.add(node.path("id").asText());
      }
    }
    long tasks = 0;
    long finished = 0;
    long running = 0;
    long rows = 0;
    long bytes = 0;
    for (JsonNode vertex : job.path("vertices")) {
      JsonNode states = vertex.path("tasks");
      for (JsonNode count : states) {
        tasks += count.asLong();
      }
      finished += states.path("FINISHED").asLong();
      running += states.path("RUNNING").asLong();
      if (!inner.contains(vertex.path("id").asText())) {
        rows += vertex.path("metrics").path("read-records").asLong();
        bytes += vertex.path("metrics").path("read-bytes").asLong();
      }
    }
    String state = job.path("state").asText().toLowerCase(Locale.ROOT);
    return new ExecutionProgress(
        fraction(job, tasks, finished),
        tasks == 0
            ? state
            : "%s, %d of %d tasks running, %d finished".formatted(state, running, tasks, finished),
        rows > 0 ? OptionalLong.of(rows) : OptionalLong.empty(),
        bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty());
  }

  /** Of a batch; operators that have no tasks yet, because Flink plans as it goes, count as one. */
  private static OptionalDouble fraction(JsonNode job, long tasks, long finished) {
    long all = tasks + job.path("pending-operators").asLong();
    return job.path("job-type").asText().equals("BATCH") && all > 0
        ? OptionalDouble.of((double) finished / all)
        : OptionalDouble.empty();
  }
}
