// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.Catalogs;
import io.kitsune.engine.kyuubi.RoutingLoop;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.configuration.KyuubiSettings;
import io.kitsune.gateway.statement.Errors;
import io.kitsune.router.SessionState;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * What a client's connection string asks for, as a session's first state. Keys come plain or with
 * the prefixes that the Hive and Kyuubi drivers put before them.
 */
final class SessionOpening {
  /** How far what a connection says of others is believed. */
  enum Word {
    /** A Kyuubi server's, or anybody's where nobody is checked. */
    BELIEVED,
    /** That of a client who speaks for himself. */
    HIS_OWN
  }

  private static final String PREFIX = "set:";
  private static final String ENVIRONMENT = "env:";
  private static final List<String> KINDS =
      List.of("hiveconf:", "hivevar:", "metaconf:", "system:");
  private static final String DATABASE = "use:database";
  private static final String CATALOG = "use:catalog";
  private static final String DEFAULT_DATABASE = "default";

  private static final String PROBE = "kyuubi.session.alive.probe";

  /** Asks to act as another user; Kyuubi's server has settled that before it comes here. */
  private static final List<String> PROXY_USER =
      List.of("kyuubi.session.proxy.user", "hive.server2.proxy.user");

  private SessionOpening() {}

  /**
   * The first state.
   *
   * @param shown what the connection itself shows of the session's origin
   * @param word whether the settings may say otherwise
   * @throws KitsuneException if a key is not allowed, or the session is a gateway's own, or the
   *     catalog or database is not there
   */
  static SessionState state(
      String user,
      Map<String, String> requested,
      Catalogs catalogs,
      SessionOrigin shown,
      Word word) {
    Map<String, String> settings = new HashMap<>();
    String database = DEFAULT_DATABASE;
    String catalog = Catalogs.SESSION_CATALOG;
    for (Map.Entry<String, String> entry : requested.entrySet()) {
      switch (entry.getKey()) {
        case DATABASE -> database = entry.getValue();
        case CATALOG -> catalog = entry.getValue();
        default -> settings.put(plainKey(entry.getKey()), entry.getValue());
      }
    }
    RoutingLoop.refuse(settings);
    refuseProxy(user, settings);
    SessionOrigin origin =
        switch (word) {
          case BELIEVED -> SessionOrigin.ofServer(settings, shown);
          case HIS_OWN -> shown;
        };
    settings.putAll(origin.settings());
    // A secret, and the engines have their own rights.
    settings.remove(KyuubiSettings.CREDENTIALS);
    settings.forEach(KitsuneConfiguration::checkSessionSetting);
    // The Metastore's names are lower-case, and Spark shows the current one so.
    List<String> namespace =
        List.of(
            catalog.equals(Catalogs.SESSION_CATALOG)
                ? database.toLowerCase(Locale.ROOT)
                : database);
    requireNamespace(catalogs, catalog, namespace);
    return new SessionState(user, catalog, namespace, settings, Map.of());
  }

  private static String plainKey(String key) {
    if (!key.startsWith(PREFIX)) {
      return key;
    }
    String rest = key.substring(PREFIX.length());
    if (rest.startsWith(ENVIRONMENT)) {
      throw new KitsuneException(
          "SETTING_INVALID",
          "42601",
          "The connection sets %s; environment variables cannot be set.".formatted(key));
    }
    for (String kind : KINDS) {
      if (rest.startsWith(kind)) {
        return rest.substring(kind.length());
      }
    }
    return rest;
  }

  private static void refuseProxy(String user, Map<String, String> settings) {
    for (String key : PROXY_USER) {
      String other = settings.getOrDefault(key, user);
      if (!other.isEmpty() && !other.equals(user)) {
        throw new KitsuneException(
            "PROXY_USER_REFUSED",
            "42501",
            "%s may not act as %s here (%s). Impersonation is granted by Kyuubi's server; connect through it."
                .formatted(user, other, key));
      }
    }
  }

  /** {@code default} is taken as given, so that connecting does not wait for a Metastore. */
  private static void requireNamespace(Catalogs catalogs, String name, List<String> namespace) {
    Catalog catalog =
        catalogs.find(name).orElseThrow(() -> Errors.catalogNotFound(name, catalogs.names()));
    if (!namespace.equals(List.of(DEFAULT_DATABASE))
        && catalog.namespaceProperties(namespace).isEmpty()) {
      throw Errors.schemaNotFound(namespace);
    }
  }

  /**
   * By which name: that of the Kyuubi server's session, so that both write the same one into their
   * logs, else a new one.
   *
   * @throws KitsuneException {@code SETTING_INVALID} if what the server named is none
   */
  static Handle handle(SessionState state) {
    return state
        .setting(KyuubiSettings.SESSION_HANDLE)
        .map(text -> named(KyuubiSettings.SESSION_HANDLE, text))
        .orElseGet(Handle::random);
  }

  /** As {@link #handle}, for a setting of that name. */
  static Handle named(String key, String text) {
    try {
      return Handle.named(UUID.fromString(text.strip()));
    } catch (IllegalArgumentException e) {
      throw new KitsuneException(
          "SETTING_INVALID",
          "22023",
          "%s=%s is no handle; it must be a UUID.".formatted(key, text),
          e);
    }
  }

  /** Why the session is opened. */
  static GatewaySession.Purpose purpose(SessionState state) {
    return state.setting(PROBE).filter(Boolean::parseBoolean).isPresent()
        ? GatewaySession.Purpose.PROBE
        : GatewaySession.Purpose.STATEMENTS;
  }
}
