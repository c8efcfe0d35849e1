// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import io.kitsune.engine.ProgressListener;
import io.kitsune.error.KitsuneException;
import io.kitsune.secret.SecretReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The properties files of Trino's catalogs. Secrets stand in them as {@code ${ENV:…}}, their values
 * in the environment of Trino's process, which only its owner can read.
 *
 * @param files Trino's catalog name to the properties
 * @param environment of Trino's process
 */
record CatalogFiles(Map<String, Map<String, String>> files, Map<String, String> environment) {

  /** FileIO properties of Iceberg that Trino has under another name. */
  private static final Map<String, String> S3 =
      Map.of(
          "s3.endpoint", "s3.endpoint",
          "client.region", "s3.region",
          "s3.path-style-access", "s3.path-style-access",
          "s3.access-key-id", "s3.aws-access-key",
          "s3.secret-access-key", "s3.aws-secret-key");

  /** Kitsune's options of a REST catalog, and Trino's. */
  private static final Map<String, String> REST =
      Map.of(
          "warehouse", "iceberg.rest-catalog.warehouse",
          "prefix", "iceberg.rest-catalog.prefix",
          "scope", "iceberg.rest-catalog.oauth2.scope",
          "oauth2-server-uri", "iceberg.rest-catalog.oauth2.server-uri",
          "token", "iceberg.rest-catalog.oauth2.token",
          "credential", "iceberg.rest-catalog.oauth2.credential");

  /** Trino's own access to local files, of whatever scheme; Iceberg names each file. */
  private static final Map<String, String> LOCAL_FILES =
      Map.of("fs.native-local.enabled", "true", "local.location", "/");

  /**
   * For tables whose folders are listed: the listings of Trino's own access to local files begin
   * with {@code local://}, the locations in a Metastore with {@code file:}, and the Hive connector
   * of Trino 476 takes no file that does not lie below its location: tables would look empty.
   */
  private static final Map<String, String> HADOOP_FILES = Map.of("fs.hadoop.enabled", "true");

  CatalogFiles {
    files = Map.copyOf(files);
    environment = Map.copyOf(environment);
  }

  /** Starts what Metastores must be started, and reads the secrets. */
  static CatalogFiles of(TrinoCatalogs catalogs, ProgressListener listener) {
    Map<String, Map<String, String>> files = new HashMap<>();
    Map<String, String> environment = new TreeMap<>();
    for (TrinoCatalog catalog : catalogs.catalogs()) {
      Secrets secrets = new Secrets(environment);
      Map<String, String> stores = stores(catalog, secrets);
      String iceberg = catalogs.iceberg().get(catalog.name());
      if (catalog instanceof TrinoCatalog.HiveMetastore metastore) {
        String uris = metastore.metastore().uris(listener);
        files.put(
            catalogs.hive().get(catalog.name()), with(with(hive(uris), HADOOP_FILES), stores));
        files.put(iceberg, with(with(iceberg(uris), LOCAL_FILES), stores));
      } else if (catalog instanceof TrinoCatalog.IcebergMetastore metastore) {
        String uris = metastore.metastore().uris(listener);
        files.put(iceberg, with(with(iceberg(uris), LOCAL_FILES), stores));
      } else if (catalog instanceof TrinoCatalog.IcebergRest rest) {
        files.put(
            iceberg,
            with(with(rest(rest, secrets), rest.local() ? LOCAL_FILES : Map.of()), stores));
      }
    }
    return new CatalogFiles(files, environment);
  }

  private static Map<String, String> hive(String uris) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("connector.name", "hive");
    properties.put("hive.metastore.uri", uris);
    // The default, milliseconds, would cut off what Spark shows.
    properties.put("hive.timestamp-precision", "MICROSECONDS");
    properties.put("hive.parquet.time-zone", "UTC");
    properties.put("hive.parquet.use-column-names", "true");
    // A table that Spark has just changed must not be read as it was.
    properties.put("hive.metastore-cache-ttl", "0s");
    return properties;
  }

  private static Map<String, String> iceberg(String uris) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("connector.name", "iceberg");
    properties.put("iceberg.catalog.type", "hive_metastore");
    properties.put("hive.metastore.uri", uris);
    return properties;
  }

  private static Map<String, String> rest(TrinoCatalog.IcebergRest rest, Secrets secrets) {
    Map<String, String> properties = new TreeMap<>();
    properties.put("connector.name", "iceberg");
    properties.put("iceberg.catalog.type", "rest");
    properties.put("iceberg.rest-catalog.uri", rest.uri());
    properties.put("iceberg.rest-catalog.nested-namespace-enabled", "true");
    // Spark takes names in any case.
    properties.put("iceberg.rest-catalog.case-insensitive-name-matching", "true");
    rest.options().forEach((key, value) -> properties.put(known(REST, key, rest), value));
    if (!rest.secrets().isEmpty()) {
      properties.put("iceberg.rest-catalog.security", "OAUTH2");
      rest.secrets()
          .forEach((key, place) -> properties.put(known(REST, key, rest), secrets.add(place)));
    }
    return properties;
  }

  /** S3 where the catalog says how it is reached. */
  private static Map<String, String> stores(TrinoCatalog catalog, Secrets secrets) {
    Map<String, String> properties = new TreeMap<>();
    catalog.files().forEach((key, value) -> s3(key).ifPresent(name -> properties.put(name, value)));
    catalog
        .fileSecrets()
        .forEach(
            (key, place) -> s3(key).ifPresent(name -> properties.put(name, secrets.add(place))));
    if (!properties.isEmpty()) {
      properties.put("fs.native-s3.enabled", "true");
    }
    return properties;
  }

  /** Others are for Iceberg's own file access only: what they lead to, Trino will not read. */
  private static Optional<String> s3(String key) {
    return Optional.ofNullable(S3.get(key));
  }

  private static String known(Map<String, String> names, String key, TrinoCatalog catalog) {
    return Optional.ofNullable(names.get(key))
        .orElseThrow(
            () ->
                new KitsuneException(
                    "CONFIG_KEY_UNKNOWN",
                    "F0000",
                    "Trino's catalog for %s has nothing for its property %s."
                        .formatted(catalog.name(), key)));
  }

  private static Map<String, String> with(Map<String, String> one, Map<String, String> other) {
    Map<String, String> both = new TreeMap<>(one);
    both.putAll(other);
    return both;
  }

  /** Puts secrets into the environment and gives what stands for them in a file. */
  private record Secrets(Map<String, String> environment) {
    String add(SecretReference place) {
      String variable = "KITSUNE_SECRET_" + environment.size();
      environment.put(variable, place.read());
      return "${ENV:" + variable + "}";
    }
  }
}
