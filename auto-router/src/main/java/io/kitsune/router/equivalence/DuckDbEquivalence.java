// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import io.kitsune.catalog.TableName;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.catalog.scan.ScanRequest;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision.Scan;
import io.kitsune.router.SessionState;
import io.kitsune.router.Statement;
import io.kitsune.router.Veto;
import io.kitsune.router.analysis.Analysis;
import io.kitsune.router.analysis.Analyzer;
import io.kitsune.router.analysis.Place;
import io.kitsune.router.analysis.Refusal;
import io.kitsune.router.analysis.Source;
import io.kitsune.router.resolution.Resolution;
import io.kitsune.router.writing.DuckDbQueryWriter;
import io.kitsune.router.writing.DuckDbTables;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * DuckDB's answer to whether a query means the same there: the session's keys, then the analysis by
 * Spark's rules, then the files, then the text, refused at the first construct that is on no list.
 * Thread-safe.
 */
public final class DuckDbEquivalence implements EngineEquivalence {
  private static final Logger LOG = LoggerFactory.getLogger(DuckDbEquivalence.class);
  private static final String TIME_ZONE_KEY = "spark.sql.session.timeZone";

  /** DuckDB's parser stops at a depth of 1000, and some parentheses are its own. */
  private static final int DEEPEST_NESTING = 400;

  private final DuckDbExpressions expressions = new DuckDbExpressions();

  /** The allow-lists as they stand in the code. */
  public DuckDbEquivalence() {}

  @Override
  public Outcome translate(
      Statement.Query query, Resolution resolution, SessionState session, ScanPlanner planner) {
    List<Veto> vetoes = new ArrayList<>(SessionKeys.vetoes(Engine.DUCKDB, session.configuration()));
    List<Scan> scans = new ArrayList<>();
    try {
      ZoneId zone = timeZone(session);
      Analysis analysis = Analyzer.analyze(query.tree(), resolution, zone);
      Map<Source.TableScan, ScanPlan> plans = plans(analysis, planner, scans, vetoes);
      if (vetoes.isEmpty()) {
        return new Outcome.Equivalent(write(analysis, plans, zone), scans);
      }
    } catch (Refusal refusal) {
      vetoes.add(refusal.veto(Engine.DUCKDB));
    } catch (StackOverflowError tooDeep) {
      vetoes.add(nestedTooDeeply().veto(Engine.DUCKDB));
    }
    return new Outcome.Vetoed(vetoes, scans);
  }

  /** Plans every scan; one that fails is a veto here, since Spark may be able to read it. */
  private static Map<Source.TableScan, ScanPlan> plans(
      Analysis analysis, ScanPlanner planner, List<Scan> scans, List<Veto> vetoes) {
    Map<Source.TableScan, ScanPlan> plans = new IdentityHashMap<>();
    for (Analysis.Scan scan : analysis.scans()) {
      TableName name = scan.request().table().name();
      try {
        ScanPlan plan = planner.plan(scan.request());
        plans.put(scan.source(), plan);
        scans.add(new Scan(name, plan.estimate()));
      } catch (KitsuneException e) {
        LOG.warn("The scan of {} could not be planned", name, e);
        scans.add(new Scan(name, ScanEstimate.unknown(e.getMessage())));
        vetoes.add(new Veto(Engine.DUCKDB, name.toString(), Veto.Position.NONE, e.getMessage()));
      }
    }
    return plans;
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
    if (nesting(text) > DEEPEST_NESTING) {
      throw nestedTooDeeply();
    }
    return new Dispatch.DuckDbQuery(
        text, DuckDbQueryWriter.columns(analysis.query()), tables.files(), timeZone.getId());
  }

  private static Refusal nestedTooDeeply() {
    return new Refusal("an expression", Place.NONE, "It is nested too deeply for DuckDB.");
  }

  /** How deep parentheses are nested; those within quotes may count too, which does no harm. */
  private static int nesting(String text) {
    int depth = 0;
    int deepest = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(') {
        deepest = Math.max(deepest, ++depth);
      } else if (c == ')') {
        depth--;
      }
    }
    return deepest;
  }

  /** A zone that DuckDB knows by the same name. */
  private static ZoneId timeZone(SessionState session) {
    String name = session.setting(TIME_ZONE_KEY).orElse(ZoneId.systemDefault().getId());
    try {
      ZoneId zone = ZoneId.of(name);
      if (zone.normalized().equals(ZoneOffset.UTC)) {
        return ZoneId.of("UTC");
      }
      if (name.indexOf('/') > 0) {
        return zone;
      }
    } catch (DateTimeException unknown) {
      throw new Refusal(TIME_ZONE_KEY, Place.NONE, "The time zone " + name + " is not known.");
    }
    throw new Refusal(
        TIME_ZONE_KEY,
        Place.NONE,
        "The time zone " + name + " is not known to be the same: name a region.");
  }
}
