// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.DirectSession;
import io.kitsune.gateway.DirectSessions;
import io.kitsune.gateway.DirectStatement;
import io.kitsune.gateway.DirectStatement.State;
import io.kitsune.router.reading.StatementReader;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;

/** Statements: started, asked about, read, stopped; and decided without being run. */
final class StatementRoutes {
  private static final String PATH = "/statements";
  private static final String ID = PATH + "/{id}";
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration DECISION_LIMIT = Duration.ofMinutes(1);
  private static final int USUAL_PAGE_ROWS = 1_000;
  private static final int MOST_LOG_LINES = 10_000;

  private final RestSettings settings;
  private final DirectSessions gateway;
  private final RestSessions sessions;
  private final RestStatements statements;
  private final Waits waits;
  private final StatementReader reader;

  StatementRoutes(
      RestSettings settings,
      DirectSessions gateway,
      RestSessions sessions,
      RestStatements statements,
      Waits waits) {
    this.settings = settings;
    this.gateway = gateway;
    this.sessions = sessions;
    this.statements = statements;
    this.waits = waits;
    this.reader = new StatementReader(settings.reading());
  }

  List<Route> routes() {
    return List.of(
        Route.post(PATH, this::start),
        Route.get(PATH, this::list),
        Route.get(ID, this::status),
        Route.delete(ID, this::delete),
        Route.post(ID + "/cancel", this::cancel),
        Route.get(ID + "/rows", this::rows),
        Route.get(ID + "/log", this::log),
        Route.get(ID + "/events", this::events),
        Route.post("/route", this::route));
  }

  private void start(Context context) throws InterruptedException {
    Query query = Query.of(context.queryString(), Set.of("wait", "pageSize"));
    int pageRows = pageRows(query);
    Duration wait = query.wait(LONGEST_WAIT, FIRST_WAIT);
    StatementRequest request =
        StatementRequest.of(new RequestBody(settings.maxBodyBytes()).fields(context));
    String user = Access.user(context);
    RestStatement statement =
        statements.start(user, () -> start(user, Access.client(context), request));
    context.header("Location", RestListener.ROOT + PATH + "/" + statement.id());
    State state = waits.await(statement, wait);
    ObjectNode answer =
        state == State.FINISHED ? firstPage(statement, pageRows) : StatementView.of(statement);
    Answers.json(context, state.over() ? HttpStatus.CREATED_201 : HttpStatus.ACCEPTED_202, answer);
  }

  private RestStatement start(String user, InetAddress client, StatementRequest request) {
    if (request.sessionId().isPresent()) {
      DirectSession session = sessions.find(request.sessionId().get(), user);
      return new RestStatement(
          session,
          RestStatement.SessionUse.SHARED,
          session.execute(request.bound(session, reader), request.settings(), request.maxRows()),
          settings.maxPageBytes());
    }
    DirectSession own = gateway.open(user, client, request.place());
    try {
      return new RestStatement(
          own,
          RestStatement.SessionUse.OWN,
          own.execute(request.bound(own, reader), request.settings(), request.maxRows()),
          settings.maxPageBytes());
    } catch (RuntimeException e) {
      own.close();
      throw e;
    }
  }

  /** What goes wrong with the first rows is the statement's, whose answer says so. */
  private static ObjectNode firstPage(RestStatement statement, int pageRows) {
    try {
      Page page = statement.page(Optional.empty(), pageRows);
      return StatementView.with(statement, page);
    } catch (KitsuneException e) {
      return StatementView.of(statement);
    }
  }

  private void list(Context context) {
    Query.of(context.queryString(), Set.of());
    ObjectNode answer = Json.object();
    ArrayNode array = answer.putArray("statements");
    statements.of(Access.user(context)).forEach(each -> array.add(StatementView.event(each)));
    Answers.json(context, HttpStatus.OK_200, answer);
  }

  private void status(Context context) throws InterruptedException {
    Query query = Query.of(context.queryString(), Set.of("wait"));
    RestStatement statement = find(context);
    waits.await(statement, query.wait(LONGEST_WAIT, Duration.ZERO));
    Answers.json(context, HttpStatus.OK_200, StatementView.of(statement));
  }

  private void delete(Context context) {
    Query.of(context.queryString(), Set.of());
    statements.end(find(context));
    context.status(HttpStatus.NO_CONTENT_204);
  }

  private void cancel(Context context) {
    Query.of(context.queryString(), Set.of());
    RestStatement statement = find(context);
    statement.cancel();
    Answers.json(context, HttpStatus.OK_200, StatementView.of(statement));
  }

  private void rows(Context context) throws InterruptedException {
    Query query = Query.of(context.queryString(), Set.of("pageToken", "pageSize", "wait"));
    int pageRows = pageRows(query);
    RestStatement statement = find(context);
    waits.await(statement, query.wait(LONGEST_WAIT, Duration.ZERO));
    Page page;
    try {
      page = statement.page(query.text("pageToken"), pageRows);
    } catch (KitsuneException e) {
      // The request is right; it is the statement that has no rows (yet, or any more).
      throw Problem.of(HttpStatus.CONFLICT_409, e).exception();
    }
    Answers.json(context, HttpStatus.OK_200, StatementView.page(statement, page));
  }

  private int pageRows(Query query) {
    return query.number(
        "pageSize", 1, settings.maxPageRows(), Math.min(USUAL_PAGE_ROWS, settings.maxPageRows()));
  }

  private void log(Context context) {
    Query query = Query.of(context.queryString(), Set.of("from", "limit"));
    int from = query.number("from", 0, Integer.MAX_VALUE, 0);
    int limit = query.number("limit", 1, MOST_LOG_LINES, MOST_LOG_LINES);
    DirectStatement.Log log = find(context).running().log(from, limit);
    ObjectNode answer = Json.object();
    answer.put("first", log.first());
    answer.put("next", log.first() + log.lines().size());
    ArrayNode lines = answer.putArray("lines");
    log.lines().forEach(lines::add);
    Answers.json(context, HttpStatus.OK_200, answer);
  }

  private void events(Context context) throws InterruptedException {
    Query.of(context.queryString(), Set.of());
    new EventStream(find(context), waits).send(context);
  }

  private void route(Context context) {
    Query.of(context.queryString(), Set.of());
    StatementRequest request =
        StatementRequest.of(new RequestBody(settings.maxBodyBytes()).fields(context));
    String user = Access.user(context);
    ObjectNode answer;
    if (request.sessionId().isPresent()) {
      answer = decide(sessions.find(request.sessionId().get(), user), request);
    } else {
      try (DirectSession own = gateway.open(user, Access.client(context), request.place())) {
        answer = decide(own, request);
      }
    }
    Answers.json(context, HttpStatus.OK_200, answer);
  }

  private ObjectNode decide(DirectSession session, StatementRequest request) {
    return DecisionView.of(
        session.route(request.bound(session, reader), request.settings(), DECISION_LIMIT));
  }

  private RestStatement find(Context context) {
    return statements.find(context.pathParam("id"), Access.user(context));
  }
}
