// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.discovery;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A network connection to a local port that can be cut and mended. */
final class Cable implements AutoCloseable {
  private final int target;
  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile boolean cut;
  private volatile CountDownLatch held = new CountDownLatch(0);
  private volatile boolean requestHeld;

  Cable(int target) throws IOException {
    this.target = target;
    this.listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    run(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Drops every connection and refuses new ones. */
  void cut() throws IOException {
    cut = true;
    held.countDown();
    for (Socket socket : sockets) {
      socket.close();
    }
  }

  /** Lets answers through and keeps requests back, until the cable is cut. */
  void holdRequests() {
    requestHeld = false;
    held = new CountDownLatch(1);
  }

  /** True once a request was kept back. */
  boolean requestHeld() {
    return requestHeld;
  }

  void mend() {
    cut = false;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    cut();
    threads.shutdownNow();
  }

  private void accept() throws IOException {
    while (!listener.isClosed()) {
      Socket client = listener.accept();
      sockets.add(client);
      run(() -> connect(client));
    }
  }

  private void connect(Socket client) throws IOException {
    try (client) {
      if (cut) {
        return;
      }
      try (Socket server = new Socket("127.0.0.1", target)) {
        sockets.add(server);
        run(() -> copy(server, client));
        copyRequests(client, server);
      }
    }
  }

  private void copyRequests(Socket client, Socket server) throws IOException {
    byte[] buffer = new byte[8_192];
    InputStream requests = client.getInputStream();
    for (int read = requests.read(buffer); read >= 0; read = requests.read(buffer)) {
      CountDownLatch latch = held;
      if (latch.getCount() > 0) {
        requestHeld = true;
        awaitCut(latch);
        return;
      }
      server.getOutputStream().write(buffer, 0, read);
    }
  }

  private static void awaitCut(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      // The cable is being closed.
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    try (from;
        to) {
      from.getInputStream().transferTo(to.getOutputStream());
    }
  }

  private void run(Transfer transfer) {
    Future<?> ignored =
        threads.submit(
            () -> {
              transfer.run();
              return null;
            });
  }

  private interface Transfer {
    void run() throws IOException;
  }
}
