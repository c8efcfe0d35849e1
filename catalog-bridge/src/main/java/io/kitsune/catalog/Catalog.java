// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One catalog of tables. Thread-safe. Every call may reach a server; it ends within the catalog's
 * configured timeouts or throws a {@link io.kitsune.error.KitsuneException} whose code begins with
 * {@code CATALOG_}.
 */
public interface Catalog extends AutoCloseable {
  /** The name under which it is configured. */
  String name();

  /** Its namespaces, sorted; one level deep for the Metastore, every level for a REST catalog. */
  List<List<String>> namespaces();

  /** The namespace's properties ({@code location}, {@code comment}, {@code owner}), or empty. */
  Optional<Map<String, String>> namespaceProperties(List<String> namespace);

  /** Tables and views of a namespace, sorted by name; an unknown namespace is an error. */
  List<Entry> list(List<String> namespace);

  /**
   * What the name stands for now, or empty. Never stale: an Iceberg table's pointer is compared
   * with the catalog's on every call.
   */
  Optional<Table> load(List<String> namespace, String table, Version version);

  /** Forgets what is cached of a table, after a write to it. */
  void invalidate(List<String> namespace, String table);

  @Override
  void close();

  /** A name in a namespace and what it is. */
  record Entry(String name, Kind kind) {}

  /** As JDBC's table types tell them apart. */
  enum Kind {
    TABLE,
    VIEW
  }
}
