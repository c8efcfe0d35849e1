// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.iceberg;

import static java.util.Objects.requireNonNull;

import io.kitsune.catalog.Catalog;
import io.kitsune.catalog.Table;
import io.kitsune.catalog.TableName;
import io.kitsune.catalog.Version;
import io.kitsune.error.KitsuneException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SessionCatalog.SessionContext;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.rest.RESTSessionCatalog;

/**
 * An Iceberg REST catalog. Each load asks the server, which may answer that what the client has is
 * current; metadata is kept by the location of its file. Names are case-sensitive, as the server
 * has them. Thread-safe.
 */
final class IcebergRestCatalog implements Catalog {
  private static final int MOST_NAMESPACES = 10_000;

  private final String name;
  private final RestConnection connection;
  private final TimedCalls calls;
  private final RestErrors errors;
  // One session for the whole catalog: the client's own cache is by session.
  private final SessionContext context = SessionContext.createEmpty();
  private final MetadataCache cache = new MetadataCache();

  IcebergRestCatalog(String name, RestSettings settings) {
    this.name = requireNonNull(name, "name");
    this.connection = new RestConnection(name, settings);
    this.calls =
        new TimedCalls("catalog %s at %s".formatted(name, settings.uri()), settings.timeout());
    this.errors = new RestErrors(name, settings.uri());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<List<String>> namespaces() {
    return call("listing namespaces", this::everyNamespace);
  }

  private List<List<String>> everyNamespace(RESTSessionCatalog client) {
    Set<Namespace> found = new HashSet<>();
    Deque<Namespace> toVisit = new ArrayDeque<>(List.of(Namespace.empty()));
    while (!toVisit.isEmpty()) {
      for (Namespace child : client.listNamespaces(context, toVisit.remove())) {
        if (found.add(child)) {
          toVisit.add(child);
        }
      }
      if (found.size() > MOST_NAMESPACES) {
        throw new KitsuneException(
            "CATALOG_TOO_LARGE",
            "54000",
            "catalog %s has more than %d namespaces; name one to list its tables"
                .formatted(name, MOST_NAMESPACES));
      }
    }
    return found.stream()
        .map(namespace -> List.of(namespace.levels()))
        .sorted(IcebergRestCatalog::compareLevels)
        .toList();
  }

  private static int compareLevels(List<String> left, List<String> right) {
    for (int i = 0; i < Math.min(left.size(), right.size()); i++) {
      int order = left.get(i).compareTo(right.get(i));
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(left.size(), right.size());
  }

  @Override
  public Optional<Map<String, String>> namespaceProperties(List<String> namespace) {
    return call(
        "reading namespace " + String.join(".", namespace),
        client -> {
          try {
            return Optional.of(
                Map.copyOf(client.loadNamespaceMetadata(context, iceberg(namespace))));
          } catch (NoSuchNamespaceException e) {
            return Optional.empty();
          }
        });
  }

  @Override
  public List<Entry> list(List<String> namespace) {
    return call(
        "listing namespace " + String.join(".", namespace),
        client -> {
          Namespace of = iceberg(namespace);
          List<Entry> entries = new ArrayList<>();
          client
              .listTables(context, of)
              .forEach(table -> entries.add(new Entry(table.name(), Kind.TABLE)));
          client
              .listViews(context, of)
              .forEach(view -> entries.add(new Entry(view.name(), Kind.VIEW)));
          // Some servers answer an empty list for a namespace that isn't there.
          if (entries.isEmpty() && !client.namespaceExists(context, of)) {
            throw new NoSuchNamespaceException("Namespace does not exist: %s", of);
          }
          entries.sort(Comparator.comparing(Entry::name));
          return List.copyOf(entries);
        });
  }

  @Override
  public Optional<Table> load(List<String> namespace, String table, Version version) {
    TableName full = new TableName(name, namespace, table);
    TableIdentifier identifier = TableIdentifier.of(iceberg(namespace), table);
    return call(
        "loading " + full,
        client -> {
          try {
            // Iceberg answers db.t.snapshots with a metadata table, which is not for us to read.
            return client.loadTable(context, identifier) instanceof BaseTable loaded
                ? Optional.of(pinned(full, loaded, version))
                : Optional.empty();
          } catch (NoSuchTableException | NoSuchNamespaceException e) {
            return loadView(client, full, identifier, version);
          }
        });
  }

  private Table pinned(TableName full, BaseTable loaded, Version version) {
    TableMetadata metadata = loaded.operations().current();
    if (metadata.metadataFileLocation() == null
        || !(loaded.io() instanceof ReadOnlyFileIO fileIo)) {
      throw new KitsuneException(
          "CATALOG_METADATA_INVALID",
          "58030",
          "catalog %s gives no metadata location for table %s".formatted(name, full));
    }
    // Nothing of that file is read, the server sends what it holds; but it says best where the
    // table is, and planning would fail later.
    fileIo.allowed().require(metadata.metadataFileLocation());
    BaseTable kept =
        cache.table(full.toString(), metadata.metadataFileLocation(), fileIo, () -> metadata);
    return IcebergMetadata.pinned(full, kept, version);
  }

  private Optional<Table> loadView(
      RESTSessionCatalog client, TableName full, TableIdentifier identifier, Version version) {
    try {
      return Optional.of(IcebergViews.view(full, client.loadView(context, identifier), version));
    } catch (NoSuchViewException | NoSuchNamespaceException | UnsupportedOperationException e) {
      // The last is a server without views.
      return Optional.empty();
    }
  }

  @Override
  public void invalidate(List<String> namespace, String table) {
    connection
        .openedClient()
        .ifPresent(
            client ->
                client.invalidateTable(context, TableIdentifier.of(iceberg(namespace), table)));
  }

  @Override
  public void close() {
    calls.close();
    cache.forgetAll();
    connection.close();
  }

  private static Namespace iceberg(List<String> namespace) {
    return Namespace.of(namespace.toArray(String[]::new));
  }

  private <T> T call(String doing, Function<RESTSessionCatalog, T> work) {
    try {
      return calls.call(doing, () -> work.apply(connection.client()));
    } catch (NotAuthorizedException e) {
      connection.renewIfSecretsChanged();
      throw errors.translate(doing, e);
    } catch (RuntimeException e) {
      throw errors.translate(doing, e);
    }
  }
}
