// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.router.Candidate;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.RoutingDecision.Row;
import io.kitsune.router.Veto;
import io.kitsune.router.Workload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

/** A decision as the rows of EXPLAIN ROUTE and as the first lines of a statement's log. */
public final class RouteExplanation {
  private static final int VETOES_LOGGED = 5;

  private RouteExplanation() {}

  /** The lines that a client sees while its statement runs, the first in a stable form. */
  public static List<String> lines(RoutingDecision decision) {
    Candidate chosen = decision.chosen();
    List<String> lines = new ArrayList<>();
    lines.add(
        "route: %s, predicted %s (%s)"
            .formatted(chosen.engine().id(), milliseconds(chosen.latency()), chosen.reason()));
    for (RoutingDecision.Redirected name : decision.redirected()) {
      lines.add("redirected: %s means %s".formatted(name.written(), name.meant()));
    }
    decision.vetoes().stream()
        .limit(VETOES_LOGGED)
        .map(veto -> "not " + veto.engine().id() + ": " + construct(veto) + ": " + veto.reason())
        .forEach(lines::add);
    int more = decision.vetoes().size() - VETOES_LOGGED;
    if (more > 0) {
      lines.add("and %d more reasons: EXPLAIN ROUTE shows them all".formatted(more));
    }
    return lines;
  }

  /** The rows of EXPLAIN ROUTE, the choice first. */
  static Answer answer(RoutingDecision decision) {
    return new Answer(
        Answer.strings("section", "engine", "value", "reason"),
        rows(decision).stream()
            .map(row -> Answer.row(row.section(), row.engine(), row.value(), row.reason()))
            .toList());
  }

  private static List<Row> rows(RoutingDecision decision) {
    List<Row> rows = new ArrayList<>();
    rows.add(candidate("chosen", decision.chosen()));
    Workload workload = decision.facts().workload();
    rows.add(new Row("workload", "", workload.type().id(), workload.reason()));
    decision.candidates().forEach(candidate -> rows.add(candidate("candidate", candidate)));
    for (Veto veto : decision.vetoes()) {
      rows.add(new Row("veto", veto.engine().id(), construct(veto), veto.reason()));
    }
    for (RoutingDecision.Scan scan : decision.scans()) {
      rows.add(new Row("scan", "", scan.table() + ": " + scan(scan.estimate()), confidence(scan)));
    }
    for (RoutingDecision.Redirected name : decision.redirected()) {
      rows.add(
          new Row("redirection", "", name.written() + " → " + name.meant(), name.phase().id()));
    }
    rows.add(
        new Row(
            "text",
            decision.chosen().engine().id(),
            decision.dispatch().text(),
            "as it would be sent"));
    return rows;
  }

  private static Row candidate(String section, Candidate candidate) {
    return new Row(
        section, candidate.engine().id(), milliseconds(candidate.latency()), candidate.reason());
  }

  private static String construct(Veto veto) {
    String position = veto.position().toString();
    return position.isEmpty() ? veto.construct() : veto.construct() + " at " + position;
  }

  private static String confidence(RoutingDecision.Scan scan) {
    return scan.estimate().confidence().name().toLowerCase(Locale.ROOT)
        + ": "
        + scan.estimate().reason();
  }

  private static String scan(ScanEstimate estimate) {
    List<String> parts = new ArrayList<>();
    if (estimate.partitionsTotal().isPresent()) {
      parts.add(ofHowMany(estimate.partitions(), estimate.partitionsTotal(), "partitions"));
    }
    parts.add(ofHowMany(estimate.files(), estimate.filesTotal(), "files"));
    parts.add(figure(estimate.bytes()) + " bytes");
    parts.add(figure(estimate.rows()) + " rows");
    return String.join(", ", parts);
  }

  private static String ofHowMany(OptionalLong part, OptionalLong whole, String unit) {
    return figure(part) + " of " + figure(whole) + " " + unit;
  }

  private static String figure(OptionalLong value) {
    return value.isPresent() ? Long.toString(value.getAsLong()) : "unknown";
  }

  private static String milliseconds(Duration latency) {
    double milliseconds = latency.toNanos() / 1e6;
    return milliseconds >= 10 || milliseconds == Math.rint(milliseconds)
        ? "%d ms".formatted(Math.round(milliseconds))
        : String.format(Locale.ROOT, "%.1f ms", milliseconds);
  }
}
