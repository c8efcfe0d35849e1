// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import java.util.Map;
import java.util.Set;

/**
 * When a query that DuckDB could not answer runs on Spark instead. DuckDB's text is exact within a
 * range of values, and fails outside of it rather than answer wrongly; and it has less memory than
 * Spark. Neither is the user's doing, as long as no row was handed over and the user left the
 * choice of the engine open.
 */
final class Fallback {
  private static final String ENGINE = "kitsune.engine";

  /** Asks the router for Spark. */
  static final Map<String, String> ON_SPARK = Map.of(ENGINE, Engine.SPARK.id());

  private static final String AUTOMATIC = "auto";

  /** SQLSTATE classes: data exception, and insufficient resources. */
  private static final Set<String> RECOVERABLE = Set.of("22", "53");

  private Fallback() {}

  /** True if the statement may run on Spark after that error of the engine that was chosen. */
  static boolean applies(RoutingDecision decision, SessionState state, KitsuneException error) {
    return decision.chosen().engine() == Engine.DUCKDB
        && RECOVERABLE.contains(error.sqlState().substring(0, 2))
        && state.setting(ENGINE).orElse(AUTOMATIC).strip().equalsIgnoreCase(AUTOMATIC)
        && decision.statement() instanceof Statement.Query query
        && query.engineHint().isEmpty()
        && decision.candidates().stream().anyMatch(candidate -> candidate.engine() == Engine.SPARK);
  }
}
