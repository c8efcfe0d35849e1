// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.CatalogFactory;
import io.kitsune.catalog.CatalogProperties;

/**
 * Makes catalogs of the type {@code iceberg-rest}. Their properties:
 *
 * <ul>
 *   <li>{@code uri}, required; {@code warehouse}; {@code prefix}; {@code scope}; {@code
 *       oauth2-server-uri};
 *   <li>{@code credential} ({@code id:secret} for OAuth2) or {@code token}, each by reference:
 *       {@code env:NAME} or {@code file:/path};
 *   <li>{@code header.<Name>}, a header of every request, a value or a reference; credentials such
 *       as {@code header.Authorization} by reference only;
 *   <li>{@code connect-timeout} (5s), {@code read-timeout} (30s, between bytes), {@code timeout}
 *       (1m, of a whole call), {@code retries} (1 to 10, 1 unless set, with growing pauses, of what
 *       may be repeated);
 *   <li>{@code io.<key>}, Iceberg's FileIO properties for stores other than local disks, and {@code
 *       io-secret.<key>} for those that are credentials, by reference;
 *   <li>{@code allowed-locations}, with commas between: the folders below which the server may name
 *       files ({@code file:/lake/warehouse, s3://bucket/lake}). Unless it is set, those of the
 *       usual object stores and HDFS are read and this machine's are not.
 * </ul>
 */
public final class IcebergRestCatalogFactory implements CatalogFactory {
  @Override
  public String type() {
    return "iceberg-rest";
  }

  @Override
  public Catalog create(String name, CatalogProperties properties) {
    return new IcebergRestCatalog(name, RestSettings.read(properties));
  }
}
