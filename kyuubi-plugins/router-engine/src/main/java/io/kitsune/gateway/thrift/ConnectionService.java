// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;

/** The calls of one connection; used by one thread, closed when the connection ends. */
public interface ConnectionService extends TCLIService.Iface, AutoCloseable {
  /** The connection is gone. Never throws. */
  @Override
  void close();

  /** Makes a service for each connection; called from many threads. */
  @FunctionalInterface
  interface Factory {
    /** The service for a connection whose handshake is over. */
    ConnectionService open(Peer peer);
  }
}
