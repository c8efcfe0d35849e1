// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.TableName;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.statement.Commands;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.Statement.Flink.Effect;
import io.kitsune.router.Statement.TableReference;
import io.kitsune.router.Statement.TableReference.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A statement that may write, watched from before it begins: should its engine be lost, what became
 * of it can be told.
 */
final class WatchedWrite {
  private final WriteOutcome outcome;

  /** Looks at the tables that a write names, as they are before it. */
  WatchedWrite(
      GatewaySession session,
      SessionState state,
      Engine engine,
      RoutingDecision decision,
      Commands commands,
      Catalogs catalogs) {
    this.outcome =
        new WriteOutcome(
            decision.statement(),
            targets(decision, state, commands, catalogs),
            catalogs,
            () -> session.engines().ended(engine));
  }

  /** True for a statement that changes nothing outside of the session. */
  static boolean harmless(Statement statement) {
    return statement instanceof Statement.Query
        || statement instanceof Statement.CreateTemporaryView
        || statement instanceof Statement.Command
        || (statement instanceof Statement.Flink flink && flink.effect() == Effect.NONE);
  }

  /** What the client is told of a failure after the engine was given the statement. */
  KitsuneException after(KitsuneException failure) throws InterruptedException {
    return outcome.after(failure);
  }

  private static List<WriteTarget> targets(
      RoutingDecision decision, SessionState state, Commands commands, Catalogs catalogs) {
    List<WriteTarget> targets = new ArrayList<>();
    for (TableReference reference : decision.statement().tables()) {
      if (reference.role() == Role.WRITE) {
        for (TableName written : commands.possibleNames(reference.parts(), state)) {
          targets.add(target(written, decision, catalogs));
        }
      }
    }
    return targets;
  }

  private static WriteTarget target(
      TableName written, RoutingDecision decision, Catalogs catalogs) {
    Set<TableName> meant =
        decision.redirected().stream()
            .filter(redirected -> redirected.written().equals(written))
            .map(RoutingDecision.Redirected::meant)
            .collect(Collectors.toSet());
    return switch (meant.size()) {
      case 0 -> WriteTarget.before(written, catalogs);
      case 1 -> WriteTarget.before(meant.iterator().next(), catalogs);
      // It reads and writes the name, which means two tables: which of them it writes is not said.
      default -> new WriteTarget(written, WriteTarget.Kind.SILENT, Set.of());
    };
  }
}
