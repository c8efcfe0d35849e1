// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.kitsune.error.KitsuneException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statements that clients can ask about, within the limits. Thread-safe. */
final class RestStatements implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RestStatements.class);

  private final RestSettings settings;
  private final Map<String, RestStatement> statements = new ConcurrentHashMap<>();

  /** The users of statements that are being started, one for each. */
  private final List<String> starting = new ArrayList<>();

  private boolean closed;

  RestStatements(RestSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts a statement and keeps it. The place is taken before, and no lock is held while the
   * statement starts, which may wait for a catalog.
   *
   * @throws KitsuneException {@code STATEMENT_LIMIT} if too many are kept; {@code GATEWAY_STOPPED}
   */
  RestStatement start(String user, Supplier<RestStatement> starter) {
    takePlace(user);
    try {
      return keep(starter.get());
    } finally {
      leavePlace(user);
    }
  }

  private synchronized void takePlace(String user) {
    long all = (long) statements.size() + starting.size();
    if (all >= settings.maxStatements()) {
      throw tooMany("The REST API keeps", all, "kitsune.rest.max-statements");
    }
    long ofUser =
        Stream.concat(statements.values().stream().map(RestStatement::user), starting.stream())
            .filter(user::equals)
            .count();
    if (ofUser >= settings.maxStatementsPerUser()) {
      throw tooMany(user + " has", ofUser, "kitsune.rest.max-statements-per-user");
    }
    starting.add(user);
  }

  private synchronized void leavePlace(String user) {
    starting.remove(user);
  }

  private RestStatement keep(RestStatement statement) {
    synchronized (this) {
      if (!closed) {
        statements.put(statement.id(), statement);
        return statement;
      }
    }
    statement.close();
    throw stopped(
        "It may have begun the statement: run a query again, and before a write look whether it was done.");
  }

  /** For what comes when everything is being closed. */
  static KitsuneException stopped(String whatToDo) {
    return new KitsuneException("GATEWAY_STOPPED", "57P01", "The gateway stops. " + whatToDo);
  }

  private static KitsuneException tooMany(String who, long count, String key) {
    return new KitsuneException(
        "STATEMENT_LIMIT",
        "53000",
        "%s %d statements, the limit. DELETE those that are done with, or raise %s."
            .formatted(who, count, key));
  }

  /**
   * The statement of that name, if it is the user's; another's is as good as none.
   *
   * @throws ProblemException 404
   */
  RestStatement find(String id, String user) {
    RestStatement statement = statements.get(id);
    if (statement == null || !statement.user().equals(user)) {
      throw Problem.notFound(
          "STATEMENT_NOT_FOUND",
          "There is no statement '%s': it never was, was deleted, or was not asked about for too long."
              .formatted(id));
    }
    return statement;
  }

  /** The user's, newest first. */
  List<RestStatement> of(String user) {
    return statements.values().stream()
        .filter(statement -> statement.user().equals(user))
        .sorted(Comparator.comparing((RestStatement each) -> each.running().started()).reversed())
        .toList();
  }

  /** Closes one and forgets it. */
  void end(RestStatement statement) {
    statements.remove(statement.id());
    statement.close();
  }

  /** Closes those that nobody has asked about for too long. */
  void reap() {
    for (RestStatement statement : statements.values()) {
      if (statement.idleFor(settings.idleLimit())) {
        LOG.info("Statement {} of {} is closed: idle", statement.id(), statement.user());
        end(statement);
      }
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    statements.values().forEach(this::end);
  }
}
