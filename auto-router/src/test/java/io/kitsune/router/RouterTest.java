// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.iceberg.AllowedLocations;
import io.kitsune.catalog.scan.Confidence;
import io.kitsune.catalog.scan.HivePartition;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanFile;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.error.KitsuneException;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.EngineStatus.State;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.decision.Experience;
import io.kitsune.router.equivalence.DuckDbEquivalence;
import io.kitsune.router.equivalence.EngineEquivalence;
import io.kitsune.router.policy.Groups;
import io.kitsune.router.policy.Policy;
import io.kitsune.router.reading.ReadingLimits;
import io.kitsune.router.workload.WorkloadClassifier.KnownRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouterTest {
  @TempDir Path folder;

  private final MemoryCatalogs catalogs =
      new MemoryCatalogs().table("spark_catalog", "default", "t", "a", "b");
  private List<EngineStatus> engines =
      List.of(
          new EngineStatus(Engine.DUCKDB, State.READY, ""),
          new EngineStatus(Engine.SPARK, State.COLD, "not started yet"));
  private Map<Engine, EngineEquivalence> equivalences =
      Map.of(Engine.DUCKDB, new DuckDbEquivalence());
  private Policy policy = Policy.NONE;
  private Experience experience = Experience.NONE;
  private Function<String, Optional<KnownRuns>> known = fingerprint -> Optional.empty();
  private ScanPlanner planner = request -> plan((HiveTable) request.table(), 1_000_000);

  private static ScanPlan plan(HiveTable table, long bytes) {
    OptionalLong one = OptionalLong.of(1);
    ScanEstimate estimate =
        new ScanEstimate(
            OptionalLong.of(bytes),
            OptionalLong.of(1_000),
            one,
            one,
            OptionalLong.empty(),
            OptionalLong.empty(),
            OptionalLong.empty(),
            Confidence.EXACT,
            "as the test says");
    return new ScanPlan.HiveFiles(
        table,
        List.of(new HivePartition(List.of(), List.of(new ScanFile("/tables/t/1.parquet", bytes)))),
        estimate,
        List.of());
  }

  private RoutingDecision decide(String text, Map<String, String> configuration) {
    return decide(text, configuration, Map.of());
  }

  @Test
  void whatRunsHaveShownMovesTheRankingAndNothingElse() {
    RoutingDecision before = decide("SELECT a FROM t");
    assertThat(before.chosen().engine()).isEqualTo(Engine.DUCKDB);
    assertThat(before.chosen().basis()).isEqualTo("from the model");

    experience =
        (engine, fingerprint, modelled) ->
            fingerprint.equals(before.facts().fingerprint()) && engine == Engine.DUCKDB
                ? new Experience.Correction(1e6, "from 12 runs of this statement")
                : Experience.Correction.NONE;
    RoutingDecision after = decide("SELECT a FROM t");
    assertThat(after.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(after.chosen().reason()).endsWith("; predicted from the model");
    assertThat(after.candidates())
        .filteredOn(candidate -> candidate.engine() == Engine.DUCKDB)
        .singleElement()
        .satisfies(
            duckDb -> {
              assertThat(duckDb.latency()).isGreaterThan(Duration.ofHours(1));
              assertThat(duckDb.reason()).endsWith("; predicted from 12 runs of this statement");
            });

    // An engine with a veto stays out, however fast it was.
    experience =
        (engine, fingerprint, modelled) ->
            new Experience.Correction(engine == Engine.DUCKDB ? 1e-6 : 1, "from 12 runs");
    RoutingDecision vetoed = decide("SELECT a FROM t", Map.of(), Map.of(Engine.DUCKDB, "no"));
    assertThat(vetoed.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(vetoed.candidates()).extracting(Candidate::engine).doesNotContain(Engine.DUCKDB);
  }

  private RoutingDecision decide(
      String text, Map<String, String> configuration, Map<Engine, String> excluded) {
    Router router =
        new Router(
            catalogs,
            request -> planner.plan(request),
            Redirections::none,
            () -> engines,
            equivalences,
            CostModel.DEFAULT,
            ReadingLimits.DEFAULT,
            FlinkTables.NONE,
            policy,
            known,
            experience);
    return router.decide(
        text,
        new SessionState("ann", "spark_catalog", List.of("default"), configuration, Map.of()),
        excluded);
  }

  private RoutingDecision decide(String text) {
    return decide(text, Map.of());
  }

  @Test
  void smallQueryGoesToDuckDb() {
    RoutingDecision decision = decide("SELECT a, count(*) FROM t GROUP BY a");
    assertThat(decision.vetoes()).isEmpty();
    assertThat(decision.chosen().engine()).isEqualTo(Engine.DUCKDB);
    assertThat(decision.chosen().reason()).contains("fastest").contains("spark");
    assertThat(decision.candidates())
        .extracting(Candidate::engine)
        .containsExactly(Engine.DUCKDB, Engine.SPARK);
    assertThat(decision.scans())
        .singleElement()
        .satisfies(scan -> assertThat(scan.table()).hasToString("spark_catalog.default.t"));
    assertThat(decision.dispatch())
        .isInstanceOfSatisfying(
            Dispatch.DuckDbQuery.class,
            query -> assertThat(query.files()).containsExactly("/tables/t/1.parquet"));
  }

  private void rule(String when, String then) throws IOException {
    Path file = folder.resolve("policy.yaml");
    Files.writeString(
        file,
        "version: 1\nrules:\n  - {name: the rule, when: \"%s\", then: %s, because: it is so}\n"
            .formatted(when, then));
    policy = Policy.read(file, Groups.of(Map.of()), ZoneOffset.UTC);
  }

  @Test
  void policyPrefersUnlessTheUserChooses() throws IOException {
    rule("user = 'ann'", "prefer spark");
    RoutingDecision preferred = decide("SELECT a FROM t");
    assertThat(preferred.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(preferred.chosen().reason())
        .isEqualTo("The policy's rule 'the rule' says prefer spark: it is so");
    assertThat(preferred.candidates().get(0).engine()).isEqualTo(Engine.DUCKDB);
    assertThat(decide("SELECT a FROM t", Map.of("kitsune.engine", "duckdb")).chosen().engine())
        .isEqualTo(Engine.DUCKDB);

    rule("user = 'ann'", "prefer duckdb");
    assertThat(decide("SELECT soundex(a) FROM t").chosen().engine()).isEqualTo(Engine.SPARK);
  }

  @Test
  void policyForbidsEvenWhatTheUserChooses() throws IOException {
    for (String then : List.of("forbid duckdb", "require spark")) {
      rule("bytes < 2 MB", then);
      RoutingDecision decision = decide("SELECT a FROM t");
      assertThat(decision.chosen().engine()).isEqualTo(Engine.SPARK);
      assertThat(decision.dispatch()).isInstanceOf(Dispatch.SparkStatement.class);
      assertThat(decision.vetoes())
          .extracting(Veto::engine, Veto::construct)
          .contains(tuple(Engine.DUCKDB, "policy"));
      for (String hint : List.of("", "/*+ ENGINE(duckdb) */")) {
        assertThatThrownBy(
                () -> decide("SELECT " + hint + " a FROM t", Map.of("kitsune.engine", "duckdb")))
            .isInstanceOfSatisfying(
                KitsuneException.class,
                e -> assertThat(e.code()).isEqualTo("ROUTER_ENGINE_NOT_POSSIBLE"))
            .hasMessageContaining("the rule");
      }
    }
    rule("not bytes < 2 MB", "forbid duckdb");
    assertThat(decide("SELECT a FROM t").chosen().engine()).isEqualTo(Engine.DUCKDB);
  }

  @Test
  void policyRejectsWhatIsKnownToBeTooMuch() throws IOException {
    rule("bytes >= 1 MB and not partition_predicate", "reject");
    assertThatThrownBy(() -> decide("SELECT a FROM t", Map.of("kitsune.engine", "spark")))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("POLICY_REJECTED"))
        .hasMessageContaining("it is so");
    assertThat(decide("SELECT a FROM t TABLESAMPLE (1 PERCENT)").facts().bytes()).isEmpty();
    assertThat(decide("USE default").chosen().engine()).isEqualTo(Engine.GATEWAY);
  }

  @Test
  void policyThatLeavesNoEngineSaysSo() throws IOException {
    rule("kind = 'query'", "require flink");
    assertThatThrownBy(() -> decide("SELECT a FROM t"))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("ROUTER_NO_ENGINE"))
        .hasMessageContaining("the rule");
  }

  @Test
  void factsSayWhoAsksForWhat() {
    catalogs.view("default", "v", "SELECT a FROM t", List.of(), "a");

    StatementFacts facts =
        decide("SELECT * FROM v WHERE a = 1", Map.of("kitsune.client", "Superset")).facts();

    assertThat(facts.user()).isEqualTo("ann");
    assertThat(facts.client()).isEqualTo("Superset");
    assertThat(facts.kind()).isEqualTo("query");
    assertThat(facts.workload().type()).isEqualTo(Workload.Type.INTERACTIVE);
    assertThat(facts.tables())
        .containsExactly("spark_catalog.default.t", "spark_catalog.default.v");
    assertThat(facts.bytes()).hasValue(1_000_000);
    assertThat(facts.rows()).hasValue(1_000);
    assertThat(facts.partitionPredicate()).contains(false);
    assertThat(facts.fingerprint())
        .isEqualTo(decide("select * from V where a = 2").facts().fingerprint());
  }

  @Test
  void whatIsAskedAgainAndAgainIsInteractive() {
    planner = request -> plan((HiveTable) request.table(), 1L << 40);
    String query = "SELECT a, count(*) FROM t GROUP BY a";
    assertThat(decide(query).facts().workload().type()).isEqualTo(Workload.Type.EXPLORATION);

    String asked = decide(query).facts().fingerprint();
    known = print -> Optional.of(new KnownRuns(5, 20)).filter(runs -> print.equals(asked));
    assertThat(decide(query).facts().workload().type()).isEqualTo(Workload.Type.INTERACTIVE);
  }

  @Test
  void factsThatAreNotKnownAreEmpty() {
    StatementFacts unanalysed = decide("SELECT nothing_of_that_name(a) FROM t").facts();
    assertThat(unanalysed.bytes()).isEmpty();
    assertThat(unanalysed.partitionPredicate()).isEmpty();

    StatementFacts insert = decide("INSERT INTO t SELECT 1, 2").facts();
    assertThat(insert.bytes()).isEmpty();
    assertThat(insert.kind()).isEqualTo("insert");
    assertThat(decide("SELECT 1").facts().bytes()).hasValue(0);
  }

  @Test
  void filesThatTheCatalogMayNotNameAreReadByNoEngine() {
    planner =
        request -> {
          throw new KitsuneException(AllowedLocations.REFUSED, "42501", "file:/etc/passwd");
        };
    assertThatThrownBy(() -> decide("SELECT a FROM t")).hasMessageContaining("file:/etc/passwd");
  }

  @Test
  void vetoNamesConstructAndPlace() {
    RoutingDecision decision = decide("SELECT\n  soundex(a) FROM t");
    assertThat(decision.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(decision.vetoes())
        .anySatisfy(
            veto -> {
              assertThat(veto.construct()).contains("soundex");
              assertThat(veto.position()).isEqualTo(new Veto.Position(2, 3));
            });
    assertThat(decision.dispatch().text()).isEqualTo("SELECT\n  soundex(a) FROM t");
    assertThat(decision.chosen().reason()).contains("soundex");
  }

  @Test
  void opaqueStatementsAndWritesGoToSpark() {
    assertThat(decide("SELECT * FROM t PIVOT (sum(a) FOR b IN (1, 2))").vetoes())
        .singleElement()
        .satisfies(veto -> assertThat(veto.construct()).isEqualTo("PIVOT"));
    assertThat(decide("INSERT INTO t SELECT * FROM t").chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(decide("CREATE TABLE x (a INT)").chosen().engine()).isEqualTo(Engine.SPARK);
  }

  @Test
  void commandsAreTheGateways() {
    for (String text :
        List.of("SET a=b", "SHOW TABLES", "USE x", "DESCRIBE t", "EXPLAIN ROUTE SELECT 1")) {
      RoutingDecision decision = decide(text);
      assertThat(decision.chosen().engine()).as(text).isEqualTo(Engine.GATEWAY);
      assertThat(decision.dispatch()).isInstanceOf(Dispatch.GatewayAnswer.class);
    }
  }

  @Test
  void userChoosesByHintOrKeyAndTheHintWins() {
    assertThat(decide("SELECT /*+ ENGINE(spark) */ a FROM t").chosen())
        .satisfies(
            chosen -> {
              assertThat(chosen.engine()).isEqualTo(Engine.SPARK);
              assertThat(chosen.reason()).contains("ENGINE(spark)");
            });
    Map<String, String> spark = Map.of("kitsune.engine", "SPARK");
    assertThat(decide("SELECT a FROM t", spark).chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(decide("SELECT /*+ ENGINE(duckdb) */ a FROM t", spark).chosen().engine())
        .isEqualTo(Engine.DUCKDB);
    assertThat(decide("SELECT a FROM t", Map.of("kitsune.engine", "auto")).chosen().engine())
        .isEqualTo(Engine.DUCKDB);
    assertThat(decide("SET x=y", Map.of("kitsune.engine", "duckdb")).chosen().engine())
        .isEqualTo(Engine.GATEWAY);
  }

  @Test
  void impossibleChoiceIsAnErrorWithTheVetoes() {
    assertThatThrownBy(() -> decide("SELECT /*+ ENGINE(duckdb) */ soundex(a) FROM t"))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> {
              assertThat(e.code()).isEqualTo("ROUTER_ENGINE_NOT_POSSIBLE");
              assertThat(e.sqlState()).isEqualTo("0A000");
            })
        .hasMessageContaining("soundex")
        .hasMessageContaining("line 1");
    assertThatThrownBy(() -> decide("SELECT /*+ ENGINE(trino) */ 1"))
        .hasMessageContaining("not configured");
    assertThatThrownBy(() -> decide("SELECT 1", Map.of("kitsune.engine", "presto")))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("ROUTER_ENGINE_UNKNOWN"));
  }

  @Test
  void withoutAnyEngineTheReasonsAreGiven() {
    engines = List.of(new EngineStatus(Engine.SPARK, State.UNAVAILABLE, "SPARK_HOME is not set"));
    assertThatThrownBy(() -> decide("INSERT INTO t VALUES (1, 2)"))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("ROUTER_NO_ENGINE"))
        .hasMessageContaining("SPARK_HOME is not set");
  }

  @Test
  void filesThatCannotBeListedLeaveTheQueryToSpark() {
    planner =
        request -> {
          throw new KitsuneException("SCAN_LISTING_FAILED", "58030", "No such folder: /tables/t.");
        };
    RoutingDecision decision = decide("SELECT a FROM t");
    assertThat(decision.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(decision.vetoes().get(0).reason()).contains("No such folder");
  }

  @Test
  void faultsOfTheAnalysisLeaveTheQueryToSpark() {
    planner =
        request -> {
          throw new IllegalStateException("a fault");
        };
    RoutingDecision decision = decide("SELECT a FROM t");
    assertThat(decision.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(decision.vetoes().get(0).reason()).contains("a fault");
  }

  @Test
  void everyEngineIsAskedAndTheFastestGetsItsOwnText() {
    engines =
        List.of(
            new EngineStatus(Engine.DUCKDB, State.COLD, ""),
            new EngineStatus(Engine.TRINO, State.READY, ""),
            new EngineStatus(Engine.SPARK, State.READY, ""));
    Dispatch trino = new Dispatch.TrinoQuery("SELECT trino", List.of(), "UTC");
    equivalences =
        Map.of(
            Engine.DUCKDB,
            new DuckDbEquivalence(),
            Engine.TRINO,
            query -> new EngineEquivalence.Outcome.Equivalent(trino));
    List<HiveTable> planned = new ArrayList<>();
    planner =
        request -> {
          planned.add((HiveTable) request.table());
          return plan((HiveTable) request.table(), 1_000_000);
        };
    RoutingDecision decision = decide("SELECT a FROM t");
    assertThat(decision.candidates())
        .extracting(Candidate::engine)
        .containsExactly(Engine.TRINO, Engine.SPARK, Engine.DUCKDB);
    assertThat(decision.dispatch()).isEqualTo(trino);
    assertThat(planned).hasSize(1);
    assertThat(decide("SELECT /*+ ENGINE(duckdb) */ a FROM t").dispatch())
        .isInstanceOf(Dispatch.DuckDbQuery.class);
    assertThat(decide("INSERT INTO t VALUES (1, 2)").vetoes())
        .extracting(Veto::engine, Veto::construct)
        .containsExactly(tuple(Engine.DUCKDB, "insert"), tuple(Engine.TRINO, "insert"));
  }

  @Test
  void aFaultInOneEnginesListLeavesTheQueryToTheOthers() {
    engines =
        List.of(
            new EngineStatus(Engine.DUCKDB, State.READY, ""),
            new EngineStatus(Engine.TRINO, State.READY, ""),
            new EngineStatus(Engine.FLINK, State.READY, ""),
            new EngineStatus(Engine.SPARK, State.COLD, ""));
    equivalences =
        Map.of(
            Engine.DUCKDB,
            new DuckDbEquivalence(),
            Engine.TRINO,
            query -> {
              throw new IllegalStateException("a fault");
            });
    RoutingDecision decision = decide("SELECT a FROM t");
    assertThat(decision.chosen().engine()).isEqualTo(Engine.DUCKDB);
    assertThat(decision.vetoes())
        .extracting(Veto::engine)
        .containsExactly(Engine.TRINO, Engine.FLINK);
    assertThat(decision.vetoes().get(0).reason()).contains("a fault");
    assertThat(decision.vetoes().get(1).reason()).contains("names one of its tables");
  }

  @Test
  void coldEnginesCostTheirStart() {
    engines =
        List.of(
            new EngineStatus(Engine.DUCKDB, State.COLD, ""),
            new EngineStatus(Engine.SPARK, State.READY, ""));
    assertThat(decide("SELECT a FROM t").chosen().engine()).isEqualTo(Engine.SPARK);
  }

  @Test
  void enginesThatTakeNothingNowHaveTheirReasonAsAVeto() {
    for (State state : List.of(State.FAILED, State.DRAINING, State.FULL)) {
      engines =
          List.of(
              new EngineStatus(Engine.DUCKDB, state, "as the test says"),
              new EngineStatus(Engine.SPARK, State.READY, ""));

      RoutingDecision decision = decide("SELECT a FROM t");

      assertThat(decision.chosen().engine()).as("%s", state).isEqualTo(Engine.SPARK);
      assertThat(decision.vetoes())
          .containsExactly(
              new Veto(Engine.DUCKDB, state.id(), Veto.Position.NONE, "as the test says"));
    }
  }

  @Test
  void whatCouldRunLaterIsAnotherErrorThanWhatNobodyCanRun() {
    Map<State, String> sqlStates =
        Map.of(State.FAILED, "57P03", State.DRAINING, "57P03", State.FULL, "53300");
    sqlStates.forEach(
        (state, sqlState) -> {
          engines =
              List.of(
                  new EngineStatus(Engine.DUCKDB, State.READY, ""),
                  new EngineStatus(Engine.SPARK, state, "as the test says"));
          for (Runnable refused :
              List.<Runnable>of(
                  () -> decide("SELECT soundex(a) FROM t"),
                  () -> decide("SELECT a FROM t", Map.of("kitsune.engine", "spark")))) {
            assertThatThrownBy(refused::run)
                .isInstanceOfSatisfying(
                    KitsuneException.class,
                    e -> {
                      assertThat(e.code()).isEqualTo("ROUTER_ENGINE_UNAVAILABLE");
                      assertThat(e.sqlState()).isEqualTo(sqlState);
                    })
                .hasMessageContainingAll("spark", state.id(), "as the test says");
          }
        });
  }

  @Test
  void theWaitForATurnIsPartOfThePrediction() {
    EngineStatus.Load queue = new EngineStatus.Load(4, 7, Duration.ofSeconds(20), 0);
    engines =
        List.of(
            new EngineStatus(Engine.DUCKDB, State.BUSY, "4 run", Instant.EPOCH, queue),
            new EngineStatus(Engine.SPARK, State.READY, ""));

    RoutingDecision decision = decide("SELECT a FROM t");

    assertThat(decision.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(decision.candidates().get(1).latency()).isGreaterThan(Duration.ofSeconds(20));
    assertThat(decision.candidates().get(1).reason()).contains("4 run and 7 wait");
  }

  @Test
  void enginesThatAreExcludedGetAVetoWithTheReason() {
    RoutingDecision decision =
        decide("SELECT a FROM t", Map.of(), Map.of(Engine.DUCKDB, "It failed before."));

    assertThat(decision.chosen().engine()).isEqualTo(Engine.SPARK);
    assertThat(decision.vetoes())
        .singleElement()
        .satisfies(veto -> assertThat(veto.reason()).isEqualTo("It failed before."));
  }

  @Test
  void variablesAreFilledInBeforeReading() {
    assertThat(decide("SELECT /*+ ENGINE(spark) */ ${hiveconf:c} FROM t", Map.of("c", "a")))
        .extracting(decision -> decision.dispatch().text())
        .isEqualTo("SELECT /*+ ENGINE(spark) */ a FROM t");
    assertThatThrownBy(() -> decide("SELECT '${nobody}'"))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("PARSE_VARIABLE_UNKNOWN"));
    assertThatThrownBy(() -> decide("SELECT ${a}", Map.of("a", "${a}")))
        .isInstanceOfSatisfying(
            KitsuneException.class, e -> assertThat(e.code()).isEqualTo("PARSE_VARIABLE_ENDLESS"));
  }
}
