// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.configuration;

import io.kitsune.engine.trino.TrinoSource.Authentication;
import io.kitsune.engine.trino.TrinoSource.Endpoint;
import io.kitsune.engine.trino.TrinoSource.StatementExtras;
import io.kitsune.engine.trino.TrinoSource.Trust;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.writing.TrinoCatalogNames;
import io.kitsune.secret.SecretReference;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A Trino that runs elsewhere, as {@code kitsune.trino.*} describes it. */
final class TrinoEndpoint {
  private static final String HIVE = ".hive";
  private static final String ICEBERG = ".iceberg";

  private final TrinoKeys keys;
  private final RawConfiguration raw;

  TrinoEndpoint(TrinoKeys keys, RawConfiguration raw) {
    this.keys = keys;
    this.raw = raw;
  }

  /**
   * How it is reached.
   *
   * @throws KitsuneException {@code CONFIG_KEY_MISSING} or {@code CONFIG_VALUE_INVALID}
   */
  Endpoint endpoint() {
    if (keys.url().isEmpty()) {
      throw missing("kitsune.trino.url");
    }
    TrinoCatalogNames names = catalogNames();
    Set<String> catalogs = new HashSet<>(names.hive().values());
    catalogs.addAll(names.iceberg().values());
    Authentication authentication = authentication();
    Trust trust = trust();
    StatementExtras extras = extras();
    try {
      return new Endpoint(URI.create(keys.url().get()), authentication, trust, extras, catalogs);
    } catch (IllegalArgumentException e) {
      // URI's own message repeats the text, in which there may be a password.
      throw invalid(
          "kitsune.trino.url",
          e.getCause() instanceof URISyntaxException
              ? "must be http://host:port or https://host:port"
              : e.getMessage());
    }
  }

  /** {@code kitsune.trino.catalog-mapping.*}. */
  TrinoCatalogNames catalogNames() {
    Map<String, String> hive = new TreeMap<>();
    Map<String, String> iceberg = new TreeMap<>();
    family(KeyFamily.TRINO_CATALOGS)
        .forEach(
            (key, name) -> {
              if (key.endsWith(HIVE) && key.length() > HIVE.length()) {
                hive.put(key.substring(0, key.length() - HIVE.length()), name);
              } else if (key.endsWith(ICEBERG) && key.length() > ICEBERG.length()) {
                iceberg.put(key.substring(0, key.length() - ICEBERG.length()), name);
              } else {
                throw new KitsuneException(
                    "CONFIG_KEY_UNKNOWN",
                    "F0000",
                    "%s is no such key; it is %s"
                        .formatted(
                            raw.place(KeyFamily.TRINO_CATALOGS.prefix() + key),
                            KeyFamily.TRINO_CATALOGS.pattern()));
              }
            });
    return new TrinoCatalogNames(hive, iceberg);
  }

  private Authentication authentication() {
    if (keys.accessToken().isPresent()) {
      if (keys.password().isPresent()) {
        throw invalid("kitsune.trino.access-token", "takes the place of kitsune.trino.password");
      }
      return new Authentication.AccessToken(keys.accessToken().get());
    } else if (keys.password().isPresent()) {
      return new Authentication.Password(
          keys.user().orElseThrow(() -> missing("kitsune.trino.user")), keys.password().get());
    }
    return new Authentication.EndUser();
  }

  private Trust trust() {
    if (keys.trustStore().isEmpty()) {
      return new Trust.JavaDefaults();
    }
    return keys.trustStorePassword()
        .<Trust>map(password -> new Trust.KeyStore(keys.trustStore().get(), password))
        .orElseGet(() -> new Trust.PemFile(keys.trustStore().get()));
  }

  private StatementExtras extras() {
    Map<String, SecretReference> credentials = new TreeMap<>();
    family(KeyFamily.TRINO_CREDENTIALS)
        .forEach((name, text) -> credentials.put(name, reference(name, text)));
    return new StatementExtras(
        keys.source(),
        Set.copyOf(keys.clientTags().orElse(List.of())),
        family(KeyFamily.TRINO_SESSION),
        family(KeyFamily.TRINO_ROLES),
        credentials);
  }

  private SecretReference reference(String name, String text) {
    try {
      return SecretReference.parse(text);
    } catch (IllegalArgumentException e) {
      throw invalid(KeyFamily.TRINO_CREDENTIALS.prefix() + name, e.getMessage());
    }
  }

  /** Its keys without their beginning. */
  private Map<String, String> family(KeyFamily family) {
    Map<String, String> keys = new TreeMap<>();
    raw.texts(family::has)
        .forEach((key, value) -> keys.put(key.substring(family.prefix().length()), value));
    return keys;
  }

  private static KitsuneException missing(String key) {
    return new KitsuneException("CONFIG_KEY_MISSING", "F0000", key + " must be set");
  }

  private KitsuneException invalid(String key, String why) {
    return new KitsuneException("CONFIG_VALUE_INVALID", "F0000", raw.place(key) + ": " + why);
  }
}
