// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog;

/** Makes catalogs of one type, as {@code kitsune.catalog.<name>.type} names it. Thread-safe. */
public interface CatalogFactory {
  /** The type's name in the configuration, for example {@code hive}. */
  String type();

  /**
   * A catalog of this type. Reaches no server: one that is down is an error of the first call, not
   * of the start.
   *
   * @param name the catalog's name
   * @param properties its properties; each one must be read, since those left over are refused
   */
  Catalog create(String name, CatalogProperties properties);
}
