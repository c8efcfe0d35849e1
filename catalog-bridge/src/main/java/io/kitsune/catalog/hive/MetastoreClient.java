// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import io.kitsune.error.KitsuneException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.commons.pool2.impl.GenericObjectPool;
import org.apache.commons.pool2.impl.GenericObjectPoolConfig;
import org.apache.hadoop.hive.metastore.api.ClientCapabilities;
import org.apache.hadoop.hive.metastore.api.ClientCapability;
import org.apache.hadoop.hive.metastore.api.Database;
import org.apache.hadoop.hive.metastore.api.GetTableRequest;
import org.apache.hadoop.hive.metastore.api.GetTablesRequest;
import org.apache.hadoop.hive.metastore.api.NoSuchObjectException;
import org.apache.hadoop.hive.metastore.api.Partition;
import org.apache.hadoop.hive.metastore.api.Table;
import org.apache.hadoop.hive.metastore.api.TableMeta;
import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TApplicationException;
import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocolException;
import org.apache.thrift.transport.TTransportException;

/**
 * The calls that Kitsune makes to a Hive Metastore, 2.3 to 4.x, over a bounded pool of connections.
 * Thread-safe.
 *
 * <p>Every call only reads, so a call whose connection turns out to be broken (a server was
 * restarted) is made once more over a new one. A call that a server does not answer in time is not
 * repeated. Calls end within the settings' timeouts with a {@link KitsuneException}: {@code
 * CATALOG_UNAVAILABLE}, {@code CATALOG_TIMEOUT}, {@code CATALOG_BUSY} or {@code CATALOG_REFUSED}.
 */
final class MetastoreClient implements AutoCloseable {
  private static final Duration IDLE_LIMIT = Duration.ofMinutes(5);
  private static final short EVERYTHING = -1;
  private static final int NAMES_PER_CALL = 500;

  /** Without it, a server refuses to show insert-only transactional tables at all. */
  private static final ClientCapabilities CAPABILITIES =
      new ClientCapabilities(List.of(ClientCapability.INSERT_ONLY_TABLES));

  private final String catalog;
  private final MetastoreSettings settings;
  private final MetastoreConnections connections;
  private final GenericObjectPool<MetastoreConnection> pool;

  MetastoreClient(String catalog, MetastoreSettings settings) {
    this.catalog = catalog;
    this.settings = settings;
    this.connections = new MetastoreConnections(catalog, settings);
    GenericObjectPoolConfig<MetastoreConnection> configuration = new GenericObjectPoolConfig<>();
    configuration.setMaxTotal(settings.connections());
    configuration.setMaxIdle(settings.connections());
    configuration.setMaxWait(settings.timeout());
    configuration.setMinEvictableIdleDuration(IDLE_LIMIT);
    configuration.setTimeBetweenEvictionRuns(IDLE_LIMIT.dividedBy(2));
    // A connection out of step is dropped when it comes back. The pool's own way for that,
    // invalidateObject, opens another in its place at once, and fails where that fails.
    configuration.setTestOnReturn(true);
    configuration.setJmxEnabled(false);
    this.pool = new GenericObjectPool<>(connections, configuration);
  }

  List<String> databases() {
    return call(ThriftHiveMetastore.Client::get_all_databases);
  }

  Optional<Database> database(String name) {
    return find(client -> client.get_database(name));
  }

  /** Names and kinds of a database's tables and views; empty for an unknown database too. */
  List<TableMeta> tables(String database) {
    return call(client -> client.get_table_meta(database, "*", List.of()));
  }

  Optional<Table> table(String database, String name) {
    GetTableRequest request = new GetTableRequest(database, name);
    request.setCapabilities(CAPABILITIES);
    return find(
        client -> {
          try {
            return client.get_table_req(request).getTable();
          } catch (TApplicationException e) {
            if (e.getType() != TApplicationException.UNKNOWN_METHOD) {
              throw e;
            }
            return OldTableCall.run(client, database, name);
          }
        });
  }

  /** The tables of these names that exist. */
  List<Table> tables(String database, List<String> names) {
    List<Table> tables = new ArrayList<>();
    for (List<String> batch : batches(names)) {
      GetTablesRequest request = new GetTablesRequest(database);
      request.setTblNames(batch);
      request.setCapabilities(CAPABILITIES);
      Optional<List<Table>> found =
          find(
              client -> {
                try {
                  return client.get_table_objects_by_name_req(request).getTables();
                } catch (TApplicationException e) {
                  if (e.getType() != TApplicationException.UNKNOWN_METHOD) {
                    throw e;
                  }
                  return null;
                }
              });
      // A Metastore before 3.0 gives them one by one.
      tables.addAll(
          found.orElseGet(
              () -> batch.stream().flatMap(name -> table(database, name).stream()).toList()));
    }
    return tables;
  }

  /** Every partition's name, {@code a=1/b=x%20y}; empty where the table is gone. */
  List<String> partitionNames(String database, String table) {
    return find(client -> client.get_partition_names(database, table, EVERYTHING))
        .orElse(List.of());
  }

  /** The partitions of these names that exist. */
  List<Partition> partitions(String database, String table, List<String> names) {
    List<Partition> partitions = new ArrayList<>();
    for (List<String> batch : batches(names)) {
      partitions.addAll(
          find(client -> client.get_partitions_by_names(database, table, batch)).orElse(List.of()));
    }
    return partitions;
  }

  @Override
  public void close() {
    pool.close();
  }

  private static List<List<String>> batches(List<String> names) {
    List<List<String>> batches = new ArrayList<>();
    for (int start = 0; start < names.size(); start += NAMES_PER_CALL) {
      batches.add(names.subList(start, Math.min(names.size(), start + NAMES_PER_CALL)));
    }
    return batches;
  }

  /** A call that reads something and changes nothing. */
  @FunctionalInterface
  private interface Call<T> {
    T run(ThriftHiveMetastore.Client client) throws TException;
  }

  private <T> T call(Call<T> call) {
    return find(call).orElseThrow(() -> refused("it knows no such object", null));
  }

  private <T> Optional<T> find(Call<T> call) {
    MetastoreConnection connection = borrow();
    try {
      return attempt(connection, call);
    } catch (TTransportException broken) {
      // The others in the pool were opened to the same server, and have gone the same way.
      pool.clear();
    }
    connection = borrow();
    try {
      return attempt(connection, call);
    } catch (TTransportException broken) {
      throw connections.unavailable(connection.address(), broken);
    }
  }

  /** Makes the call; a {@link TTransportException} leaves it open whether the server got it. */
  private <T> Optional<T> attempt(MetastoreConnection connection, Call<T> call)
      throws TTransportException {
    boolean inStep = false;
    try {
      T answer = call.run(connection.client());
      inStep = true;
      return Optional.ofNullable(answer);
    } catch (NoSuchObjectException e) {
      inStep = true;
      return Optional.empty();
    } catch (TTransportException e) {
      if (e.getType() == TTransportException.TIMED_OUT) {
        throw new KitsuneException(
            "CATALOG_TIMEOUT",
            "HYT00",
            "catalog %s: the Hive Metastore at %s did not answer within %s; see to the server, or raise kitsune.catalog.%s.timeout"
                .formatted(catalog, connection.address(), settings.timeout(), catalog),
            e);
      }
      throw e;
    } catch (TProtocolException e) {
      throw connections.unavailable(connection.address(), e);
    } catch (TApplicationException e) {
      inStep = e.getType() == TApplicationException.UNKNOWN_METHOD;
      throw refused(e.getMessage(), e);
    } catch (TException e) {
      inStep = true;
      throw refused(e.getMessage(), e);
    } finally {
      if (!inStep) {
        connection.fallOutOfStep();
      }
      pool.returnObject(connection);
    }
  }

  private MetastoreConnection borrow() {
    try {
      return pool.borrowObject();
    } catch (KitsuneException e) {
      throw e;
    } catch (NoSuchElementException e) {
      throw new KitsuneException(
          "CATALOG_BUSY",
          "53300",
          "catalog %s: none of its %d connections to the Hive Metastore was free within %s; raise kitsune.catalog.%s.connections"
              .formatted(catalog, settings.connections(), settings.timeout(), catalog),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "CATALOG_INTERRUPTED",
          "57014",
          "the wait for catalog " + catalog + " was interrupted",
          e);
    } catch (Exception e) {
      throw new KitsuneException(
          "CATALOG_UNAVAILABLE",
          "08001",
          "catalog %s: no connection to the Hive Metastore can be had: %s".formatted(catalog, e),
          e);
    }
  }

  private KitsuneException refused(String reason, TException cause) {
    return new KitsuneException(
        "CATALOG_REFUSED",
        "58000",
        "catalog %s: the Hive Metastore refused a call: %s".formatted(catalog, reason),
        cause);
  }
}
