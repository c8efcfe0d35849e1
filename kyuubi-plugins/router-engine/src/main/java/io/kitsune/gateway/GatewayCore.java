// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalogs;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.gateway.authentication.Authenticator;
import io.kitsune.gateway.statement.Commands;

/** What the calls of every connection share. */
record GatewayCore(
    GatewaySettings settings,
    RoutingService routing,
    Catalogs catalogs,
    EngineFleet engines,
    Authenticator authenticator,
    Commands commands,
    Sessions sessions,
    OperationRunner runner,
    StatementListener listener) {}
