// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Engine;
import io.kitsune.router.StatementFacts;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One statement of the past.
 *
 * @param id rises with time; 0 before it is kept
 * @param facts by which it was decided
 * @param text as the retention has it: without constants, or as the user wrote it
 * @param engine which ran it last; empty if it came to no decision
 * @param predicted for that engine; zero without one
 * @param elapsed from arrival until its first rows could be fetched, or until it failed
 * @param rows handed to the client
 * @param errorCode empty where nothing went wrong
 * @param candidates the engines that could have taken it, best first
 * @param vetoes the others, with what stood in the way
 * @param failedAttempts the engines that were tried before the last one, in order
 * @param run in the last one; empty where it was cold, failed, or is not known to have been warm
 */
public record HistoryEntry(
    long id,
    StatementFacts facts,
    String text,
    Optional<Engine> engine,
    Duration predicted,
    Duration elapsed,
    long rows,
    End end,
    String errorCode,
    List<Considered> candidates,
    List<Refused> vetoes,
    List<FailedAttempt> failedAttempts,
    Optional<EngineRun> run) {
  public HistoryEntry {
    requireNonNull(facts, "facts");
    requireNonNull(text, "text");
    requireNonNull(engine, "engine");
    requireNonNull(predicted, "predicted");
    requireNonNull(elapsed, "elapsed");
    requireNonNull(end, "end");
    requireNonNull(errorCode, "errorCode");
    candidates = List.copyOf(candidates);
    vetoes = List.copyOf(vetoes);
    failedAttempts = List.copyOf(failedAttempts);
    requireNonNull(run, "run");
  }

  /** How a statement ended. */
  public enum End {
    FINISHED,
    FAILED,
    CANCELLED
  }

  /** An engine and the latency predicted for it. */
  public record Considered(Engine engine, Duration predicted) {}

  /** An engine and the construct, or state, that kept the statement from it. */
  public record Refused(Engine engine, String construct) {}

  /**
   * A run in a warm engine.
   *
   * @param took from the moment that the engine was given the statement until its first rows were
   *     there
   * @param files that the scans would read
   */
  public record EngineRun(Duration took, long files) {
    public EngineRun {
      requireNonNull(took, "took");
      if (took.isNegative() || files < 0) {
        throw new IllegalArgumentException("%s, %d files".formatted(took, files));
      }
    }
  }

  /**
   * An engine that failed before the first row, so that the statement was decided again.
   *
   * @param code without an equals sign
   * @param sqlState without an equals sign
   * @param message in short, without constants; may be empty
   */
  public record FailedAttempt(Engine engine, String code, String sqlState, String message) {
    public FailedAttempt {
      requireNonNull(engine, "engine");
      requireNonNull(code, "code");
      requireNonNull(sqlState, "sqlState");
      requireNonNull(message, "message");
      if (code.indexOf('=') >= 0 || sqlState.indexOf('=') >= 0) {
        throw new IllegalArgumentException("no code: " + code + ", " + sqlState);
      }
    }
  }
}
