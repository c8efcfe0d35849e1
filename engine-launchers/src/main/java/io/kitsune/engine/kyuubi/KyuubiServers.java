// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.stream.Collectors;

/** Which Kyuubi servers there are. Thread-safe. */
public interface KyuubiServers extends AutoCloseable {
  /**
   * One server's Thrift frontend.
   *
   * @param host a name or an address
   */
  record Server(String host, int port) {
    public Server {
      requireNonNull(host, "host");
      if (host.isEmpty() || port < 1 || port > 65_535) {
        throw new IllegalArgumentException("not host:port: " + host + ":" + port);
      }
    }

    @Override
    public String toString() {
      return host + ":" + port;
    }
  }

  /**
   * Those that there are now, in any order; none if there is none. Waits for seconds at most.
   *
   * @throws io.kitsune.error.KitsuneException {@code ENGINE_UNAVAILABLE} if nobody can tell
   */
  List<Server> now();

  /** Where they are looked for, for a person. */
  String place();

  /** Never throws. */
  @Override
  void close();

  /** Always those. */
  static KyuubiServers at(List<Server> servers) {
    return new Fixed(List.copyOf(servers));
  }

  /**
   * Servers that the operator named.
   *
   * @param now all of them
   */
  record Fixed(List<Server> now) implements KyuubiServers {
    @Override
    public String place() {
      return now.stream().map(Server::toString).collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
      // Nothing is open.
    }
  }
}
