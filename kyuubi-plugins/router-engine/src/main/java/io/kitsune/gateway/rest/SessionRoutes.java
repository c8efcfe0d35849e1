// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.kitsune.gateway.DirectSession;
import io.kitsune.router.SessionState;
import io.kitsune.router.workload.ClientApplication;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/** Sessions that clients open, for those whose statements belong together. */
final class SessionRoutes {
  private static final String PATH = "/sessions";
  private static final String ID = PATH + "/{id}";

  private final RestSettings settings;
  private final RestSessions sessions;

  SessionRoutes(RestSettings settings, RestSessions sessions) {
    this.settings = settings;
    this.sessions = sessions;
  }

  List<Route> routes() {
    return List.of(
        Route.post(PATH, this::open), Route.get(ID, this::show), Route.delete(ID, this::delete));
  }

  private void open(Context context) {
    Query.of(context.queryString(), Set.of());
    JsonFields fields = new RequestBody(settings.maxBodyBytes()).fields(context);
    Map<String, String> keys = new HashMap<>(fields.texts("settings"));
    fields.client().ifPresent(name -> keys.put(ClientApplication.KEY, name));
    keys.putAll(StatementRequest.place(fields));
    fields.requireNoOther();
    DirectSession session = sessions.open(Access.user(context), Access.client(context), keys);
    context.header("Location", RestListener.ROOT + PATH + "/" + session.id());
    Answers.json(context, HttpStatus.CREATED_201, view(session));
  }

  private void show(Context context) {
    Query.of(context.queryString(), Set.of());
    Answers.json(context, HttpStatus.OK_200, view(find(context)));
  }

  private void delete(Context context) {
    Query.of(context.queryString(), Set.of());
    sessions.end(find(context));
    context.status(HttpStatus.NO_CONTENT_204);
  }

  private DirectSession find(Context context) {
    return sessions.find(context.pathParam("id"), Access.user(context));
  }

  private static ObjectNode view(DirectSession session) {
    SessionState state = session.state();
    ObjectNode json = Json.object();
    json.put("id", session.id());
    json.put("user", session.user());
    json.put("catalog", state.currentCatalog());
    json.put("schema", Schemas.name(state.currentNamespace()));
    ObjectNode keys = json.putObject("settings");
    state.configuration().forEach(keys::put);
    state.temporaryViews().keySet().stream().sorted().forEach(json.putArray("temporaryViews")::add);
    return json;
  }
}
