// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import static java.util.Objects.requireNonNull;

import io.kitsune.gateway.RoutingService;
import io.kitsune.gateway.configuration.EngineChoice;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Lets {@code kitsune.engine} of the configuration hold for sessions that set none. */
record DefaultEngine(EngineChoice choice, RoutingService routing) implements RoutingService {
  private static final String KEY = "kitsune.engine";

  DefaultEngine {
    requireNonNull(choice, "choice");
    requireNonNull(routing, "routing");
  }

  @Override
  public RoutingDecision decide(String text, SessionState session) {
    return routing.decide(text, withDefault(session));
  }

  private SessionState withDefault(SessionState session) {
    if (choice == EngineChoice.AUTO || session.setting(KEY).isPresent()) {
      return session;
    }
    Map<String, String> configuration = new HashMap<>(session.configuration());
    configuration.put(KEY, choice.name().toLowerCase(Locale.ROOT));
    return new SessionState(
        session.user(),
        session.currentCatalog(),
        session.currentNamespace(),
        configuration,
        session.temporaryViews());
  }
}
