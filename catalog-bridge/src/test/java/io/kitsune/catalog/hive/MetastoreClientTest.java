// SPDX-License-Identifier: Apache-2.0
package io.kitsune.catalog.hive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetastoreClientTest {
  private static MetastoreServer server;

  @BeforeAll
  static void start(@TempDir Path folder) {
    server = MetastoreServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aRestartOfTheServerGoesUnnoticed() throws Exception {
    try (MetastoreClient client = client(server.uri(), Duration.ofSeconds(20), 4)) {
      fillThePool(client);

      server.kill();
      server.restart();

      assertThat(client.databases()).containsExactly("default");
    }
  }

  @Test
  void aServerThatIsDownIsNamed() throws Exception {
    String nobody = "thrift://127.0.0.1:" + portOfNobody();
    try (MetastoreClient client = client(nobody, Duration.ofSeconds(5), 1)) {
      assertThatThrownBy(client::databases)
          .isInstanceOf(KitsuneException.class)
          .hasMessageContaining("catalog test")
          .hasMessageContaining(nobody)
          .hasMessageContaining("kitsune.catalog.test.uri")
          .extracting("code", "sqlState")
          .containsExactly("CATALOG_UNAVAILABLE", "08001");
    }
  }

  @Test
  void theNextAddressTakesOver() throws Exception {
    String addresses = "thrift://127.0.0.1:" + portOfNobody() + ", " + server.uri();
    try (MetastoreClient client = client(addresses, Duration.ofSeconds(5), 2)) {
      assertThat(client.databases()).containsExactly("default");
    }
  }

  @Test
  void whenAllAreDownEachIsNamed() throws Exception {
    String first = "thrift://127.0.0.1:" + portOfNobody();
    String second = "thrift://localhost:" + portOfNobody();
    try (MetastoreClient client = client(first + "," + second, Duration.ofSeconds(5), 2)) {
      assertThatThrownBy(client::databases)
          .hasMessageContaining(first)
          .satisfies(e -> assertThat(e.getSuppressed()[0]).hasMessageContaining(second));
    }
  }

  @Test
  void aServerThatDoesNotAnswerIsAskedOnceAndNotWaitedForLonger() throws Exception {
    List<Socket> accepted = new CopyOnWriteArrayList<>();
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      Thread acceptor = acceptor(silent, accepted, new byte[0]);
      String uri = "thrift://127.0.0.1:" + silent.getLocalPort();
      try (MetastoreClient client = client(uri, Duration.ofMillis(300), 1)) {
        assertThatThrownBy(client::databases)
            .hasMessageContaining(uri)
            .hasMessageContaining("PT0.3S")
            .extracting("code", "sqlState")
            .containsExactly("CATALOG_TIMEOUT", "HYT00");
      }
      silent.close();
      acceptor.join(5000);
      assertThat(accepted).hasSize(1);
    }
  }

  @Test
  void somethingElseAtTheAddressIsNoMetastore() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      acceptor(
          other,
          new CopyOnWriteArrayList<>(),
          "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      String uri = "thrift://127.0.0.1:" + other.getLocalPort();
      try (MetastoreClient client = client(uri, Duration.ofSeconds(2), 1)) {
        assertThatThrownBy(client::databases)
            .hasMessageContaining(uri)
            .extracting("code")
            .isEqualTo("CATALOG_UNAVAILABLE");
      }
    }
  }

  @Test
  void anExhaustedPoolIsAnErrorAfterTheTimeout() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(3);
    try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      acceptor(silent, new CopyOnWriteArrayList<>(), new byte[0]);
      String uri = "thrift://127.0.0.1:" + silent.getLocalPort();
      try (MetastoreClient client = client(uri, Duration.ofSeconds(1), 1)) {
        // One has the only connection and hears nothing; of the others, one at least cannot wait
        // for its turn.
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          calls.add(threads.submit(() -> codeOf(client::databases)));
        }
        List<String> codes = new ArrayList<>();
        for (Future<String> call : calls) {
          codes.add(call.get(60, TimeUnit.SECONDS));
        }
        assertThat(codes).contains("CATALOG_TIMEOUT", "CATALOG_BUSY");
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aServerBeforeHive3IsAskedInItsOwnWay() throws Exception {
    try (OldMetastore old = OldMetastore.start();
        MetastoreClient client = client(old.uri(), Duration.ofSeconds(5), 1)) {
      assertThat(client.table("db", "known")).get().extracting("tableName").isEqualTo("known");
      assertThat(client.table("db", "unknown")).isEmpty();
      assertThatThrownBy(() -> client.table("db", "broken"))
          .hasMessageContaining("the database is on fire")
          .extracting("code")
          .isEqualTo("CATALOG_REFUSED");
      assertThat(client.tables("db", List.of("known", "unknown"))).hasSize(1);
      assertThat(old.connections()).as("refusals leave the connection usable").isEqualTo(1);
    }
  }

  @Test
  void readsAddresses() {
    assertThat(MetastoreAddress.parse("thrift://a:1, thrift://b"))
        .containsExactly(new MetastoreAddress("a", 1), new MetastoreAddress("b", 9083));
    for (String wrong : List.of("", "a:1", "http://a:1", "thrift://a:1,", "thrift://a:1/x")) {
      assertThatThrownBy(() -> MetastoreAddress.parse(wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  private static void fillThePool(MetastoreClient client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> calls = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        calls.add(threads.submit(client::databases));
      }
      for (Future<?> call : calls) {
        call.get(60, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static String codeOf(Runnable call) {
    try {
      call.run();
      return "none";
    } catch (KitsuneException e) {
      return e.code();
    }
  }

  private static Thread acceptor(ServerSocket server, List<Socket> accepted, byte[] greeting) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (true) {
                  Socket socket = server.accept();
                  accepted.add(socket);
                  socket.getOutputStream().write(greeting);
                  socket.getOutputStream().flush();
                }
              } catch (IOException e) {
                for (Socket socket : accepted) {
                  close(socket);
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int portOfNobody() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static MetastoreClient client(String addresses, Duration timeout, int connections) {
    return new MetastoreClient(
        "test",
        new MetastoreSettings(
            MetastoreAddress.parse(addresses), Duration.ofSeconds(2), timeout, connections));
  }
}
