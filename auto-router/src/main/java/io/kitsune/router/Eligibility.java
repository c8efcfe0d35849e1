// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router;

import io.kitsune.router.RoutingDecision.Scan;
import io.kitsune.router.equivalence.AnalyzedQuery;
import io.kitsune.router.equivalence.EngineEquivalence;
import io.kitsune.router.equivalence.EngineEquivalence.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which of the engines that take statements now may take one statement, and what each would be
 * sent. An engine has a veto or a dispatch, never both; Spark has a dispatch whenever it is among
 * them.
 */
record Eligibility(List<Veto> vetoes, List<Scan> scans, Map<Engine, Dispatch> dispatches) {
  private static final Logger LOG = LoggerFactory.getLogger(Eligibility.class);

  Eligibility {
    vetoes = List.copyOf(vetoes);
    scans = List.copyOf(scans);
    dispatches = Map.copyOf(dispatches);
  }

  /** Of a query, by what is known to mean the same on each engine. */
  static Eligibility ofQuery(
      AnalyzedQuery query,
      String sparkText,
      List<Engine> open,
      Map<Engine, EngineEquivalence> equivalences) {
    List<Veto> vetoes = new ArrayList<>();
    Map<Engine, Dispatch> dispatches = new EnumMap<>(Engine.class);
    for (Engine engine : open) {
      if (engine == Engine.SPARK) {
        dispatches.put(engine, new Dispatch.SparkStatement(sparkText));
      } else {
        Outcome outcome = ask(engine, equivalences.get(engine), query);
        if (outcome instanceof Outcome.Vetoed vetoed) {
          vetoes.addAll(vetoed.vetoes());
        } else {
          dispatches.put(engine, ((Outcome.Equivalent) outcome).dispatch());
        }
      }
    }
    return new Eligibility(vetoes, query.scans(), dispatches);
  }

  /** Of a statement that only Flink runs. */
  static Eligibility ofFlink(
      Statement.Flink statement, String text, Map<String, String> settings, List<Engine> open) {
    List<Veto> vetoes = new ArrayList<>();
    Map<Engine, Dispatch> dispatches = new EnumMap<>(Engine.class);
    for (Engine engine : open) {
      if (engine == Engine.FLINK) {
        dispatches.put(engine, new Dispatch.FlinkStatement(text, settings));
      } else {
        vetoes.addAll(vetoed(engine, statement.construct(), "It is Flink's.").vetoes());
      }
    }
    return new Eligibility(vetoes, List.of(), dispatches);
  }

  /** Of all other statements, which are Spark's. */
  static Eligibility ofStatement(Statement statement, String sparkText, List<Engine> open) {
    List<Veto> vetoes = new ArrayList<>();
    Map<Engine, Dispatch> dispatches = new EnumMap<>(Engine.class);
    for (Engine engine : open) {
      if (engine == Engine.SPARK) {
        dispatches.put(engine, new Dispatch.SparkStatement(sparkText));
      } else {
        vetoes.add(notQuery(engine, statement));
      }
    }
    return new Eligibility(vetoes, List.of(), dispatches);
  }

  private static Outcome ask(Engine engine, EngineEquivalence equivalence, AnalyzedQuery query) {
    if (engine == Engine.FLINK) {
      return vetoed(engine, "flink", "It runs what names one of its tables, or is sent to it.");
    }
    if (equivalence == null) {
      return vetoed(engine, engine.id(), "No construct is known to mean the same there yet.");
    }
    try {
      return equivalence.translate(query);
    } catch (RuntimeException | StackOverflowError e) {
      // A fault in one engine's list must not keep the statement from the others.
      LOG.error("Translating a query for {} failed unexpectedly", engine.id(), e);
      return vetoed(
          engine, "translation", "It failed unexpectedly (" + e + "); the gateway's log has more.");
    }
  }

  private static Outcome.Vetoed vetoed(Engine engine, String construct, String reason) {
    return new Outcome.Vetoed(List.of(new Veto(engine, construct, Veto.Position.NONE, reason)));
  }

  private static Veto notQuery(Engine engine, Statement statement) {
    if (statement instanceof Statement.Opaque opaque) {
      return new Veto(
          engine,
          opaque.construct(),
          opaque.position(),
          "It is on no list of what means the same on " + engine.id() + ".");
    }
    String construct =
        statement instanceof Statement.Write write
            ? write.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ')
            : statement instanceof Statement.Ddl ddl ? ddl.construct() : "CREATE TEMPORARY VIEW";
    return new Veto(
        engine,
        construct,
        Veto.Position.NONE,
        "Writes, definitions and statements about Spark itself run on Spark.");
  }
}
