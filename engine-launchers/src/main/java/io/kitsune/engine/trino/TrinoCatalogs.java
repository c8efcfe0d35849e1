// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The catalogs of a Trino that is started here, and how their names are Trino's. Trino wants a
 * catalog for each kind of table: Kitsune's {@code lake} is Trino's {@code lake} for Hive tables
 * and {@code lake_iceberg} for Iceberg tables. Immutable.
 *
 * @param catalogs Kitsune's
 * @param hive Kitsune's name to that of the Trino catalog that reads its Hive tables
 * @param iceberg Kitsune's name to that of the Trino catalog that reads its Iceberg tables
 */
public record TrinoCatalogs(
    List<TrinoCatalog> catalogs, Map<String, String> hive, Map<String, String> iceberg) {
  /** What Trino has already. */
  private static final Set<String> RESERVED = Set.of("system", "jmx", "information_schema");

  public TrinoCatalogs {
    catalogs = List.copyOf(catalogs);
    requireNonNull(hive, "hive");
    requireNonNull(iceberg, "iceberg");
    hive = Map.copyOf(hive);
    iceberg = Map.copyOf(iceberg);
  }

  /** Names for those catalogs; the same for the same catalogs. */
  public static TrinoCatalogs of(List<TrinoCatalog> catalogs) {
    Map<String, String> hive = new HashMap<>();
    Map<String, String> iceberg = new HashMap<>();
    Set<String> taken = new HashSet<>(RESERVED);
    Map<String, TrinoCatalog> byName = new TreeMap<>();
    catalogs.forEach(catalog -> byName.put(catalog.name(), catalog));
    byName.forEach(
        (name, catalog) -> {
          if (catalog instanceof TrinoCatalog.HiveMetastore) {
            hive.put(name, free(plain(name), taken));
            iceberg.put(name, free(plain(name) + "_iceberg", taken));
          } else {
            iceberg.put(name, free(plain(name), taken));
          }
        });
    return new TrinoCatalogs(List.copyOf(byName.values()), hive, iceberg);
  }

  /** As Trino's catalog names may be: lower case, and such that they need no quotes. */
  private static String plain(String name) {
    StringBuilder plain = new StringBuilder();
    name.toLowerCase(Locale.ROOT)
        .chars()
        .forEach(
            c -> plain.append((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? (char) c : '_'));
    boolean letterFirst = plain.length() > 0 && plain.charAt(0) >= 'a' && plain.charAt(0) <= 'z';
    return letterFirst ? plain.toString() : "c" + plain;
  }

  private static String free(String wanted, Set<String> taken) {
    String name = wanted;
    for (int i = 2; !taken.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }
}
