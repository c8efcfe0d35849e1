// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.gateway.Gateway;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.configuration.RestKeys;
import io.kitsune.gateway.rest.RestListener;
import io.kitsune.gateway.rest.RestSettings;
import io.kitsune.router.history.HistoryStore;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The REST API of one router engine. */
final class Rest {
  private Rest() {}

  /** Listens, if the configuration wants it; owned by {@code closing}. */
  static Optional<RestListener> open(
      KitsuneConfiguration configuration,
      Gateway gateway,
      Optional<HistoryStore> history,
      Closing closing) {
    RestKeys keys = configuration.rest();
    if (!keys.enabled()) {
      return Optional.empty();
    }
    RestSettings settings =
        new RestSettings(
            new InetSocketAddress(configuration.restHost(), keys.port()),
            keys.maxThreads(),
            (int) keys.maxBodySize().bytes(0),
            keys.maxPageRows(),
            (int) keys.maxPageSize().bytes(0),
            keys.maxStatements(),
            keys.maxStatementsPerUser(),
            keys.idleTimeout(),
            Set.copyOf(keys.allowedOrigins().orElse(List.of())),
            configuration.readingLimits());
    return Optional.of(closing.add(RestListener.start(settings, gateway.direct(), history)));
  }
}
