// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.writing;

import java.util.Map;
import java.util.Optional;

/**
 * How Kitsune's catalogs are called in Trino, where a catalog reads tables of one format only: a
 * Metastore with Hive and Iceberg tables is two catalogs there. Immutable.
 *
 * @param hive Kitsune's catalog to the Trino catalog that reads its Hive tables
 * @param iceberg Kitsune's catalog to the Trino catalog that reads its Iceberg tables
 */
public record TrinoCatalogNames(Map<String, String> hive, Map<String, String> iceberg) {
  public TrinoCatalogNames {
    hive = Map.copyOf(hive);
    iceberg = Map.copyOf(iceberg);
  }

  Optional<String> hive(String catalog) {
    return Optional.ofNullable(hive.get(catalog));
  }

  Optional<String> iceberg(String catalog) {
    return Optional.ofNullable(iceberg.get(catalog));
  }
}
