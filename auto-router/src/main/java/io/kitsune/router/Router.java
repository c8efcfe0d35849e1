// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.decision.Experience;
import io.kitsune.router.decision.LatencyPrediction;
import io.kitsune.router.decision.Ranking;
import io.kitsune.router.equivalence.AnalyzedQuery;
import io.kitsune.router.equivalence.EngineEquivalence;
import io.kitsune.router.policy.Policy;
import io.kitsune.router.policy.Verdict;
import io.kitsune.router.reading.ReadingLimits;
import io.kitsune.router.reading.StatementReader;
import io.kitsune.router.reading.Variables;
import io.kitsune.router.resolution.Resolver;
import io.kitsune.router.resolution.Resolver.Resolved;
import io.kitsune.router.workload.WorkloadClassifier.KnownRuns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Turns a statement's text and a session into a decision: reads, resolves, asks each engine's
 * equivalence, ranks. Thread-safe; takes no lock, and calls catalogs within their own limits.
 */
public final class Router {
  private final ScanPlanner planner;
  private final Supplier<Redirections> redirections;
  private final Supplier<List<EngineStatus>> engines;
  private final LatencyPrediction prediction;
  private final FlinkReading reading;
  private final Resolver resolver;
  private final Map<Engine, EngineEquivalence> equivalences;
  private final FactsOfStatement facts;
  private final Policy policy;

  /** As the other, for a Flink that has no tables of its own. */
  public Router(
      Catalogs catalogs,
      ScanPlanner planner,
      Supplier<Redirections> redirections,
      Supplier<List<EngineStatus>> engines,
      Map<Engine, EngineEquivalence> equivalences,
      CostModel costs,
      ReadingLimits limits) {
    this(catalogs, planner, redirections, engines, equivalences, costs, limits, FlinkTables.NONE);
  }

  /** As the other, without a policy and a memory. */
  public Router(
      Catalogs catalogs,
      ScanPlanner planner,
      Supplier<Redirections> redirections,
      Supplier<List<EngineStatus>> engines,
      Map<Engine, EngineEquivalence> equivalences,
      CostModel costs,
      ReadingLimits limits,
      FlinkTables flinkTables) {
    this(
        catalogs,
        planner,
        redirections,
        engines,
        equivalences,
        costs,
        limits,
        flinkTables,
        Policy.NONE,
        fingerprint -> Optional.empty(),
        Experience.NONE);
  }

  /**
   * A router.
   *
   * @param redirections asked once for each statement, which sees one state of all
   * @param engines how the engines are now; one that is not listed does not exist
   * @param equivalences what means the same on each engine besides Spark; one without gets nothing
   * @param flinkTables what only Flink has
   * @param policy what the operator says, of every statement that an engine would run
   * @param known what is known of a statement's fingerprint from the past
   * @param experience corrects the costs
   */
  public Router(
      Catalogs catalogs,
      ScanPlanner planner,
      Supplier<Redirections> redirections,
      Supplier<List<EngineStatus>> engines,
      Map<Engine, EngineEquivalence> equivalences,
      CostModel costs,
      ReadingLimits limits,
      FlinkTables flinkTables,
      Policy policy,
      Function<String, Optional<KnownRuns>> known,
      Experience experience) {
    this.planner = requireNonNull(planner, "planner");
    this.redirections = requireNonNull(redirections, "redirections");
    this.engines = requireNonNull(engines, "engines");
    this.equivalences = Map.copyOf(equivalences);
    this.prediction = new LatencyPrediction(costs, experience);
    StatementReader reader = new StatementReader(limits);
    this.resolver = new Resolver(catalogs, reader);
    this.reading = new FlinkReading(reader, resolver, flinkTables);
    this.facts = new FactsOfStatement(limits, requireNonNull(known, "known"));
    this.policy = requireNonNull(policy, "policy");
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
   *     {@code POLICY_REJECTED} where a rule refuses it, {@code ROUTER_…} where no engine, or not
   *     the one asked for, can run it
   */
  public RoutingDecision decide(String text, SessionState session, Map<Engine, String> excluded) {
    String filled = Variables.substitute(text, session.configuration());
    Statement statement = reading.read(filled, session);
    Resolved resolved =
        statement instanceof Statement.Flink
            ? resolver.resolveForFlink(statement, session, redirections.get())
            : resolver.resolve(statement, session, redirections.get());
    if (statement instanceof Statement.Command) {
      return answeredByGateway(statement, resolved, session);
    }
    List<EngineStatus> statuses = engines.get();
    List<Veto> vetoes = new ArrayList<>(closed(statuses, excluded));
    List<Engine> open =
        statuses.stream()
            .map(EngineStatus::engine)
            .filter(engine -> vetoes.stream().noneMatch(veto -> veto.engine() == engine))
            .toList();
    Eligibility eligibility =
        statement instanceof Statement.Query query
            ? Eligibility.ofQuery(
                AnalyzedQuery.of(query, resolved.resolution(), session, planner),
                resolved.text(),
                open,
                equivalences)
            : statement instanceof Statement.Flink flink
                ? Eligibility.ofFlink(flink, resolved.text(), session.configuration(), open)
                : Eligibility.ofStatement(statement, resolved.text(), open);
    vetoes.addAll(eligibility.vetoes());
    Set<Engine> possible = eligibility.dispatches().keySet();
    StatementFacts known =
        facts.of(statement, resolved, eligibility.scans(), possible, session, Instant.now());
    Verdict verdict = policy.judge(known);
    verdict.refuseRejected();
    vetoes.addAll(verdict.vetoes(statuses.stream().map(EngineStatus::engine).toList()));
    Ranking ranking =
        Ranking.of(
            statement,
            session,
            statuses,
            vetoes,
            verdict.preferences(),
            eligibility.scans(),
            known.fingerprint(),
            prediction);
    return new RoutingDecision(
        statement,
        ranking.chosen(),
        ranking.candidates(),
        vetoes,
        eligibility.scans(),
        resolved.redirected(),
        eligibility.dispatches().get(ranking.chosen().engine()),
        known);
  }

  private RoutingDecision answeredByGateway(
      Statement statement, Resolved resolved, SessionState session) {
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
        new Dispatch.GatewayAnswer(statement.text()),
        facts.of(statement, resolved, List.of(), Set.of(Engine.GATEWAY), session, Instant.now()));
  }

  /** A veto for each engine that takes nothing now, or not this statement again. */
  private static List<Veto> closed(List<EngineStatus> statuses, Map<Engine, String> excluded) {
    List<Veto> vetoes = new ArrayList<>();
    for (EngineStatus status : statuses) {
      if (!status.state().takesStatements()) {
        vetoes.add(
            new Veto(status.engine(), status.state().id(), Veto.Position.NONE, status.reason()));
      }
    }
    excluded.forEach(
        (engine, reason) ->
            vetoes.add(new Veto(engine, "this statement", Veto.Position.NONE, reason)));
    return vetoes;
  }
}
