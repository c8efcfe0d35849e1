// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.catalog.hive.scan.HiveScanPlanner;
import io.kitsune.engine.EngineLauncher;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.gateway.Rehearsal;
import io.kitsune.gateway.thrift.NamedThreads;
import io.kitsune.redirection.Redirections;
import io.kitsune.router.Engine;
import io.kitsune.router.Router;
import io.kitsune.router.decision.CostModel;
import io.kitsune.router.equivalence.DuckDbEquivalence;
import io.kitsune.router.reading.ReadingLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs some statements of its own once the gateway listens, so that the first real one need not
 * wait for classes to be loaded, grammars to be learnt and code to be compiled. It stands back
 * while real statements run, ends within a limit, and a failure of it is only logged.
 */
final class WarmUp implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  /** A second time over the same statements still halves what the first real one takes. */
  private static final int ROUNDS = 2;

  private static final Duration LIMIT = Duration.ofSeconds(30);
  private static final Duration BACKING_OFF = Duration.ofMillis(50);
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  /** What dashboards ask: each construct here is one that a first query need not wait for. */
  static final List<String> STATEMENTS =
      List.of(
          "SELECT 1",
          "SHOW TABLES",
          "DESCRIBE sales",
          "SELECT * FROM sales WHERE id < 50",
          """
          SELECT place, label, sum(amount) AS total, sum(amount * (1 - ratio)) AS net,
            avg(amount) AS mean, min(day) AS first, max(day) AS last, count(*) AS n
          FROM sales WHERE day <= DATE '2024-03-01' AND label LIKE 'label%'
          GROUP BY place, label HAVING count(*) > 1 ORDER BY place, label DESC""",
          """
          SELECT a.id, b.label, sum(a.amount * (1 - 0.1)) AS revenue
          FROM sales a JOIN sales b ON a.id = b.id LEFT JOIN sales c ON b.place = c.id
          WHERE a.day BETWEEN DATE '2024-01-02' AND DATE '2024-02-01' + INTERVAL 1 MONTH
            AND b.place IN (1, 2, 3) AND NOT a.open IS NULL
          GROUP BY a.id, b.label ORDER BY revenue DESC, a.id LIMIT 10""",
          """
          WITH large AS (SELECT place, sum(amount) AS total FROM sales GROUP BY place)
          SELECT s.label, CASE WHEN s.open THEN 'open' ELSE 'closed' END AS state,
            row_number() OVER (PARTITION BY s.place ORDER BY s.amount DESC, s.id) AS position
          FROM sales s, large l
          WHERE s.place = l.place AND l.total > (SELECT avg(total) FROM large)
            AND EXISTS (SELECT 1 FROM sales o WHERE o.id = s.id AND o.amount > 10)
          UNION ALL SELECT substring(label, 1, 3), cast(place AS STRING), year(day) FROM sales""",
          "EXPLAIN ROUTE SELECT count(DISTINCT label) FROM sales WHERE open");

  private final Path folder;
  private final EngineLauncher duckDb;
  private final CostModel costs;
  private final ReadingLimits limits;
  private final BooleanSupplier busy;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final Thread thread = NamedThreads.daemon("kitsune-warm-up").newThread(this::run);

  private WarmUp(
      Path folder,
      EngineLauncher duckDb,
      CostModel costs,
      ReadingLimits limits,
      BooleanSupplier busy) {
    this.folder = folder;
    this.duckDb = duckDb;
    this.costs = costs;
    this.limits = limits;
    this.busy = busy;
  }

  /**
   * Begins, on a thread of its own.
   *
   * @param folder where its table lies; made if it is not there
   * @param busy whether real statements run
   */
  static WarmUp start(
      Path folder,
      EngineLauncher duckDb,
      CostModel costs,
      ReadingLimits limits,
      BooleanSupplier busy) {
    WarmUp warmUp = new WarmUp(folder, duckDb, costs, limits, busy);
    warmUp.thread.setPriority(Thread.MIN_PRIORITY);
    warmUp.thread.start();
    return warmUp;
  }

  private void run() {
    long started = System.nanoTime();
    try {
      int ran = rehearse(started + LIMIT.toNanos());
      LOG.info(
          "Warmed up with {} statements in {} ms", ran, (System.nanoTime() - started) / 1_000_000);
    } catch (InterruptedException e) {
      LOG.debug("The gateway stops before it is warm");
    } catch (IOException | SQLException | RuntimeException e) {
      if (stopped.getCount() > 0) {
        LOG.warn("The warm-up ended early; the first statements will take longer", e);
      }
    }
  }

  private int rehearse(long deadline) throws IOException, SQLException, InterruptedException {
    RehearsalCatalogs catalogs = RehearsalCatalogs.in(folder);
    try (EngineFleet engines = EngineFleet.of(List.of(duckDb))) {
      return rehearse(catalogs, engines, deadline);
    }
  }

  private int rehearse(RehearsalCatalogs catalogs, EngineFleet engines, long deadline)
      throws InterruptedException {
    Router router =
        new Router(
            catalogs,
            new HiveScanPlanner(catalogs),
            Redirections::none,
            engines::statuses,
            Map.of(Engine.DUCKDB, new DuckDbEquivalence()),
            costs,
            limits);
    int ran = 0;
    try (Rehearsal rehearsal = new Rehearsal(router::decide, catalogs, engines)) {
      for (int round = 0; round < ROUNDS; round++) {
        for (String statement : STATEMENTS) {
          if (!mayGoOn(deadline)) {
            return ran;
          }
          rehearsal.run(statement);
          ran++;
        }
      }
    }
    return ran;
  }

  /** Waits while real statements run; false once it should end. */
  private boolean mayGoOn(long deadline) throws InterruptedException {
    while (System.nanoTime() < deadline) {
      if (!busy.getAsBoolean()) {
        return stopped.getCount() > 0;
      }
      if (stopped.await(BACKING_OFF.toMillis(), TimeUnit.MILLISECONDS)) {
        return false;
      }
    }
    return false;
  }

  /** Waits until it is over, whatever came of it; true if it is within the limit. */
  boolean await(Duration limit) throws InterruptedException {
    thread.join(limit.toMillis());
    return !thread.isAlive();
  }

  @Override
  public void close() throws InterruptedException {
    stopped.countDown();
    thread.interrupt();
    if (!await(END_LIMIT)) {
      LOG.warn("The warm-up does not end");
    }
  }
}
