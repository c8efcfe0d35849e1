// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import static java.util.Objects.requireNonNull;

import io.kitsune.engine.kyuubi.KyuubiServers.Server;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where Kyuubi is, written as the URL of its JDBC driver, with or without {@code jdbc:}: {@code
 * kyuubi://host:port}, or {@code
 * kyuubi://zk1:2181,zk2:2181/;serviceDiscoveryMode=zooKeeper;zooKeeperNamespace=kyuubi}.
 */
public sealed interface KyuubiUrl {
  /** Servers by name. */
  record Servers(List<Server> servers) implements KyuubiUrl {
    public Servers {
      servers = List.copyOf(servers);
    }
  }

  /**
   * Servers that ZooKeeper knows.
   *
   * @param quorum {@code host:port}, several with commas between
   * @param namespace the servers' {@code kyuubi.ha.namespace}, without slashes around it
   */
  record ZooKeeper(String quorum, String namespace) implements KyuubiUrl {
    public ZooKeeper {
      requireNonNull(quorum, "quorum");
      requireNonNull(namespace, "namespace");
    }
  }

  /** Whether that is meant to be such a URL. */
  static boolean is(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    return lower.startsWith("kyuubi:") || lower.startsWith("jdbc:kyuubi:");
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none, in words for the operator
   */
  static KyuubiUrl parse(String text) {
    String url = text.strip();
    int hosts = url.indexOf("://");
    if (!is(url) || hosts < 0) {
      throw new IllegalArgumentException(
          "must be kyuubi://host:port, or kyuubi://zookeeper:2181/;serviceDiscoveryMode=zooKeeper;zooKeeperNamespace=kyuubi");
    }
    String rest = url.substring(hosts + "://".length());
    refuseSessionKeys(rest);
    int slash = rest.indexOf('/');
    int semicolon = rest.indexOf(';');
    int end = slash < 0 ? (semicolon < 0 ? rest.length() : semicolon) : slash;
    String database = slash < 0 ? "" : rest.substring(slash + 1).split(";", 2)[0];
    if (!database.isEmpty()) {
      throw new IllegalArgumentException(
          "names the database "
              + database
              + ", which each session chooses for itself: leave it out");
    }
    Map<String, String> variables =
        semicolon < 0 ? Map.of() : variables(rest.substring(semicolon + 1));
    List<Server> servers = servers(rest.substring(0, end));
    if (variables.isEmpty()) {
      return new Servers(servers);
    }
    return zooKeeper(rest.substring(0, end), new TreeMap<>(variables));
  }

  private static void refuseSessionKeys(String rest) {
    if (rest.indexOf('?') >= 0 || rest.indexOf('#') >= 0) {
      throw new IllegalArgumentException(
          "may not have keys behind ? or #; those for every session stand under kitsune.spark.conf.");
    }
  }

  private static KyuubiUrl zooKeeper(String quorum, Map<String, String> variables) {
    String mode = variables.remove("servicediscoverymode");
    String namespace = variables.remove("zookeepernamespace");
    if (!variables.isEmpty()) {
      throw new IllegalArgumentException(
          "has %s, which means nothing here; user and password are keys of their own"
              .formatted(String.join(", ", variables.keySet())));
    }
    if (mode == null || !mode.toLowerCase(Locale.ROOT).startsWith("zookeeper")) {
      throw new IllegalArgumentException(
          "has a namespace in ZooKeeper; then it must have serviceDiscoveryMode=zooKeeper too");
    }
    String name = namespace == null ? "kyuubi" : namespace;
    while (name.startsWith("/")) {
      name = name.substring(1);
    }
    return new ZooKeeper(quorum, name.endsWith("/") ? name.substring(0, name.length() - 1) : name);
  }

  private static List<Server> servers(String text) {
    List<Server> servers = new ArrayList<>();
    for (String one : text.split(",", -1)) {
      int colon = one.lastIndexOf(':');
      try {
        servers.add(
            new Server(
                one.substring(0, colon).strip(), Integer.parseInt(one.substring(colon + 1))));
      } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
        throw new IllegalArgumentException("has '%s' where host:port must be".formatted(one), e);
      }
    }
    return servers;
  }

  private static Map<String, String> variables(String text) {
    Map<String, String> variables = new TreeMap<>();
    for (String one : text.split(";", -1)) {
      if (!one.isBlank()) {
        int equals = one.indexOf('=');
        if (equals < 0) {
          throw new IllegalArgumentException("has '%s' where name=value must be".formatted(one));
        }
        variables.put(
            one.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            one.substring(equals + 1).strip());
      }
    }
    return variables;
  }
}
