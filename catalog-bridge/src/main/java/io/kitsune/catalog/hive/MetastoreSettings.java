// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.CatalogProperties;
import java.time.Duration;
import java.util.List;

/**
 * How to reach a Metastore.
 *
 * @param addresses in the order in which they are tried
 * @param connectTimeout for each address
 * @param timeout for each answer, and for a free connection
 * @param connections at most, at one time
 */
record MetastoreSettings(
    List<MetastoreAddress> addresses, Duration connectTimeout, Duration timeout, int connections) {
  private static final int MAXIMUM_CONNECTIONS = 256;

  MetastoreSettings {
    addresses = List.copyOf(addresses);
    requireNonNull(connectTimeout, "connectTimeout");
    requireNonNull(timeout, "timeout");
    if (addresses.isEmpty() || connections < 1) {
      throw new IllegalArgumentException("a Metastore needs an address and a connection");
    }
  }

  static MetastoreSettings of(CatalogProperties properties) {
    List<MetastoreAddress> addresses;
    try {
      addresses = MetastoreAddress.parse(properties.requiredText("uri"));
    } catch (IllegalArgumentException e) {
      throw properties.invalid("uri", "thrift://host:port, or several with commas between", e);
    }
    return new MetastoreSettings(
        addresses,
        atLeastOneMillisecond(properties, "connect-timeout", Duration.ofSeconds(5)),
        atLeastOneMillisecond(properties, "timeout", Duration.ofSeconds(30)),
        properties.number("connections", 8, 1, MAXIMUM_CONNECTIONS));
  }

  /** Zero would mean to wait for ever. */
  private static Duration atLeastOneMillisecond(
      CatalogProperties properties, String key, Duration fallback) {
    Duration duration = properties.duration(key, fallback);
    if (duration.toMillis() < 1 || duration.toMillis() > Integer.MAX_VALUE) {
      throw properties.invalid(key, "from 1ms to 500h", null);
    }
    return duration;
  }
}
