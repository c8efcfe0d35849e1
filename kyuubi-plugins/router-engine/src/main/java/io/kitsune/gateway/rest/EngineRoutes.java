// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.kitsune.engine.health.EngineReport;
import io.kitsune.gateway.DirectSessions;
import io.kitsune.router.EngineStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/** How the gateway and its engines are. */
final class EngineRoutes {
  private final DirectSessions gateway;

  EngineRoutes(DirectSessions gateway) {
    this.gateway = gateway;
  }

  List<Route> routes() {
    return List.of(
        Route.get("/engines", this::engines),
        Route.open("/health/live", this::live),
        Route.open("/health/ready", this::ready));
  }

  private void engines(Context context) {
    Query.of(context.queryString(), Set.of());
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray("engines");
    gateway.engines().forEach(report -> array.add(engine(report)));
    Answers.json(context, HttpStatus.OK_200, answer);
  }

  private static ObjectNode engine(EngineReport report) {
    EngineStatus status = report.status();
    ObjectNode json = Json.object();
    json.put("engine", status.engine().id());
    json.put("state", status.state().id());
    json.put("since", status.since().truncatedTo(ChronoUnit.MILLIS).toString());
    json.put("reason", status.reason());
    json.put("running", status.load().running());
    json.put("queued", status.load().queued());
    json.put("finished", report.finished());
    json.put("failures", status.load().failures());
    json.put("refused", report.refused());
    json.put("starts", report.starts());
    report.memory().ifPresent(bytes -> json.put("memoryBytes", bytes));
    return json;
  }

  private void live(Context context) {
    Query.of(context.queryString(), Set.of());
    answer(context, HttpStatus.OK_200, "live");
  }

  /** No more once it takes no new sessions, so that a load balancer goes elsewhere. */
  private void ready(Context context) {
    Query.of(context.queryString(), Set.of());
    if (gateway.draining()) {
      answer(context, HttpStatus.SERVICE_UNAVAILABLE_503, "draining");
    } else {
      answer(context, HttpStatus.OK_200, "ready");
    }
  }

  private static void answer(Context context, int status, String state) {
    Answers.json(context, status, Json.object().put("state", state));
  }
}
