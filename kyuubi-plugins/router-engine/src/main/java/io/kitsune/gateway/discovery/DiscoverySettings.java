// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Where the gateway registers: once for each namespace and Kyuubi version.
 *
 * @param quorum ZooKeeper's {@code host:port,host:port}
 * @param namespaces the Kyuubi servers' {@code kyuubi.ha.namespace}
 * @param kyuubiVersions the versions of those servers, which stand in the path
 * @param user the operating system's user that runs the Kyuubi servers
 * @param subdomain the servers' {@code kyuubi.engine.share.level.subdomain}
 * @param administrators who else may change the entries, as ZooKeeper's {@code scheme:id}, where
 *     not everybody may
 * @param instance what this gateway is called where Kyuubi lists engines; empty for nothing
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
    List<String> administrators,
    String instance,
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
    if (!subdomain.equals(subdomain.toLowerCase(Locale.ROOT))) {
      throw new IllegalArgumentException(
          "the sub-domain '%s' is not in lower case, in which Kyuubi looks for it"
              .formatted(subdomain));
    }
    administrators = List.copyOf(administrators);
    administrators.forEach(DiscoverySettings::requireIdentity);
    if (!instance.isEmpty()) {
      requireLevel("instance", instance);
    }
    requireNonNull(access, "access");
    if (!isPositive(sessionTimeout) || !isPositive(patience)) {
      throw new IllegalArgumentException("a time-out must be longer than nothing");
    }
  }

  /** Without administrators and a name of its own. */
  public DiscoverySettings(
      String quorum,
      List<String> namespaces,
      List<String> kyuubiVersions,
      String user,
      String subdomain,
      ZooKeeperAccess access,
      Duration sessionTimeout,
      Duration patience) {
    this(
        quorum,
        namespaces,
        kyuubiVersions,
        user,
        subdomain,
        access,
        List.of(),
        "",
        sessionTimeout,
        patience);
  }

  /** The places to register at. Kyuubi's closed list of engine types has the router under JDBC. */
  List<Place> places() {
    List<Place> places = new ArrayList<>();
    for (String namespace : namespaces) {
      for (String version : kyuubiVersions) {
        String path = "/%s_%s_SERVER_JDBC/%s/%s".formatted(namespace, version, user, subdomain);
        places.add(new Place(path, version, instance));
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

  private static void requireIdentity(String text) {
    int colon = text.indexOf(':');
    if (colon < 1 || colon == text.length() - 1) {
      throw new IllegalArgumentException(
          "the administrator '%s' is not scheme:id, such as sasl:kyuubi".formatted(text));
    }
  }

  /** A path in ZooKeeper and the Kyuubi version that looks there. */
  record Place(String path, String kyuubiVersion, String instance) {

    /** The beginning of the node's path; ZooKeeper appends the sequence number. */
    String node(ServiceAddress address) {
      String attribute = instance.isEmpty() ? "" : "kyuubi.engine.id=" + instance + ";";
      return "%s/serverUri=%s;version=%s;%ssequence="
          .formatted(path, address, kyuubiVersion, attribute);
    }
  }
}
