// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every open session, within the limits. Thread-safe. */
final class Sessions implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

  private final SessionLimits limits;
  private final Map<UUID, GatewaySession> sessions = new ConcurrentHashMap<>();
  private boolean open = true;

  Sessions(SessionLimits limits) {
    this.limits = limits;
  }

  /**
   * Takes a session in.
   *
   * @throws KitsuneException {@code SESSION_LIMIT} if there are too many, {@code GATEWAY_DRAINING}
   *     if no more are taken, {@code SESSION_HANDLE_IN_USE} if there is one by its name
   */
  synchronized void add(GatewaySession session) {
    if (!open) {
      throw new KitsuneException(
          "GATEWAY_DRAINING",
          "57P03",
          "This gateway finishes its sessions and takes no new ones. Connect again to reach another.");
    }
    if (sessions.containsKey(session.handle().id())) {
      // Its name is no secret: whoever knows it must not get into the session by it.
      throw new KitsuneException(
          "SESSION_HANDLE_IN_USE",
          "08002",
          "A session %s is open already. Close it first, or open one under another handle."
              .formatted(session.handle()));
    }
    if (session.purpose() == GatewaySession.Purpose.STATEMENTS) {
      requirePlace(session.user());
    }
    sessions.put(session.handle().id(), session);
  }

  private void requirePlace(String user) {
    long all = 0;
    long ofUser = 0;
    for (GatewaySession other : sessions.values()) {
      if (other.purpose() == GatewaySession.Purpose.STATEMENTS) {
        all++;
        ofUser += other.user().equals(user) ? 1 : 0;
      }
    }
    if (all >= limits.maxSessions()) {
      throw new KitsuneException(
          "SESSION_LIMIT",
          "53300",
          "%d sessions are open, the limit. Close one, or raise kitsune.session.max."
              .formatted(all));
    }
    if (ofUser >= limits.maxSessionsPerUser()) {
      throw new KitsuneException(
          "SESSION_LIMIT",
          "53300",
          "%s has %d sessions open, the limit for a user. Close one, or raise kitsune.session.max-per-user."
              .formatted(user, ofUser));
    }
  }

  /**
   * The session of that handle, marked as used.
   *
   * @param user whom the connection belongs to; another user's handle is as good as none
   * @throws KitsuneException {@code HANDLE_INVALID}
   */
  GatewaySession find(Handle handle, String user) {
    GatewaySession session = sessions.get(handle.id());
    if (session == null || !session.handle().hasSecretOf(handle) || !session.user().equals(user)) {
      throw Handle.invalid();
    }
    session.touch();
    return session;
  }

  /** The session that has that operation, as {@link #find}. */
  GatewaySession owner(Handle operation, String user) {
    for (GatewaySession session : sessions.values()) {
      if (session.has(operation) && session.user().equals(user)) {
        session.touch();
        return session;
      }
    }
    throw Handle.invalid();
  }

  /** Closes a session and forgets it; idempotent. */
  void end(GatewaySession session) {
    if (sessions.remove(session.handle().id(), session)) {
      session.close();
      synchronized (this) {
        notifyAll();
      }
    }
  }

  /** Waits until none but probes is open; false if some are after the limit. */
  synchronized boolean awaitEmpty(Duration limit) throws InterruptedException {
    long deadline = System.nanoTime() + limit.toNanos();
    while (sessions.values().stream()
        .anyMatch(session -> session.purpose() == GatewaySession.Purpose.STATEMENTS)) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(Math.max(1, left / 1_000_000));
    }
    return true;
  }

  /** Closes sessions and operations that were left lying. */
  void reap() {
    for (GatewaySession session : sessions.values()) {
      if (session.idleFor(limits.idleLimit())) {
        LOG.info("Session {} of {} is closed: idle", session.handle(), session.user());
        end(session);
      } else {
        session.reapOperations();
      }
    }
  }

  /** Whether new sessions are refused. */
  synchronized boolean draining() {
    return !open;
  }

  /** Takes no new sessions from now on. */
  synchronized void drain() {
    open = false;
  }

  /** Those open now, probes included. */
  Collection<GatewaySession> all() {
    return sessions.values();
  }

  @Override
  public void close() {
    drain();
    sessions.values().forEach(this::end);
  }
}
