// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.CatalogFactory;
import io.kitsune.catalog.CatalogProperties;
import java.net.URI;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes the catalog of the type {@code embedded}: a Metastore of Kitsune's own, which is started
 * when the catalog is first asked something. It has no properties.
 */
final class EmbeddedCatalogFactory implements CatalogFactory {
  static final String TYPE = "embedded";

  private final Supplier<URI> metastore;
  private final CatalogFactory metastoreCatalogs;

  /**
   * A factory.
   *
   * @param metastore starts the Metastore, or says at once where it is
   * @param metastoreCatalogs makes the catalog once the address is known
   */
  EmbeddedCatalogFactory(Supplier<URI> metastore, CatalogFactory metastoreCatalogs) {
    this.metastore = requireNonNull(metastore, "metastore");
    this.metastoreCatalogs = requireNonNull(metastoreCatalogs, "metastoreCatalogs");
  }

  @Override
  public String type() {
    return TYPE;
  }

  @Override
  public Catalog create(String name, CatalogProperties properties) {
    return new DeferredCatalog(name, metastore, this::over);
  }

  private Catalog over(String name, URI address) {
    return metastoreCatalogs.create(
        name,
        new CatalogProperties("kitsune.catalog." + name + ".", Map.of("uri", address.toString())));
  }
}
