// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static java.util.Objects.requireNonNull;

import io.kitsune.gateway.thrift.ListenerSettings;
import java.net.InetSocketAddress;

/**
 * How the gateway listens and what it allows.
 *
 * @param failovers how often a query that failed on an engine is decided again
 * @param instance what Kyuubi's pages call this gateway; empty for nothing
 */
public record GatewaySettings(
    ListenerSettings listener,
    SessionLimits sessions,
    OperationLimits operations,
    int failovers,
    String instance) {
  /** Twice: each of the other engines of a laptop once. */
  public static final int USUAL_FAILOVERS = 2;

  public GatewaySettings {
    requireNonNull(listener, "listener");
    requireNonNull(sessions, "sessions");
    requireNonNull(operations, "operations");
    requireNonNull(instance, "instance");
    if (failovers < 0) {
      throw new IllegalArgumentException("failovers cannot be negative: " + failovers);
    }
  }

  /** Without a name for Kyuubi's pages. */
  public GatewaySettings(
      ListenerSettings listener,
      SessionLimits sessions,
      OperationLimits operations,
      int failovers) {
    this(listener, sessions, operations, failovers, "");
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
