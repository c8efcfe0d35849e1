// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.TableName;
import io.kitsune.engine.health.EngineReport;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.redirection.Phase;
import io.kitsune.redirection.Redirection;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement.Command;
import io.kitsune.router.Statement.DescribeTable;
import io.kitsune.router.Statement.ExplainRoute;
import io.kitsune.router.Statement.Reset;
import io.kitsune.router.Statement.SetKey;
import io.kitsune.router.Statement.ShowCatalogs;
import io.kitsune.router.Statement.ShowColumns;
import io.kitsune.router.Statement.ShowEngines;
import io.kitsune.router.Statement.ShowNamespaces;
import io.kitsune.router.Statement.ShowRedirections;
import io.kitsune.router.Statement.ShowSettings;
import io.kitsune.router.Statement.ShowTables;
import io.kitsune.router.Statement.Use;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** Answers the statements that need no engine. Thread-safe. */
public final class Commands {
  private final Catalogs catalogs;
  private final Supplier<List<Redirection>> redirections;
  private final Supplier<List<EngineReport>> engines;
  private final BiFunction<String, SessionState, RoutingDecision> routing;

  /**
   * Over what it answers from.
   *
   * @param redirections every redirection as of now, by source
   * @param engines how every engine is now
   * @param routing decides a statement, for EXPLAIN ROUTE
   */
  public Commands(
      Catalogs catalogs,
      Supplier<List<Redirection>> redirections,
      Supplier<List<EngineReport>> engines,
      BiFunction<String, SessionState, RoutingDecision> routing) {
    this.catalogs = requireNonNull(catalogs, "catalogs");
    this.redirections = requireNonNull(redirections, "redirections");
    this.engines = requireNonNull(engines, "engines");
    this.routing = requireNonNull(routing, "routing");
  }

  /**
   * The answer.
   *
   * @param decision the command's own, which says what its table means today
   * @throws io.kitsune.error.KitsuneException with Spark's error class where a name is unknown
   */
  public Outcome answer(Command command, RoutingDecision decision, SessionState state) {
    if (command instanceof Use use) {
      return use(use, state);
    } else if (command instanceof SetKey set) {
      return new SettingCommands(state).set(set);
    } else if (command instanceof ShowSettings show) {
      return new SettingCommands(state).show(show);
    } else if (command instanceof Reset reset) {
      return new SettingCommands(state).reset(reset);
    } else if (command instanceof ShowCatalogs show) {
      return new NamespaceCommands(catalogs, state).showCatalogs(show);
    } else if (command instanceof ShowNamespaces show) {
      return new NamespaceCommands(catalogs, state).showNamespaces(show);
    } else if (command instanceof ShowTables show) {
      return new NamespaceCommands(catalogs, state).showTables(show);
    } else if (command instanceof ShowColumns show) {
      return new TableDescription(catalogs, state, decision.redirected())
          .showColumns(show.table(), show.text());
    } else if (command instanceof DescribeTable describe) {
      return new TableDescription(catalogs, state, decision.redirected())
          .describe(describe.table(), describe.text());
    } else if (command instanceof ShowRedirections) {
      return Outcome.Answered.with(redirections());
    } else if (command instanceof ShowEngines) {
      return Outcome.Answered.with(EngineListing.answer(engines.get()));
    } else if (command instanceof ExplainRoute explain) {
      return Outcome.Answered.with(RouteExplanation.answer(routing.apply(explain.inner(), state)));
    }
    throw new IllegalArgumentException("an unknown command: " + command.getClass());
  }

  /** Answers USE, which also comes without a text from JDBC's {@code setCatalog}. */
  public Outcome.Answered use(Use use, SessionState state) {
    return new NamespaceCommands(catalogs, state).use(use);
  }

  /** The table that these parts of a name mean in the session; empty if they can mean none. */
  public List<TableName> possibleNames(List<String> parts, SessionState state) {
    try {
      return List.of(new Namespaces(catalogs, state).table(parts));
    } catch (KitsuneException e) {
      // A name without a namespace, or in a catalog that is not there, has nothing cached.
      return List.of();
    }
  }

  private Answer redirections() {
    return new Answer(
        Answer.strings("source", "target", "phase", "reads", "writes", "changed"),
        redirections.get().stream()
            .map(
                redirection ->
                    Answer.row(
                        redirection.source().toString(),
                        redirection.target().toString(),
                        redirection.phase().id(),
                        side(redirection.phase().reads()),
                        side(redirection.phase().writes()),
                        redirection.changed().toString()))
            .toList());
  }

  private static String side(Phase.Side side) {
    return side.name().toLowerCase(Locale.ROOT);
  }
}
