// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.kitsune.error.KitsuneException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The statements that clients can ask about, within the limits. Thread-safe. */
final class RestStatements implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RestStatements.class);

  private final RestSettings settings;
  private final Map<String, RestStatement> statements = new ConcurrentHashMap<>();

  RestStatements(RestSettings settings) {
    this.settings = settings;
  }

  /**
   * Starts a statement and keeps it.
   *
   * @throws KitsuneException {@code STATEMENT_LIMIT} if too many are kept
   */
  synchronized RestStatement start(String user, Supplier<RestStatement> starter) {
    requirePlace(user);
    RestStatement statement = starter.get();
    statements.put(statement.id(), statement);
    return statement;
  }

  private void requirePlace(String user) {
    if (statements.size() >= settings.maxStatements()) {
      throw tooMany("The REST API keeps", statements.size(), "kitsune.rest.max-statements");
    }
    long ofUser = statements.values().stream().filter(each -> each.user().equals(user)).count();
    if (ofUser >= settings.maxStatementsPerUser()) {
      throw tooMany(user + " has", ofUser, "kitsune.rest.max-statements-per-user");
    }
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
    statements.values().forEach(this::end);
  }
}
