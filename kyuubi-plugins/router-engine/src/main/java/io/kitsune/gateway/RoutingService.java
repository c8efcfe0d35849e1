// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;

/** Decides who gets a statement. Thread-safe. */
@FunctionalInterface
public interface RoutingService {
  /**
   * The decision for that text in that session.
   *
   * @throws io.kitsune.error.KitsuneException if the text cannot be read, names what is not there,
   *     or asks for an engine that may not take it
   */
  RoutingDecision decide(String text, SessionState session);
}
