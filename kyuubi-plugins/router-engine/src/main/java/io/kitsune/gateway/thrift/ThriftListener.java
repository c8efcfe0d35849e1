// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.authentication.Authenticator;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The port that speaks TCLIService: a thread for each connection, as HiveServer2's binary mode has
 * it, since without SASL a request's end is known only by reading it. Connections over the limit
 * are closed at once. Thread-safe.
 */
public final class ThriftListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ThriftListener.class);
  private static final int BACKLOG = 128;
  private static final Duration WATCH_PERIOD = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(10);

  private final ListenerSettings settings;
  private final Authenticator authenticator;
  private final ConnectionService.Factory services;
  private final ServerSocket serverSocket;
  private final Semaphore places;
  private final Set<Connection> connections = ConcurrentHashMap.newKeySet();
  private final ExecutorService workers;
  private final ScheduledExecutorService watchdog;
  private volatile boolean closed;

  private ThriftListener(
      ListenerSettings settings,
      Authenticator authenticator,
      ConnectionService.Factory services,
      ServerSocket serverSocket) {
    this.settings = settings;
    this.authenticator = authenticator;
    this.services = services;
    this.serverSocket = serverSocket;
    this.places = new Semaphore(settings.maxConnections());
    this.workers = Executors.newCachedThreadPool(NamedThreads.daemon("kitsune-connection"));
    this.watchdog =
        Executors.newSingleThreadScheduledExecutor(NamedThreads.daemon("kitsune-connection-watch"));
  }

  /**
   * Binds the port and starts to serve.
   *
   * @throws KitsuneException {@code GATEWAY_PORT_UNAVAILABLE} if the address cannot be bound
   */
  public static ThriftListener start(
      ListenerSettings settings, Authenticator authenticator, ConnectionService.Factory services) {
    requireNonNull(authenticator, "authenticator");
    requireNonNull(services, "services");
    ThriftListener listener =
        new ThriftListener(settings, authenticator, services, bind(settings.address()));
    listener.run();
    return listener;
  }

  private static ServerSocket bind(InetSocketAddress address) {
    ServerSocket socket = null;
    try {
      socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(address, BACKLOG);
      return socket;
    } catch (IOException e) {
      if (socket != null) {
        Sockets.close(socket);
      }
      throw new KitsuneException(
          "GATEWAY_PORT_UNAVAILABLE",
          "08001",
          "Cannot listen on %s: %s. Choose another port, or stop what listens there."
              .formatted(address, e.getMessage()),
          e);
    }
  }

  private void run() {
    workers.execute(this::acceptAll);
    var unused =
        watchdog.scheduleWithFixedDelay(
            this::cutStalled,
            WATCH_PERIOD.toMillis(),
            WATCH_PERIOD.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** The port it listens on. */
  public int port() {
    return serverSocket.getLocalPort();
  }

  /** How many connections there are now. */
  public int connections() {
    return connections.size();
  }

  private void acceptAll() {
    while (!closed) {
      try {
        accept(serverSocket.accept());
      } catch (IOException e) {
        if (!closed) {
          // For example too many open files: others are being served, so go on, but not in a spin.
          LOG.warn("Accepting a connection failed: {}", e.toString());
          pause();
        }
      }
    }
  }

  private void accept(Socket socket) {
    if (!places.tryAcquire()) {
      LOG.warn(
          "Refused a connection from {}: {} are open, the limit",
          socket.getInetAddress(),
          settings.maxConnections());
      Sockets.close(socket);
      return;
    }
    Connection connection = new Connection(socket, settings, authenticator, services);
    connections.add(connection);
    workers.execute(
        () -> {
          try {
            connection.serve();
          } finally {
            connections.remove(connection);
            places.release();
          }
        });
  }

  private void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      closed = true;
    }
  }

  private void cutStalled() {
    for (Connection connection : connections) {
      connection.cutIfStalled();
    }
  }

  /** Takes no more connections; those that are open go on. */
  public void stopAccepting() {
    closed = true;
    Sockets.close(serverSocket);
  }

  /**
   * Takes no more connections, and waits until their clients have closed those that are open.
   *
   * @return false if some are open after the limit
   */
  public boolean awaitDisconnected(Duration limit) throws InterruptedException {
    stopAccepting();
    return places.tryAcquire(settings.maxConnections(), limit.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Closes the port and every connection, and waits a little for their threads. */
  @Override
  public void close() {
    stopAccepting();
    watchdog.shutdownNow();
    connections.forEach(Connection::cut);
    workers.shutdown();
    try {
      if (!workers.awaitTermination(CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        LOG.warn("Connections still busy after {}; interrupting them", CLOSE_LIMIT);
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
