// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metrics;

import static java.util.Objects.requireNonNull;

import io.kitsune.gateway.FailedAttempt;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.StatementReport;
import io.kitsune.router.Engine;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Counts statements as they are closed. What their labels say is of a bounded number of kinds:
 * neither a user nor anything that a user wrote. Thread-safe.
 */
public final class StatementMeters implements StatementListener {
  static final String STATEMENTS = "kitsune.statements";
  static final String TIME = "kitsune.statement.time";
  static final String DECIDED_AGAIN = "kitsune.statements.decided.again";
  static final String ENGINE = "engine";

  /** Where there was no decision, or no error. */
  private static final String NONE = "none";

  /** An engine's own codes begin with its name, and are as many as it likes. */
  private static final List<String> ENGINES =
      Arrays.stream(Engine.values())
          .filter(engine -> engine != Engine.GATEWAY)
          .map(engine -> engine.id().toUpperCase(Locale.ROOT))
          .toList();

  private final MeterRegistry registry;

  /** Counts into that registry. */
  public StatementMeters(MeterRegistry registry) {
    this.registry = requireNonNull(registry, "registry");
  }

  @Override
  public void finished(StatementReport report) {
    String engine =
        report.decision().stream()
            .map(decision -> decision.chosen().engine().id())
            .findFirst()
            .orElse(NONE);
    String outcome = report.end().name().toLowerCase(Locale.ROOT);
    Counter.builder(STATEMENTS)
        .description("Statements that were closed")
        .tag(ENGINE, engine)
        .tag("outcome", outcome)
        .tag("reason", reason(report.errors()))
        .register(registry)
        .increment();
    Timer.builder(TIME)
        .description("From a statement's arrival to its first rows, or to its failure")
        .tag(ENGINE, engine)
        .tag("outcome", outcome)
        .register(registry)
        .record(report.elapsed());
    for (FailedAttempt attempt : report.failedAttempts()) {
      Counter.builder(DECIDED_AGAIN)
          .description("Statements that failed on the engine and were decided again")
          .tag(ENGINE, attempt.engine().id())
          .register(registry)
          .increment();
    }
  }

  /**
   * The error's code, without its message; {@code SPARK} for whatever Spark says, and likewise for
   * the other engines. {@code none} where nothing went wrong.
   */
  private static String reason(List<String> errors) {
    if (errors.isEmpty()) {
      return NONE;
    }
    int colon = errors.get(0).indexOf(':');
    String code = colon < 0 ? errors.get(0) : errors.get(0).substring(0, colon);
    return ENGINES.stream()
        .filter(engine -> code.startsWith(engine + "_"))
        .findFirst()
        .orElse(code);
  }
}
