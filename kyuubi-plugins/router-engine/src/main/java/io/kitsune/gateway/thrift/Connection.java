// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import io.kitsune.gateway.authentication.Authenticator;
import java.io.IOException;
import java.net.Socket;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.thrift.TConfiguration;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.protocol.TProtocol;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One client's connection, from its handshake to its end. Whatever it sends harms no other. */
final class Connection {
  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

  private final Socket socket;
  private final ListenerSettings settings;
  private final Authenticator authenticator;
  private final ConnectionService.Factory services;
  private volatile SocketTransport transport;

  Connection(
      Socket socket,
      ListenerSettings settings,
      Authenticator authenticator,
      ConnectionService.Factory services) {
    this.socket = socket;
    this.settings = settings;
    this.authenticator = authenticator;
    this.services = services;
  }

  /** Serves calls until the client leaves or misbehaves. Never throws. */
  @SuppressWarnings("CatchingUnchecked")
  void serve() {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      SocketTransport opened =
          new SocketTransport(
              socket,
              TConfiguration.custom().setMaxMessageSize(settings.maxMessageBytes()).build());
      transport = opened;
      shakeHandsAndServe(opened);
    } catch (TException | IOException e) {
      LOG.debug("The connection from {} ended: {}", socket.getInetAddress(), e.toString());
    } catch (RuntimeException e) {
      LOG.error("The connection from {} is closed after a fault", socket.getInetAddress(), e);
    } catch (OutOfMemoryError | StackOverflowError e) {
      // One request's doing; the memory is free again with its stack.
      LOG.error("The connection from {} is closed", socket.getInetAddress(), e);
    }
  }

  private void shakeHandsAndServe(SocketTransport opened) throws TException {
    opened.expectMessage(settings.handshakeLimit());
    switch (settings.transport()) {
      case SASL_PLAIN -> {
        String user = new PlainHandshake(opened, authenticator, socket.getInetAddress()).run();
        serveCalls(new SaslTransport(opened), new Peer.Identity.Authenticated(user), opened);
      }
      case NOSASL -> serveCalls(opened, new Peer.Identity.Unknown(), opened);
    }
  }

  private void serveCalls(TTransport calls, Peer.Identity identity, SocketTransport opened)
      throws TException {
    TProtocol protocol = new GuardedProtocol(calls);
    try (ConnectionService service = services.open(new Peer(socket.getInetAddress(), identity))) {
      var processor = new TCLIService.Processor<TCLIService.Iface>(service);
      while (opened.awaitMessage(settings.idleLimit(), settings.messageLimit())) {
        processor.process(protocol, protocol);
      }
    }
  }

  void cutIfStalled() {
    SocketTransport current = transport;
    if (current != null && current.stalled(settings.messageLimit())) {
      LOG.info("Cut {}: it takes in no response", socket.getInetAddress());
      cut();
    }
  }

  /** Ends the connection from outside; its thread notices at its next read or write. */
  void cut() {
    Sockets.close(socket);
  }
}
