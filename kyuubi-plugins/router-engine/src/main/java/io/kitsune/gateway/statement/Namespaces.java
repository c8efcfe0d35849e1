// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.Catalogs;
import io.kitsune.catalog.TableName;
import io.kitsune.router.SessionState;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What the parts of a name mean in a session, by Spark's rule: a first part that is a catalog's
 * name means that catalog, otherwise the whole is a name within the current one.
 */
final class Namespaces {
  /** Spark's current namespace after USE of the session catalog; other catalogs have none. */
  private static final List<String> SESSION_DEFAULT = List.of("default");

  private final Catalogs catalogs;
  private final SessionState state;

  Namespaces(Catalogs catalogs, SessionState state) {
    this.catalogs = catalogs;
    this.state = state;
  }

  /** A catalog and a namespace in it, which may be empty and need not exist. */
  record Place(Catalog catalog, List<String> namespace) {}

  /** The place where the session is. */
  Place current() {
    return new Place(catalog(state.currentCatalog()), state.currentNamespace());
  }

  /** The place that the parts name; with no parts, the root of the current catalog. */
  Place named(List<String> parts) {
    Optional<Catalog> first = parts.isEmpty() ? Optional.empty() : catalogs.find(parts.get(0));
    return first
        .map(catalog -> new Place(catalog, folded(catalog, parts.subList(1, parts.size()))))
        .orElseGet(
            () -> {
              Catalog catalog = catalog(state.currentCatalog());
              return new Place(catalog, folded(catalog, parts));
            });
  }

  /** As {@link #named}, but with no parts the place where the session is. */
  Place namedOrCurrent(List<String> parts) {
    return parts.isEmpty() ? current() : existing(named(parts));
  }

  /** The place, if it is there; Spark's error if not. */
  static Place existing(Place place) {
    if (!place.namespace().isEmpty()
        && place.catalog().namespaceProperties(place.namespace()).isEmpty()) {
      throw Errors.schemaNotFound(place.namespace());
    }
    return place;
  }

  /** The namespace that is current after USE of a catalog alone. */
  static List<String> defaultOf(Catalog catalog) {
    return catalog.name().equals(Catalogs.SESSION_CATALOG) ? SESSION_DEFAULT : List.of();
  }

  Catalog catalog(String name) {
    return catalogs.find(name).orElseThrow(() -> Errors.catalogNotFound(name, catalogs.names()));
  }

  /** The full name of a table; Spark's error if it can be none. */
  TableName table(List<String> parts) {
    List<String> qualifier = parts.subList(0, parts.size() - 1);
    Place place = qualifier.isEmpty() ? current() : named(qualifier);
    if (place.namespace().isEmpty()) {
      throw Errors.tableNotFound(parts);
    }
    return new TableName(place.catalog().name(), place.namespace(), parts.get(parts.size() - 1));
  }

  /** The Metastore's databases have lower-case names, and Spark shows them so. */
  private static List<String> folded(Catalog catalog, List<String> namespace) {
    return catalog.name().equals(Catalogs.SESSION_CATALOG)
        ? namespace.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList()
        : List.copyOf(namespace);
  }
}
