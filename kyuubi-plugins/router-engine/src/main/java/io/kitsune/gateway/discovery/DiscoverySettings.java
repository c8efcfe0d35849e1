// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the gateway registers: once for each namespace and Kyuubi version.
 *
 * @param quorum ZooKeeper's {@code host:port,host:port}
 * @param namespaces the Kyuubi servers' {@code kyuubi.ha.namespace}
 * @param kyuubiVersions the versions of those servers, which stand in the path
 * @param user the operating system's user that runs the Kyuubi servers
 * @param subdomain the servers' {@code kyuubi.engine.share.level.subdomain}
 * @param sessionTimeout after how long ZooKeeper takes a silent gateway for dead; a dead entry
 *     costs Kyuubi's users 90 s of retries, so keep it short
 * @param patience how long to wait for ZooKeeper at start and in each call
 */
public record DiscoverySettings(
    String quorum,
    List<String> namespaces,
    List<String> kyuubiVersions,
    String user,
    String subdomain,
    ZooKeeperAccess access,
    Duration sessionTimeout,
    Duration patience) {
  public DiscoverySettings {
    if (quorum.isBlank()) {
      throw new IllegalArgumentException("ZooKeeper's address is empty");
    }
    namespaces = List.copyOf(namespaces);
    kyuubiVersions = List.copyOf(kyuubiVersions);
    if (namespaces.isEmpty() || kyuubiVersions.isEmpty()) {
      throw new IllegalArgumentException("at least one namespace and one Kyuubi version is needed");
    }
    namespaces.forEach(namespace -> requireLevel("namespace", namespace));
    kyuubiVersions.forEach(version -> requireLevel("Kyuubi version", version));
    requireLevel("user", user);
    requireLevel("sub-domain", subdomain);
    requireNonNull(access, "access");
    if (!isPositive(sessionTimeout) || !isPositive(patience)) {
      throw new IllegalArgumentException("a time-out must be longer than nothing");
    }
  }

  /** The places to register at. Kyuubi's closed list of engine types has the router under JDBC. */
  List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (String namespace : namespaces) {
      for (String version : kyuubiVersions) {
        String path = "/%s_%s_SERVER_JDBC/%s/%s".formatted(namespace, version, user, subdomain);
        places.add(new Place(path, version));
      }
    }
    return places;
  }

  private static boolean isPositive(Duration duration) {
    return !duration.isZero() && !duration.isNegative();
  }

  private static void requireLevel(String what, String text) {
    boolean wrong =
        text.isBlank()
            || text.chars()
                .anyMatch(c -> c == '/' || c == ';' || c == '=' || Character.isISOControl(c));
    if (wrong) {
      throw new IllegalArgumentException(
          "the %s '%s' cannot stand in ZooKeeper; it must not be empty or have / ; = in it"
              .formatted(what, text));
    }
  }

  /** A path in ZooKeeper and the Kyuubi version that looks there. */
  record Place(String path, String kyuubiVersion) {

    /** The beginning of the node's path; ZooKeeper appends the sequence number. */
    String node(ServiceAddress address) {
      return "%s/serverUri=%s;version=%s;sequence=".formatted(path, address, kyuubiVersion);
    }
  }
}
