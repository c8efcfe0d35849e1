// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.health.EngineFailure;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Decides a statement again that failed on an engine before its first row: without that engine, or,
 * where nobody else may have it and the engine died, on the same once more. Only for queries, which
 * change nothing: what may have been written is never written again. An engine that the user, a
 * hint or the configuration asks for is not replaced by another.
 *
 * <p>One statement's; not thread-safe.
 */
final class Failover {
  /**
   * SQLSTATE classes: insufficient resources. DuckDB has less memory than Spark, and any engine may
   * have no room for one more statement.
   */
  private static final String NO_RESOURCES = "53";

  /** Cannot connect now: an engine that is left alone for a while. */
  private static final String NOT_NOW = "57P03";

  /**
   * SQLSTATE classes of what an engine may say to a text that Kitsune wrote for it: data
   * exceptions, for the text is exact within a range of values and fails outside of it rather than
   * answer wrongly; not supported, rejected, internal error, which some engines say only when they
   * plan; and a file that is gone or that cannot be read (58, and Spark's own class KD), for the
   * text names the files of a plan that may be outdated. Spark, whose text is the user's own, plans
   * anew and decides what is the user's error.
   */
  private static final Set<String> OF_WRITTEN_TEXT = Set.of("22", "0A", "42", "58", "KD", "XX");

  /** What the router says where no engine may, and none was asked for. */
  private static final Set<String> NOBODY = Set.of("ROUTER_NO_ENGINE", "ROUTER_ENGINE_UNAVAILABLE");

  private final RoutingService routing;
  private final String text;
  private final SessionState state;
  private final int most;
  private final Map<Engine, String> excluded = new EnumMap<>(Engine.class);
  private final List<FailedAttempt> failed = new ArrayList<>();

  /**
   * For one statement.
   *
   * @param most how often it may be decided again
   */
  Failover(RoutingService routing, String text, SessionState state, int most) {
    this.routing = routing;
    this.text = text;
    this.state = state;
    this.most = most;
  }

  /** The engines that failed, in order. */
  List<FailedAttempt> failed() {
    return List.copyOf(failed);
  }

  /**
   * Another decision, after that one failed.
   *
   * @throws KitsuneException the failure itself, where the statement may not be decided again
   */
  RoutingDecision after(RoutingDecision decision, KitsuneException failure) {
    if (failed.size() >= most || !recoverable(decision, failure)) {
      throw failure;
    }
    Engine engine = decision.chosen().engine();
    FailedAttempt attempt = new FailedAttempt(engine, failure);
    RoutingDecision next =
        without(engine, attempt, failure)
            .or(() -> again(engine, failure))
            .orElseThrow(() -> failure);
    failed.add(attempt);
    return next;
  }

  private static boolean recoverable(RoutingDecision decision, KitsuneException failure) {
    boolean written =
        decision.dispatch() instanceof Dispatch.DuckDbQuery
            || decision.dispatch() instanceof Dispatch.TrinoQuery;
    String state = failure.sqlState();
    return decision.statement() instanceof Statement.Query
        && (EngineFailure.is(failure)
            || state.startsWith(NO_RESOURCES)
            || state.equals(NOT_NOW)
            || (written && OF_WRITTEN_TEXT.contains(state.substring(0, 2))));
  }

  private Optional<RoutingDecision> without(
      Engine engine, FailedAttempt attempt, KitsuneException failure) {
    excluded.put(engine, "It failed before in this statement: " + attempt.inShort());
    try {
      return Optional.of(routing.decide(text, state, excluded));
    } catch (KitsuneException none) {
      if (!NOBODY.contains(none.code())) {
        // The user asks for this engine, or the table is gone meanwhile: the failure says more.
        failure.addSuppressed(none);
        throw failure;
      }
      return Optional.empty();
    }
  }

  /** The same engine once more, if it died: it is started anew. */
  private Optional<RoutingDecision> again(Engine engine, KitsuneException failure) {
    boolean before = failed.stream().anyMatch(attempt -> attempt.engine() == engine);
    if (before || !EngineFailure.is(failure)) {
      return Optional.empty();
    }
    excluded.remove(engine);
    try {
      return Optional.of(routing.decide(text, state, excluded));
    } catch (KitsuneException none) {
      failure.addSuppressed(none);
      throw failure;
    }
  }
}
