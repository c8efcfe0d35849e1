// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.ConfiguredCatalogs;
import io.kitsune.engine.process.Artifacts;
import io.kitsune.engine.process.JavaInstallation;
import io.kitsune.engine.trino.TrinoCatalog;
import io.kitsune.engine.trino.TrinoCatalogs;
import io.kitsune.engine.trino.TrinoSettings;
import io.kitsune.engine.trino.TrinoSource;
import io.kitsune.engine.trino.TrinoSource.AotCacheUse;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.configuration.TrinoKeys;
import io.kitsune.router.writing.TrinoCatalogNames;
import io.kitsune.secret.SecretReference;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * How Trino is made, and what Kitsune's catalogs are called in it.
 *
 * @param names of the catalogs that it can read
 */
record TrinoParts(TrinoSettings settings, TrinoCatalogNames names) {
  private static final String JAVA_HOME = "KITSUNE_TRINO_JAVA_HOME";

  /** What a REST catalog may say that Trino knows too. */
  private static final Set<String> REST_OPTIONS =
      Set.of("warehouse", "prefix", "scope", "oauth2-server-uri");

  private static final Set<String> REST_SECRETS = Set.of("token", "credential");

  /** Empty where Trino is switched off. */
  static Optional<TrinoParts> of(KitsuneConfiguration settings, Lake lake, Artifacts artifacts) {
    TrinoKeys keys = settings.trino();
    TrinoSettings.Limits limits =
        new TrinoSettings.Limits(keys.startTimeout(), keys.idleTimeout(), keys.answerTimeout());
    return switch (keys.mode()) {
      case OFF -> Optional.empty();
      case URL ->
          Optional.of(
              new TrinoParts(
                  new TrinoSettings(settings.trinoEndpoint(), limits),
                  settings.trinoCatalogNames()));
      case LAUNCH -> {
        TrinoCatalogs catalogs = TrinoCatalogs.of(catalogs(lake));
        TrinoSource source =
            new TrinoSource.Launch(
                artifacts,
                settings.home().resolve("trino"),
                javaHomes(keys),
                (int) (keys.heap().bytes(0) >> 20),
                catalogs,
                keys.aotCache() ? AotCacheUse.Kept.DEFAULT : new AotCacheUse.None());
        yield Optional.of(
            new TrinoParts(
                new TrinoSettings(source, limits),
                new TrinoCatalogNames(catalogs.hive(), catalogs.iceberg())));
      }
    };
  }

  /** One that somebody has named is taken or none is. */
  private static List<Path> javaHomes(TrinoKeys keys) {
    return keys.javaHome()
        .or(() -> Optional.ofNullable(System.getenv(JAVA_HOME)).map(Path::of))
        .map(List::of)
        .orElseGet(JavaInstallation::usualFolders);
  }

  private static List<TrinoCatalog> catalogs(Lake lake) {
    List<TrinoCatalog> catalogs = new ArrayList<>();
    byCatalog(lake.configuration())
        .forEach((name, properties) -> catalog(name, properties, lake).forEach(catalogs::add));
    return catalogs;
  }

  private static Stream<TrinoCatalog> catalog(
      String name, Map<String, String> properties, Lake lake) {
    Map<String, String> files = startingWith(properties, "io.");
    Map<String, SecretReference> fileSecrets = references(startingWith(properties, "io-secret."));
    if (name.equals(Catalogs.SESSION_CATALOG)) {
      return Stream.of(
          new TrinoCatalog.HiveMetastore(
              name, listener -> lake.metastore().uris(listener).orElseThrow(), files, fileSecrets));
    }
    String uri = properties.getOrDefault("uri", "");
    return switch (properties.getOrDefault("type", "")) {
      case "iceberg-hive" ->
          Stream.of(new TrinoCatalog.IcebergMetastore(name, listener -> uri, files, fileSecrets));
      case "iceberg-rest" ->
          understood(properties)
              ? Stream.of(
                  new TrinoCatalog.IcebergRest(
                      name,
                      uri,
                      only(properties, REST_OPTIONS),
                      references(only(properties, REST_SECRETS)),
                      locations(properties),
                      files,
                      fileSecrets))
              : Stream.empty();
      default ->
          throw new KitsuneException(
              "CONFIG_VALUE_INVALID",
              "F0000",
              "Trino has nothing for the type of kitsune.catalog.%s.type".formatted(name));
    };
  }

  private static List<String> locations(Map<String, String> properties) {
    return Stream.of(properties.getOrDefault("allowed-locations", "").split(",", -1))
        .map(String::strip)
        .filter(location -> !location.isEmpty())
        .toList();
  }

  /** Trino 476 sends no headers of ours: a catalog that wants some is not read by it. */
  private static boolean understood(Map<String, String> properties) {
    return startingWith(properties, "header.").isEmpty();
  }

  private static Map<String, Map<String, String>> byCatalog(Map<String, String> configuration) {
    Map<String, Map<String, String>> catalogs = new TreeMap<>();
    startingWith(configuration, ConfiguredCatalogs.PREFIX)
        .forEach(
            (key, value) -> {
              int dot = key.indexOf('.');
              catalogs
                  .computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
                  .put(key.substring(dot + 1), value);
            });
    return catalogs;
  }

  private static Map<String, String> startingWith(Map<String, String> keys, String prefix) {
    Map<String, String> found = new TreeMap<>();
    keys.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  private static Map<String, String> only(Map<String, String> keys, Set<String> wanted) {
    Map<String, String> found = new HashMap<>(keys);
    found.keySet().retainAll(wanted);
    return found;
  }

  private static Map<String, SecretReference> references(Map<String, String> texts) {
    Map<String, SecretReference> references = new HashMap<>();
    texts.forEach((key, text) -> references.put(key, SecretReference.parse(text)));
    return references;
  }
}
