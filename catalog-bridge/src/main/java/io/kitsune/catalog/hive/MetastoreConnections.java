// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import io.kitsune.error.KitsuneException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.commons.pool2.BasePooledObjectFactory;
import org.apache.commons.pool2.PooledObject;
import org.apache.commons.pool2.impl.DefaultPooledObject;
import org.apache.thrift.transport.TTransportException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens connections for the pool, at the first address that answers. Thread-safe. */
final class MetastoreConnections extends BasePooledObjectFactory<MetastoreConnection> {
  private static final Logger log = LoggerFactory.getLogger(MetastoreConnections.class);

  private final String catalog;
  private final MetastoreSettings settings;

  /** The address that answered last: the one to try first. */
  private final AtomicInteger preferred = new AtomicInteger();

  MetastoreConnections(String catalog, MetastoreSettings settings) {
    this.catalog = catalog;
    this.settings = settings;
  }

  @Override
  public MetastoreConnection create() {
    List<MetastoreAddress> addresses = settings.addresses();
    int first = preferred.get();
    KitsuneException failure = null;
    for (int i = 0; i < addresses.size(); i++) {
      int index = (first + i) % addresses.size();
      MetastoreAddress address = addresses.get(index);
      try {
        MetastoreConnection connection = MetastoreConnection.open(address, settings);
        preferred.set(index);
        return connection;
      } catch (TTransportException e) {
        KitsuneException unavailable = unavailable(address, e);
        if (failure == null) {
          failure = unavailable;
        } else {
          failure.addSuppressed(unavailable);
        }
        if (i + 1 < addresses.size()) {
          log.warn("{}; trying the next address", unavailable.getMessage());
        }
      }
    }
    throw failure;
  }

  /** The error for a server that cannot be talked to. */
  KitsuneException unavailable(MetastoreAddress address, Exception cause) {
    return new KitsuneException(
        "CATALOG_UNAVAILABLE",
        "08001",
        "catalog %s: the Hive Metastore at %s cannot be reached (%s); start it, or correct kitsune.catalog.%s.uri"
            .formatted(catalog, address, cause.getMessage(), catalog),
        cause);
  }

  @Override
  public PooledObject<MetastoreConnection> wrap(MetastoreConnection connection) {
    return new DefaultPooledObject<>(connection);
  }

  @Override
  public boolean validateObject(PooledObject<MetastoreConnection> pooled) {
    return pooled.getObject().isInStep();
  }

  @Override
  public void destroyObject(PooledObject<MetastoreConnection> pooled) {
    pooled.getObject().close();
  }
}
