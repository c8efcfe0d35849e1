// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import java.util.List;
import java.util.Optional;

/** Every configured catalog. Thread-safe; closing it closes them all. */
public interface Catalogs extends AutoCloseable {
  /** Spark's name for the session catalog, the Hive Metastore. */
  String SESSION_CATALOG = "spark_catalog";

  /** The configured names, {@link #SESSION_CATALOG} first, the others sorted. */
  List<String> names();

  /** The catalog of that name (compared as Spark does: exactly), or empty. */
  Optional<Catalog> find(String name);

  /** As {@link Catalog#load}; empty where the catalog, namespace or table is unknown. */
  default Optional<Table> load(TableName name, Version version) {
    return find(name.catalog())
        .flatMap(catalog -> catalog.load(name.namespace(), name.table(), version));
  }

  /** As {@link Catalog#invalidate}. */
  default void invalidate(TableName name) {
    find(name.catalog()).ifPresent(catalog -> catalog.invalidate(name.namespace(), name.table()));
  }

  @Override
  void close();
}
