// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.HiveTable;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.Version;
import io.kitsune.catalog.files.FileLocation;
import io.kitsune.catalog.files.FolderContent;
import io.kitsune.catalog.hive.HiveStorage;
import io.kitsune.catalog.hive.StoredPartition;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A catalog whose server is started by the first question; a server that died is started again by
 * the next one. Thread-safe.
 */
final class DeferredCatalog implements Catalog, HiveStorage {
  private final String name;
  private final Supplier<URI> server;
  private final BiFunction<String, URI, Catalog> open;
  private Opened opened;
  private boolean closed;

  private record Opened(URI address, Catalog catalog) {}

  DeferredCatalog(String name, Supplier<URI> server, BiFunction<String, URI, Catalog> open) {
    this.name = name;
    this.server = server;
    this.open = open;
  }

  private synchronized Catalog catalog() {
    if (closed) {
      throw new IllegalStateException("the catalog " + name + " is closed");
    }
    URI address = server.get();
    if (opened == null || !opened.address().equals(address)) {
      closeOpened();
      opened = new Opened(address, open.apply(name, address));
    }
    return opened.catalog();
  }

  private void closeOpened() {
    if (opened != null) {
      opened.catalog().close();
      opened = null;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<List<String>> namespaces() {
    return catalog().namespaces();
  }

  @Override
  public Optional<Map<String, String>> namespaceProperties(List<String> namespace) {
    return catalog().namespaceProperties(namespace);
  }

  @Override
  public List<Entry> list(List<String> namespace) {
    return catalog().list(namespace);
  }

  @Override
  public Optional<Table> load(List<String> namespace, String table, Version version) {
    return catalog().load(namespace, table, version);
  }

  @Override
  public List<String> partitionNames(HiveTable table) {
    return storage().partitionNames(table);
  }

  @Override
  public List<StoredPartition> partitions(HiveTable table, List<String> names) {
    return storage().partitions(table, names);
  }

  @Override
  public FolderContent list(HiveTable table, FileLocation folder) {
    return storage().list(table, folder);
  }

  private HiveStorage storage() {
    return (HiveStorage) catalog();
  }

  @Override
  public synchronized void invalidate(List<String> namespace, String table) {
    // Nothing is cached of a server that was never asked.
    if (opened != null) {
      opened.catalog().invalidate(namespace, table);
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    closeOpened();
  }
}
