// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static java.util.Objects.requireNonNull;

import io.kitsune.gateway.thrift.ListenerSettings;
import java.net.InetSocketAddress;

/** How the gateway listens and what it allows. */
public record GatewaySettings(
    ListenerSettings listener, SessionLimits sessions, OperationLimits operations) {
  public GatewaySettings {
    requireNonNull(listener, "listener");
    requireNonNull(sessions, "sessions");
    requireNonNull(operations, "operations");
  }

  /** The defaults at that address; port 0 takes a free one. */
  public static GatewaySettings at(InetSocketAddress address) {
    return new GatewaySettings(
        ListenerSettings.at(address), SessionLimits.defaults(), OperationLimits.defaults());
  }
}
