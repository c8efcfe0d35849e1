// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;

/** One connection: one call at a time. */
final class ThriftConnection implements AutoCloseable {
  private final TTransport transport;
  private final TCLIService.Client client;

  ThriftConnection(TTransport transport) {
    this.transport = transport;
    this.client = new TCLIService.Client(new TBinaryProtocol(transport));
  }

  TCLIService.Iface client() {
    return client;
  }

  @Override
  public void close() {
    transport.close();
  }
}
