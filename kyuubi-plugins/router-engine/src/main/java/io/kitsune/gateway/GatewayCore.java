// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalogs;
import io.kitsune.engine.EngineLauncher;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.statement.Commands;
import io.kitsune.router.Engine;
import java.util.Map;

/** What the calls of every connection share. */
record GatewayCore(
    GatewaySettings settings,
    RoutingService routing,
    Catalogs catalogs,
    Map<Engine, EngineLauncher> launchers,
    Authenticator authenticator,
    Commands commands,
    Sessions sessions,
    OperationRunner runner,
    StatementListener listener) {
  GatewayCore {
    launchers = Map.copyOf(launchers);
  }
}
