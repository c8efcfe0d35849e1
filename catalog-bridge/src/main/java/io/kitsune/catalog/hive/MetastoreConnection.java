// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import org.apache.hadoop.hive.metastore.api.ThriftHiveMetastore;
import org.apache.thrift.TConfiguration;
import org.apache.thrift.protocol.TBinaryProtocol;
import org.apache.thrift.transport.TSocket;
import org.apache.thrift.transport.TTransportException;

/** An open connection to one Metastore. Used by one thread at a time. */
final class MetastoreConnection implements AutoCloseable {
  /** Bounds what a confused or hostile server can make the gateway allocate for one answer. */
  private static final int MAXIMUM_MESSAGE_BYTES = 512 << 20;

  private final MetastoreAddress address;
  private final TSocket socket;
  private final ThriftHiveMetastore.Client client;
  private boolean inStep = true;

  private MetastoreConnection(MetastoreAddress address, TSocket socket) {
    this.address = address;
    this.socket = socket;
    this.client = new ThriftHiveMetastore.Client(new TBinaryProtocol(socket));
  }

  static MetastoreConnection open(MetastoreAddress address, MetastoreSettings settings)
      throws TTransportException {
    TConfiguration configuration =
        TConfiguration.custom().setMaxMessageSize(MAXIMUM_MESSAGE_BYTES).build();
    TSocket socket =
        new TSocket(
            configuration,
            address.host(),
            address.port(),
            (int) settings.timeout().toMillis(),
            (int) settings.connectTimeout().toMillis());
    try {
      socket.open();
    } catch (TTransportException e) {
      socket.close();
      throw e;
    }
    return new MetastoreConnection(address, socket);
  }

  MetastoreAddress address() {
    return address;
  }

  ThriftHiveMetastore.Client client() {
    return client;
  }

  /** Whether the last answer was read to its end, so that another call may follow. */
  boolean isInStep() {
    return inStep;
  }

  void fallOutOfStep() {
    inStep = false;
  }

  @Override
  public void close() {
    socket.close();
  }
}
