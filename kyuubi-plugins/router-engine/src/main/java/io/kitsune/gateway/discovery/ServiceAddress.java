// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

/**
 * Where others reach this gateway.
 *
 * @param host a name or IPv4 address that means this machine to them too
 * @param port 1 to 65535
 */
public record ServiceAddress(String host, int port) {
  public ServiceAddress {
    if (host.isEmpty() || host.equals("0.0.0.0")) {
      throw new IllegalArgumentException(
          "'%s' is no address that others can connect to; name this machine's".formatted(host));
    }
    // Both stand in a node's name as host:port;key=value.
    if (host.chars().anyMatch(c -> c == ':' || c == ';' || c == '/' || c == '=')) {
      throw new IllegalArgumentException(
          "'%s' is neither a host name nor an IPv4 address".formatted(host));
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("no such port: " + port);
    }
  }

  /** {@code host:port}. */
  @Override
  public String toString() {
    return host + ":" + port;
  }
}
