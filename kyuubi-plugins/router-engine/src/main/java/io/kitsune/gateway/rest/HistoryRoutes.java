// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.kitsune.router.Engine;
import io.kitsune.router.history.HistoryEntry;
import io.kitsune.router.history.HistoryFilter;
import io.kitsune.router.history.HistoryStore;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;

/** The routing history: of each user, what that user has sent. */
final class HistoryRoutes {
  private static final int USUAL = 100;
  private static final int MOST = 1_000;
  private static final int LONGEST_FINGERPRINT = 100;

  private final Optional<HistoryStore> store;

  HistoryRoutes(Optional<HistoryStore> store) {
    this.store = store;
  }

  List<Route> routes() {
    return List.of(Route.get("/history", this::history));
  }

  private void history(Context context) {
    Query query =
        Query.of(context.queryString(), Set.of("limit", "since", "engine", "fingerprint"));
    HistoryFilter filter =
        new HistoryFilter(
            query.number("limit", 1, MOST, USUAL),
            query.text("since").map(HistoryRoutes::instant),
            Optional.of(Access.user(context)),
            query.text("engine").map(HistoryRoutes::engine),
            query.text("fingerprint").map(HistoryRoutes::fingerprint));
    HistoryStore kept =
        store.orElseThrow(
            () ->
                Problem.notFound(
                    "HISTORY_DISABLED", "No history is kept here: kitsune.history.enabled."));
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray("statements");
    kept.list(filter).forEach(entry -> array.add(entry(entry)));
    Answers.json(context, HttpStatus.OK_200, answer);
  }

  private static Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw Problem.invalid(
          "The query parameter since is '%s'; write a time like 2026-07-28T12:00:00Z."
              .formatted(text));
    }
  }

  private static String fingerprint(String text) {
    if (text.isEmpty() || text.length() > LONGEST_FINGERPRINT) {
      throw Problem.invalid("'%s' is no fingerprint.".formatted(text));
    }
    return text;
  }

  private static Engine engine(String text) {
    return Stream.of(Engine.values())
        .filter(engine -> engine.id().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.invalid(
                    "The query parameter engine is '%s'; there are: %s."
                        .formatted(
                            text,
                            String.join(
                                ", ", Stream.of(Engine.values()).map(Engine::id).toList()))));
  }

  private static ObjectNode entry(HistoryEntry entry) {
    ObjectNode json = Json.object();
    json.put("id", entry.id());
    json.put("at", entry.facts().at().toString());
    json.put("fingerprint", entry.facts().fingerprint());
    json.put("text", entry.text());
    json.put("client", entry.facts().client());
    json.put("kind", entry.facts().kind());
    json.put("workload", entry.facts().workload().type().id());
    ArrayNode tables = json.putArray("tables");
    entry.facts().tables().forEach(tables::add);
    entry.facts().bytes().ifPresent(bytes -> json.put("bytes", bytes));
    entry.engine().ifPresent(engine -> json.put("engine", engine.id()));
    json.put("predictedMillis", DecisionView.millis(entry.predicted()));
    json.put("elapsedMillis", entry.elapsed().toMillis());
    json.put("rows", entry.rows());
    json.put("end", entry.end().name().toLowerCase(Locale.ROOT));
    if (!entry.errorCode().isEmpty()) {
      json.put("errorCode", entry.errorCode());
    }
    ArrayNode candidates = json.putArray("candidates");
    entry
        .candidates()
        .forEach(
            each ->
                candidates
                    .addObject()
                    .put("engine", each.engine().id())
                    .put("predictedMillis", DecisionView.millis(each.predicted())));
    ArrayNode vetoes = json.putArray("vetoes");
    entry
        .vetoes()
        .forEach(
            each ->
                vetoes
                    .addObject()
                    .put("engine", each.engine().id())
                    .put("construct", each.construct()));
    return json;
  }
}
