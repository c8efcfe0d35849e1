// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.kitsune.gateway.DirectSession;
import io.kitsune.gateway.DirectSessions;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The sessions that clients opened, so that SET, USE and temporary views stay. How many there may
 * be, and when an idle one is closed, is the gateway's. Thread-safe.
 */
final class RestSessions implements AutoCloseable {
  private final DirectSessions gateway;
  private final Map<String, DirectSession> sessions = new ConcurrentHashMap<>();

  private boolean closed;

  RestSessions(DirectSessions gateway) {
    this.gateway = gateway;
  }

  DirectSession open(String user, InetAddress client, Map<String, String> settings) {
    DirectSession session = gateway.open(user, client, settings);
    synchronized (this) {
      if (!closed) {
        sessions.put(session.id(), session);
        return session;
      }
    }
    session.close();
    throw RestStatements.stopped("Open the session again.");
  }

  /**
   * The session of that name, if it is the user's.
   *
   * @throws ProblemException 404
   */
  DirectSession find(String id, String user) {
    DirectSession session = sessions.get(id);
    if (session == null || !session.isOpen() || !session.user().equals(user)) {
      throw Problem.notFound(
          "SESSION_NOT_FOUND",
          "There is no session '%s': it never was, was deleted, or was idle for too long."
              .formatted(id));
    }
    session.touch();
    return session;
  }

  void end(DirectSession session) {
    sessions.remove(session.id());
    session.close();
  }

  /** Forgets those that the gateway has closed. */
  void reap() {
    sessions.values().removeIf(session -> !session.isOpen());
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    sessions.values().forEach(this::end);
  }
}
