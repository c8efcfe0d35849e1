// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import java.util.Map;

/** Decides who gets a statement. Thread-safe. */
@FunctionalInterface
public interface RoutingService {
  /** The session as statements are read in it, with what holds where it says nothing. */
  default SessionState complete(SessionState session) {
    return session;
  }

  /** As the other, with every engine that there is. */
  default RoutingDecision decide(String text, SessionState session) {
    return decide(text, session, Map.of());
  }

  /**
   * The decision for that text in that session.
   *
   * @param excluded engines that may not take it, and why, in words for the user
   * @throws io.kitsune.error.KitsuneException if the text cannot be read, names what is not there,
   *     or asks for an engine that may not take it
   */
  RoutingDecision decide(String text, SessionState session, Map<Engine, String> excluded);
}
