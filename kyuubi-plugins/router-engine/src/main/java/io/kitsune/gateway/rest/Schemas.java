// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.rest;

import io.kitsune.catalog.Catalog;
import io.kitsune.gateway.statement.Identifiers;
import java.util.List;
import java.util.Optional;

/** A schema's name in an address: as SHOW SCHEMAS has it. */
final class Schemas {
  private Schemas() {}

  static String name(List<String> namespace) {
    return Identifiers.quoteWhereNeeded(namespace);
  }

  /** The namespace of that name; a single name need not be quoted. */
  static Optional<List<String>> find(Catalog catalog, String name) {
    List<String> single = List.of(name);
    if (catalog.namespaceProperties(single).isPresent()) {
      return Optional.of(single);
    }
    return catalog.namespaces().stream()
        .filter(namespace -> name(namespace).equals(name))
        .findFirst();
  }
}
