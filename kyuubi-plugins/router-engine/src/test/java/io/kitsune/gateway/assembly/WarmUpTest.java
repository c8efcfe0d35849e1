// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.hive.scan.HiveScanPlanner;
import io.kitsune.engine.duckdb.DuckDbLauncher;
import io.kitsune.engine.duckdb.DuckDbSettings;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.gateway.Rehearsal;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.Engine;
import io.kitsune.router.Router;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.equivalence.DuckDbEquivalence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WarmUpTest {
  private static final Duration SOON = Duration.ofMinutes(2);

  @TempDir Path folder;
  private DuckDbLauncher duckDb;

  @AfterEach
  void stop() {
    duckDb.close();
  }

  private DuckDbLauncher duckDb() {
    duckDb = new DuckDbLauncher(DuckDbSettings.defaults(folder.resolve("spill")));
    duckDb.start();
    return duckDb;
  }

  private KitsuneConfiguration configuration() {
    return KitsuneConfiguration.load(Optional.empty(), Map.of("kitsune.home", folder.toString()));
  }

  @Test
  void everyStatementRunsInTheGatewayOrOnDuckDb() throws Exception {
    DuckDbLauncher engine = duckDb();
    EngineFleet engines = EngineFleet.of(List.of(engine));
    RehearsalCatalogs catalogs = RehearsalCatalogs.in(folder.resolve("warm-up"));
    Router router =
        new Router(
            catalogs,
            new HiveScanPlanner(catalogs),
            Redirections::none,
            engines::statuses,
            Map.of(Engine.DUCKDB, new DuckDbEquivalence()),
            configuration().costModel(),
            configuration().readingLimits());
    List<RoutingDecision> decisions = new ArrayList<>();
    try (Rehearsal rehearsal =
        new Rehearsal(
            (text, session, excluded) -> {
              RoutingDecision decision = router.decide(text, session, excluded);
              decisions.add(decision);
              return decision;
            },
            catalogs,
            engines)) {
      WarmUp.STATEMENTS.forEach(rehearsal::run);
    } finally {
      engines.close();
    }
    assertThat(decisions)
        .hasSizeGreaterThanOrEqualTo(WarmUp.STATEMENTS.size())
        .extracting(decision -> decision.chosen().engine())
        .contains(Engine.DUCKDB, Engine.GATEWAY)
        .doesNotContain(Engine.SPARK);
    assertThat(engine.openStatements()).isZero();
  }

  @Test
  void standsBackWhileRealStatementsRunAndStopsWhenClosed() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    WarmUp warmUp =
        WarmUp.start(
            folder.resolve("warm-up"),
            duckDb(),
            configuration().costModel(),
            configuration().readingLimits(),
            () -> asked.incrementAndGet() > 0);
    while (asked.get() < 3) {
      Thread.onSpinWait();
    }
    warmUp.close();
    assertThat(warmUp.await(SOON)).isTrue();
  }

  @Test
  void aFailureOfItHarmsNothing() throws Exception {
    Path file = Files.createFile(folder.resolve("warm-up"));
    AtomicBoolean asked = new AtomicBoolean();
    try (WarmUp warmUp =
        WarmUp.start(
            file,
            duckDb(),
            configuration().costModel(),
            configuration().readingLimits(),
            () -> {
              asked.set(true);
              return false;
            })) {
      assertThat(warmUp.await(SOON)).isTrue();
    }
    assertThat(asked).isFalse();
  }
}
