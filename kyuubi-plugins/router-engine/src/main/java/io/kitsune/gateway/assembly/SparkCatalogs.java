// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.ConfiguredCatalogs;
import io.kitsune.secret.SecretReference;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Spark's settings for the catalogs that {@code kitsune.catalog.*} describes, so that a name means
 * the same table in Spark as in the gateway. The session catalog reads and writes Hive and Iceberg
 * tables alike (Iceberg's {@code SparkSessionCatalog}).
 */
final class SparkCatalogs {
  private static final String SPARK = "spark.sql.catalog.";

  /** Properties that Iceberg's catalogs know by the same names. */
  private static final Set<String> PLAIN =
      Set.of("uri", "warehouse", "prefix", "scope", "oauth2-server-uri");

  private SparkCatalogs() {}

  /**
   * The settings, without the session catalog's Metastore address, which Spark's launcher adds.
   * Values of secrets are among them: they must only go where secrets may go.
   *
   * @param configuration every {@code kitsune.catalog.*} key
   */
  static Map<String, String> settings(Map<String, String> configuration) {
    Map<String, String> settings = new TreeMap<>();
    for (String name : names(configuration)) {
      if (!name.equals(Catalogs.SESSION_CATALOG)) {
        Map<String, String> properties = new TreeMap<>();
        String prefix = ConfiguredCatalogs.PREFIX + name + ".";
        configuration.forEach(
            (key, value) -> {
              if (key.startsWith(prefix)) {
                properties.put(key.substring(prefix.length()), value);
              }
            });
        add(name, properties, settings);
      }
    }
    return settings;
  }

  private static Set<String> names(Map<String, String> configuration) {
    Set<String> names = new TreeSet<>();
    for (String key : configuration.keySet()) {
      if (key.startsWith(ConfiguredCatalogs.PREFIX)) {
        String rest = key.substring(ConfiguredCatalogs.PREFIX.length());
        names.add(rest.substring(0, Math.max(rest.indexOf('.'), 0)));
      }
    }
    return names;
  }

  private static void add(
      String name, Map<String, String> properties, Map<String, String> settings) {
    String prefix = SPARK + name;
    settings.put(prefix, "org.apache.iceberg.spark.SparkCatalog");
    String type = properties.getOrDefault("type", "");
    settings.put(prefix + ".type", type.equals("iceberg-rest") ? "rest" : "hive");
    properties.forEach(
        (key, value) -> {
          if (PLAIN.contains(key)) {
            settings.put(prefix + "." + key, value);
          } else if (key.equals("token") || key.equals("credential")) {
            settings.put(prefix + "." + key, SecretReference.parse(value).read());
          } else if (key.startsWith("header.")) {
            settings.put(prefix + "." + key, header(value));
          } else if (key.startsWith("io.")) {
            settings.put(prefix + "." + key.substring("io.".length()), value);
          } else if (key.startsWith("io-secret.")) {
            settings.put(
                prefix + "." + key.substring("io-secret.".length()),
                SecretReference.parse(value).read());
          }
        });
  }

  /** The catalog itself has refused a credential that is no reference. */
  private static String header(String value) {
    boolean reference = value.startsWith("env:") || value.startsWith("file:");
    return reference ? SecretReference.parse(value).read() : value.strip();
  }
}
