// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.error.KitsuneException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The continuous jobs of a Flink started here. They outlive their sessions, and Flink itself: one
 * that was neither stopped nor has ended goes on in the next Flink, under the same id, from its
 * last checkpoint, so that a table with exactly-once commits gets every row once. Thread-safe.
 */
final class ContinuousJobs {
  private static final Logger LOG = LoggerFactory.getLogger(ContinuousJobs.class);
  private static final String RECOVERY_PATH = "execution.state-recovery.path";
  private static final String CLAIM_MODE = "execution.state-recovery.claim-mode";
  private static final Set<String> ENDED = Set.of("FINISHED", "CANCELED", "FAILED");

  private final JobRecords records;
  private final Duration limit;

  /** Those that were seen running in the Flink that runs now. */
  private final Set<String> running = ConcurrentHashMap.newKeySet();

  /**
   * The jobs of a folder.
   *
   * @param limit how long one question to Flink may take
   */
  ContinuousJobs(JobRecords records, Duration limit) {
    this.records = records;
    this.limit = limit;
  }

  /** Whether there are any. */
  boolean any() {
    return !records.all().isEmpty();
  }

  /** Keeps one that was just submitted. */
  void started(ContinuousJob job) {
    records.add(job);
    running.add(job.id());
  }

  /** Forgets one that is to be ended. */
  void unwanted(String id) {
    running.remove(id);
    records.remove(id);
  }

  /** Submits those that do not run; called first for a Flink in which none runs. */
  void resume(ServiceSession session) {
    for (ContinuousJob job : records.all()) {
      if (!running.contains(job.id())) {
        resume(job, session);
      }
    }
  }

  /** Forgets which ones run: Flink has ended. */
  void flinkEnded() {
    running.clear();
  }

  private void resume(ContinuousJob job, ServiceSession session) {
    Map<String, String> configuration = new HashMap<>(job.configuration());
    configuration.put(StatementPlan.JOB_ID, job.id());
    Optional<Path> checkpoint = records.lastCheckpoint(job.id());
    checkpoint.ifPresent(
        path -> {
          configuration.put(RECOVERY_PATH, path.toUri().toString());
          configuration.put(CLAIM_MODE, "CLAIM");
        });
    try {
      session.run(job.statement(), configuration, limit);
      running.add(job.id());
      LOG.info(
          "Flink job {} goes on from {}",
          job.id(),
          checkpoint.map(path -> path.getFileName().toString()).orElse("its beginning"));
    } catch (KitsuneException e) {
      LOG.error(
          "Flink job {} can't be started again and is tried again later; to give it up, delete its file in {}: {}",
          job.id(),
          records.folder(),
          e.getMessage());
    }
  }

  /** Forgets those that have ended, as Flink lists them. */
  void forgetEnded(ServiceSession session) {
    if (running.isEmpty()) {
      return;
    }
    Set<String> before = new HashSet<>(running);
    Map<String, String> states = new HashMap<>();
    for (JsonNode row : session.run("SHOW JOBS", Map.of(), limit)) {
      JsonNode fields = row.path("fields");
      states.put(fields.path(0).asText(), fields.path(2).asText().toUpperCase(Locale.ROOT));
    }
    for (String id : before) {
      String state = states.getOrDefault(id, "FINISHED");
      if (ENDED.contains(state)) {
        running.remove(id);
        records.remove(id);
        LOG.atLevel(state.equals("FAILED") ? Level.WARN : Level.INFO)
            .log("Flink job {} has ended and is forgotten: {}", id, state.toLowerCase(Locale.ROOT));
      }
    }
  }
}
