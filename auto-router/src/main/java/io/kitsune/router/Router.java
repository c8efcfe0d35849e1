// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.decision.Ranking;
import io.kitsune.router.equivalence.DuckDbEquivalence;
import io.kitsune.router.equivalence.EngineEquivalence;
import io.kitsune.router.reading.Grammar;
import io.kitsune.router.reading.ReadingLimits;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.reading.Variables;
import io.kitsune.router.resolution.Resolver;
import io.kitsune.router.resolution.Resolver.Resolved;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a statement's text and a session into a decision: reads, resolves, asks each engine's
 * equivalence, ranks. Thread-safe; takes no lock, and calls catalogs within their own limits.
 */
public final class Router {
  private static final Logger LOG = LoggerFactory.getLogger(Router.class);

  private final ScanPlanner planner;
  private final Supplier<Redirections> redirections;
  private final Supplier<List<EngineStatus>> engines;
  private final CostModel costs;
  private final StatementReader reader;
  private final Resolver resolver;
  private final EngineEquivalence duckDb;

  /**
   * A router.
   *
   * @param redirections asked once for each statement, which sees one state of all
   * @param engines how the engines are now; one that is not listed does not exist
   */
  public Router(
      Catalogs catalogs,
      ScanPlanner planner,
      Supplier<Redirections> redirections,
      Supplier<List<EngineStatus>> engines,
      CostModel costs,
      ReadingLimits limits) {
    this.planner = requireNonNull(planner, "planner");
    this.redirections = requireNonNull(redirections, "redirections");
    this.engines = requireNonNull(engines, "engines");
    this.costs = requireNonNull(costs, "costs");
    this.reader = new StatementReader(limits);
    this.resolver = new Resolver(catalogs, reader);
    this.duckDb = new DuckDbEquivalence();
  }

  /** As the other, with every engine that there is. */
  public RoutingDecision decide(String text, SessionState session) {
    return decide(text, session, Map.of());
  }

  /**
   * Decides.
   *
   * @param excluded engines that may not take it whatever they can, and why, in words for the user
   * @throws KitsuneException {@code PARSE_…} for a text that cannot be read, {@code REDIRECTION_…}
   *     for a table that may not be written now, {@code CATALOG_…} where a catalog does not answer,
   *     {@code ROUTER_…} where no engine, or not the one asked for, can run it
   */
  public RoutingDecision decide(String text, SessionState session, Map<Engine, String> excluded) {
    String filled = Variables.substitute(text, session.configuration());
    Statement statement = reader.read(filled, Grammar.of(session.configuration()));
    Resolved resolved = resolver.resolve(statement, session, redirections.get());
    if (statement instanceof Statement.Command) {
      return answeredByGateway(statement, resolved);
    }
    List<EngineStatus> statuses = engines.get();
    List<Veto> vetoes = unavailable(statuses);
    excluded.forEach(
        (engine, reason) ->
            vetoes.add(new Veto(engine, "this statement", Veto.Position.NONE, reason)));
    EngineEquivalence.Outcome outcome = outcome(statement, resolved, session);
    if (outcome instanceof EngineEquivalence.Outcome.Vetoed vetoed) {
      vetoes.addAll(vetoed.vetoes());
    }
    Ranking ranking = Ranking.of(statement, session, statuses, vetoes, outcome.scans(), costs);
    Dispatch dispatch =
        ranking.chosen().engine() == Engine.DUCKDB
                && outcome instanceof EngineEquivalence.Outcome.Equivalent equivalent
            ? equivalent.dispatch()
            : new Dispatch.SparkStatement(resolved.sparkText());
    return new RoutingDecision(
        statement,
        ranking.chosen(),
        ranking.candidates(),
        vetoes,
        outcome.scans(),
        resolved.redirected(),
        dispatch);
  }

  private static RoutingDecision answeredByGateway(Statement statement, Resolved resolved) {
    Candidate gateway =
        new Candidate(
            Engine.GATEWAY, Duration.ofMillis(1), "answered from the catalogs and the session");
    return new RoutingDecision(
        statement,
        gateway,
        List.of(gateway),
        List.of(),
        List.of(),
        resolved.redirected(),
        new Dispatch.GatewayAnswer(statement.text()));
  }

  /** A veto for each engine that takes nothing now, or has no list of its own yet. */
  private static List<Veto> unavailable(List<EngineStatus> statuses) {
    List<Veto> vetoes = new ArrayList<>();
    for (EngineStatus status : statuses) {
      if (!status.state().takesStatements()) {
        vetoes.add(
            new Veto(status.engine(), status.state().id(), Veto.Position.NONE, status.reason()));
      } else if (status.engine() == Engine.TRINO || status.engine() == Engine.FLINK) {
        vetoes.add(
            new Veto(
                status.engine(),
                status.engine().id(),
                Veto.Position.NONE,
                "No construct is known to mean the same there yet."));
      }
    }
    return vetoes;
  }

  private EngineEquivalence.Outcome outcome(
      Statement statement, Resolved resolved, SessionState session) {
    if (!(statement instanceof Statement.Query query)) {
      return new EngineEquivalence.Outcome.Vetoed(List.of(notQuery(statement)), List.of());
    }
    try {
      return duckDb.translate(query, resolved.resolution(), session, planner);
    } catch (KitsuneException e) {
      // Files that Kitsune cannot list may well be within Spark's reach; the reason is shown.
      LOG.warn("DuckDB is out of the question: a scan could not be planned", e);
      return vetoed(e.code(), e.getMessage());
    } catch (RuntimeException | StackOverflowError e) {
      // A fault of Kitsune's must not keep a statement from Spark, which needs none of this.
      LOG.error("Analysing a query failed unexpectedly; it is left to Spark", e);
      return vetoed("analysis", "It failed unexpectedly (" + e + "); the gateway's log has more.");
    }
  }

  private static EngineEquivalence.Outcome vetoed(String construct, String reason) {
    Veto veto = new Veto(Engine.DUCKDB, construct, Veto.Position.NONE, reason);
    return new EngineEquivalence.Outcome.Vetoed(List.of(veto), List.of());
  }

  private static Veto notQuery(Statement statement) {
    if (statement instanceof Statement.Opaque opaque) {
      return new Veto(
          Engine.DUCKDB,
          opaque.construct(),
          opaque.position(),
          "It is on no list of what means the same in DuckDB.");
    }
    String construct =
        statement instanceof Statement.Write write
            ? write.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
            : statement instanceof Statement.Ddl ddl ? ddl.construct() : "CREATE TEMPORARY VIEW";
    return new Veto(
        Engine.DUCKDB,
        construct,
        Veto.Position.NONE,
        "Writes, definitions and statements about Spark itself run on Spark.");
  }
}
