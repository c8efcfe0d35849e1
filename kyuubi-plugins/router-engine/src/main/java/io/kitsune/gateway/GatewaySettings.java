// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static java.util.Objects.requireNonNull;

import io.kitsune.gateway.thrift.ListenerSettings;
import java.net.InetSocketAddress;

/**
 * How the gateway listens and what it allows.
 *
 * @param failovers how often a query that failed on an engine is decided again
 */
public record GatewaySettings(
    ListenerSettings listener, SessionLimits sessions, OperationLimits operations, int failovers) {
  /** Twice: each of the other engines of a laptop once. */
  public static final int USUAL_FAILOVERS = 2;

  public GatewaySettings {
    requireNonNull(listener, "listener");
    requireNonNull(sessions, "sessions");
    requireNonNull(operations, "operations");
    if (failovers < 0) {
      throw new IllegalArgumentException("failovers cannot be negative: " + failovers);
    }
  }

  /** The defaults at that address; port 0 takes a free one. */
  public static GatewaySettings at(InetSocketAddress address) {
    return new GatewaySettings(
        ListenerSettings.at(address),
        SessionLimits.defaults(),
        OperationLimits.defaults(),
        USUAL_FAILOVERS);
  }
}
