// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.router.Candidate;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.StatementFacts;
import io.kitsune.router.Veto;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalLong;

/** A decision as JSON: all that EXPLAIN ROUTE has. What is not known is left out. */
final class DecisionView {
  private DecisionView() {}

  static ObjectNode of(RoutingDecision decision) {
    ObjectNode json = Json.object();
    json.put("engine", decision.chosen().engine().id());
    json.put("predictedMillis", millis(decision.chosen().latency()));
    json.put("reason", decision.chosen().reason());
    StatementFacts facts = decision.facts();
    ObjectNode workload = json.putObject("workload");
    workload.put("type", facts.workload().type().id());
    workload.put("reason", facts.workload().reason());
    json.put("fingerprint", facts.fingerprint());
    ArrayNode candidates = json.putArray("candidates");
    decision.candidates().forEach(candidate -> candidates.add(candidate(candidate)));
    ArrayNode vetoes = json.putArray("vetoes");
    decision.vetoes().forEach(veto -> vetoes.add(veto(veto)));
    ArrayNode tables = json.putArray("tables");
    decision.scans().forEach(scan -> tables.add(scan(scan)));
    ArrayNode redirections = json.putArray("redirections");
    decision.redirected().forEach(name -> redirections.add(redirection(name)));
    json.put("text", decision.dispatch().text());
    return json;
  }

  private static ObjectNode candidate(Candidate candidate) {
    ObjectNode json = Json.object();
    json.put("engine", candidate.engine().id());
    json.put("predictedMillis", millis(candidate.latency()));
    json.put("basis", candidate.basis());
    json.put("reason", candidate.reason());
    return json;
  }

  private static ObjectNode veto(Veto veto) {
    ObjectNode json = Json.object();
    json.put("engine", veto.engine().id());
    json.put("construct", veto.construct());
    if (!veto.position().equals(Veto.Position.NONE)) {
      json.put("line", veto.position().line());
      json.put("column", veto.position().column());
    }
    json.put("reason", veto.reason());
    return json;
  }

  private static ObjectNode scan(RoutingDecision.Scan scan) {
    ScanEstimate estimate = scan.estimate();
    ObjectNode json = name(scan.table());
    put(json, "partitions", estimate.partitions());
    put(json, "partitionsTotal", estimate.partitionsTotal());
    put(json, "files", estimate.files());
    put(json, "filesTotal", estimate.filesTotal());
    put(json, "bytes", estimate.bytes());
    put(json, "rows", estimate.rows());
    json.put("confidence", estimate.confidence().name().toLowerCase(Locale.ROOT));
    json.put("reason", estimate.reason());
    return json;
  }

  private static ObjectNode redirection(RoutingDecision.Redirected name) {
    ObjectNode json = Json.object();
    json.set("written", name(name.written()));
    json.set("meant", name(name.meant()));
    json.put("phase", name.phase().id());
    return json;
  }

  private static ObjectNode name(TableName name) {
    ObjectNode json = Json.object();
    json.put("name", name.toString());
    return json;
  }

  private static void put(ObjectNode json, String key, OptionalLong value) {
    value.ifPresent(number -> json.put(key, number));
  }

  /** Milliseconds, a tenth of one told apart. */
  static double millis(Duration duration) {
    return Math.round(duration.toNanos() / 1e5) / 10.0;
  }
}
