// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision.Scan;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.Veto;
import io.kitsune.router.analysis.Analysis;
import io.kitsune.router.analysis.Analyzer;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.analysis.Source;
import io.kitsune.router.resolution.Resolution;
import io.kitsune.router.writing.DuckDbQueryWriter;
import io.kitsune.router.writing.DuckDbTables;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * DuckDB's answer to whether a query means the same there: the session's keys, then the analysis by
 * Spark's rules, then the files, then the text, refused at the first construct that is on no list.
 * Thread-safe.
 */
public final class DuckDbEquivalence implements EngineEquivalence {
  private static final String TIME_ZONE_KEY = "spark.sql.session.timeZone";

  private final DuckDbExpressions expressions = new DuckDbExpressions();

  /** The allow-lists as they stand in the code. */
  public DuckDbEquivalence() {}

  @Override
  public Outcome translate(
      Statement.Query query, Resolution resolution, SessionState session, ScanPlanner planner) {
    List<Veto> vetoes = SessionKeys.vetoes(Engine.DUCKDB, session.configuration());
    Analysis analysis;
    try {
      analysis = Analyzer.analyze(query.tree(), resolution);
    } catch (Refusal refusal) {
      List<Veto> all = new ArrayList<>(vetoes);
      all.add(refusal.veto(Engine.DUCKDB));
      return new Outcome.Vetoed(all, List.of());
    }
    List<Scan> scans = new ArrayList<>();
    Map<Source.TableScan, ScanPlan> plans = new IdentityHashMap<>();
    for (Analysis.Scan scan : analysis.scans()) {
      ScanPlan plan = planner.plan(scan.request());
      plans.put(scan.source(), plan);
      scans.add(new Scan(plan.table().name(), plan.estimate()));
    }
    if (!vetoes.isEmpty()) {
      return new Outcome.Vetoed(vetoes, scans);
    }
    try {
      return new Outcome.Equivalent(write(analysis, plans, timeZone(session)), scans);
    } catch (Refusal refusal) {
      return new Outcome.Vetoed(List.of(refusal.veto(Engine.DUCKDB)), scans);
    }
  }

  private Dispatch.DuckDbQuery write(
      Analysis analysis, Map<Source.TableScan, ScanPlan> plans, ZoneId timeZone) {
    Map<Source.TableScan, Set<String>> wanted = new IdentityHashMap<>();
    for (Analysis.Scan scan : analysis.scans()) {
      ScanRequest request = scan.request();
      wanted.put(scan.source(), request.columns());
    }
    DuckDbTables tables = new DuckDbTables(plans, wanted);
    String text = new DuckDbQueryWriter(expressions, tables).write(analysis.query());
    return new Dispatch.DuckDbQuery(
        text, DuckDbQueryWriter.columns(analysis.query()), tables.files(), timeZone.getId());
  }

  private static ZoneId timeZone(SessionState session) {
    String name = session.setting(TIME_ZONE_KEY).orElse(ZoneId.systemDefault().getId());
    try {
      return ZoneId.of(name);
    } catch (DateTimeException unknown) {
      throw new Refusal(
          TIME_ZONE_KEY,
          io.kitsune.router.analysis.Place.NONE,
          "The time zone " + name + " is not known.");
    }
  }
}
