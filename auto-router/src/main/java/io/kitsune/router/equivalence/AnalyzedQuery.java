// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.TableName;
import io.kitsune.catalog.iceberg.AllowedLocations;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.catalog.scan.ScanPlan;
import io.kitsune.catalog.scan.ScanPlanner;
import io.kitsune.error.KitsuneException;
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
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What every engine's list starts from: a query's meaning by Spark's rules, one plan for each table
 * reference, and the reasons that keep it from every engine but Spark. Made once for each
 * statement. Immutable.
 */
public final class AnalyzedQuery {
  private static final Logger LOG = LoggerFactory.getLogger(AnalyzedQuery.class);
  private static final String TIME_ZONE_KEY = "spark.sql.session.timeZone";

  /**
   * The query's meaning.
   *
   * @param plans one for each scan, by identity
   * @param timeZone the session's: UTC or a region
   */
  record Meaning(Analysis analysis, Map<Source.TableScan, ScanPlan> plans, ZoneId timeZone) {
    Meaning {
      requireNonNull(analysis, "analysis");
      plans = Collections.unmodifiableMap(new IdentityHashMap<>(plans));
      requireNonNull(timeZone, "timeZone");
    }
  }

  private final Map<String, String> configuration;
  private final Optional<Meaning> meaning;
  private final List<Function<Engine, Veto>> obstacles;
  private final List<Scan> scans;

  private AnalyzedQuery(
      Map<String, String> configuration,
      Optional<Meaning> meaning,
      List<Function<Engine, Veto>> obstacles,
      List<Scan> scans) {
    this.configuration = Map.copyOf(configuration);
    this.meaning = meaning;
    this.obstacles = List.copyOf(obstacles);
    this.scans = List.copyOf(scans);
  }

  /**
   * Analyses a query. What cannot be known is a veto for every engine that asks.
   *
   * @param resolution what the query's names mean
   * @param planner asked once for each table reference, with its columns and predicates
   * @throws KitsuneException {@link AllowedLocations#REFUSED} only
   */
  public static AnalyzedQuery of(
      Statement.Query query, Resolution resolution, SessionState session, ScanPlanner planner) {
    List<Function<Engine, Veto>> obstacles = new ArrayList<>();
    List<Scan> scans = new ArrayList<>();
    Optional<Meaning> meaning = Optional.empty();
    try {
      ZoneId zone = timeZone(session);
      Analysis analysis = Analyzer.analyze(query.tree(), resolution, zone);
      meaning =
          Optional.of(new Meaning(analysis, plans(analysis, planner, scans, obstacles), zone));
    } catch (Refusal refusal) {
      obstacles.add(refusal::veto);
    } catch (StackOverflowError tooDeep) {
      obstacles.add(
          new Refusal("an expression", Place.NONE, "It is nested too deeply to be analysed.")
              ::veto);
    } catch (RuntimeException e) {
      if (refused(e)) {
        throw e;
      }
      // Some of them would look like all.
      scans.clear();
      // A fault of Kitsune's must not keep a statement from Spark, which needs none of this.
      LOG.error("Analysing a query failed unexpectedly; it is left to Spark", e);
      obstacles.add(
          obstacle("analysis", "It failed unexpectedly (" + e + "); the gateway's log has more."));
    }
    return new AnalyzedQuery(session.configuration(), meaning, obstacles, scans);
  }

  /** What is read, a line for each table reference, as far as it is known. */
  public List<Scan> scans() {
    return scans;
  }

  /** Why this engine, as every other but Spark, may not take the query; empty if it may. */
  List<Veto> vetoes(Engine engine) {
    List<Veto> vetoes = new ArrayList<>(SessionKeys.vetoes(engine, configuration));
    obstacles.forEach(obstacle -> vetoes.add(obstacle.apply(engine)));
    return vetoes;
  }

  /**
   * The query's meaning.
   *
   * @throws java.util.NoSuchElementException where it is not known; then there are vetoes
   */
  Meaning meaning() {
    return meaning.orElseThrow();
  }

  /** Plans every scan; one that fails is an obstacle, since Spark may be able to read it. */
  private static Map<Source.TableScan, ScanPlan> plans(
      Analysis analysis,
      ScanPlanner planner,
      List<Scan> scans,
      List<Function<Engine, Veto>> obstacles) {
    Map<Source.TableScan, ScanPlan> plans = new IdentityHashMap<>();
    for (Analysis.Scan scan : analysis.scans()) {
      TableName name = scan.request().table().name();
      try {
        ScanPlan plan = planner.plan(scan.request());
        plans.put(scan.source(), plan);
        scans.add(new Scan(name, plan.estimate(), PartitionConditions.of(scan.request())));
      } catch (KitsuneException e) {
        if (refused(e)) {
          throw e;
        }
        LOG.warn("The scan of {} could not be planned", name, e);
        scans.add(
            new Scan(
                name,
                ScanEstimate.unknown(e.getMessage()),
                PartitionConditions.of(scan.request())));
        obstacles.add(obstacle(name.toString(), e.getMessage()));
      }
    }
    return plans;
  }

  /** Files that the catalog may not name are read by no engine; another would, all the same. */
  private static boolean refused(RuntimeException e) {
    return e instanceof KitsuneException known && known.code().equals(AllowedLocations.REFUSED);
  }

  private static Function<Engine, Veto> obstacle(String construct, String reason) {
    return engine -> new Veto(engine, construct, Veto.Position.NONE, reason);
  }

  /** A zone that every engine knows by the same name. */
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
