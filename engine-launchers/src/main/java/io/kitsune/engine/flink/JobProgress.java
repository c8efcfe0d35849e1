// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.engine.ExecutionProgress;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * How far a statement's job is, as its JobManager last said. It is asked only while somebody asks
 * here: by one request, on another thread, and once a second at most. Thread-safe.
 */
final class JobProgress {
  private static final long PERIOD_NANOS = 1_000_000_000;

  private final Function<String, Optional<JsonNode>> jobManager;
  private final Executor threads;
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile ExecutionProgress last = ExecutionProgress.UNKNOWN;
  private volatile long answered = System.nanoTime() - PERIOD_NANOS;

  /**
   * Nothing is known yet.
   *
   * @param jobManager answers with the description of a job, or not; waits for seconds at most
   */
  JobProgress(Function<String, Optional<JsonNode>> jobManager, Executor threads) {
    this.jobManager = jobManager;
    this.threads = threads;
  }

  /** What is known now; what is newer is there the next time. */
  ExecutionProgress of(String job) {
    if (System.nanoTime() - answered >= PERIOD_NANOS && asking.compareAndSet(false, true)) {
      threads.execute(() -> ask(job));
    }
    return last;
  }

  private void ask(String job) {
    try {
      jobManager.apply(job).ifPresent(description -> last = JobDescription.progress(description));
    } finally {
      answered = System.nanoTime();
      asking.set(false);
    }
  }
}
