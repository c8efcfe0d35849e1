// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closing what may be broken already. */
final class Sockets {
  private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

  private Sockets() {}

  static void close(Closeable socket) {
    try {
      socket.close();
    } catch (IOException e) {
      LOG.debug("Closing a socket failed; nothing more can be done with it", e);
    }
  }
}
