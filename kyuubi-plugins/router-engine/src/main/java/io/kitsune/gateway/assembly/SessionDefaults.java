// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import static java.util.Objects.requireNonNull;

import io.kitsune.gateway.RoutingService;
import io.kitsune.gateway.configuration.EngineChoice;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.SessionState;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Routes with what the configuration says for sessions that say nothing: {@code kitsune.engine},
 * and the {@code spark.sql.} keys that every Spark session starts with, since they change what a
 * statement means.
 */
record SessionDefaults(Map<String, String> defaults, RoutingService routing)
    implements RoutingService {
  private static final String ENGINE = "kitsune.engine";
  private static final String MEANING = "spark.sql.";

  SessionDefaults {
    defaults = Map.copyOf(defaults);
    requireNonNull(routing, "routing");
  }

  static SessionDefaults of(KitsuneConfiguration settings, RoutingService routing) {
    Map<String, String> defaults = new TreeMap<>();
    settings
        .sparkConfiguration()
        .forEach(
            (key, value) -> {
              if (key.startsWith(MEANING)) {
                defaults.put(key, value);
              }
            });
    if (settings.engine() != EngineChoice.AUTO) {
      defaults.put(ENGINE, settings.engine().name().toLowerCase(Locale.ROOT));
    }
    return new SessionDefaults(defaults, routing);
  }

  @Override
  public RoutingDecision decide(String text, SessionState session, Map<Engine, String> excluded) {
    return routing.decide(text, complete(session), excluded);
  }

  @Override
  public SessionState complete(SessionState session) {
    if (defaults.isEmpty()) {
      return session;
    }
    Map<String, String> configuration = new HashMap<>(defaults);
    configuration.putAll(session.configuration());
    return new SessionState(
        session.user(),
        session.currentCatalog(),
        session.currentNamespace(),
        configuration,
        session.temporaryViews());
  }
}
