// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.kitsune.engine.ProgressListener;
import io.kitsune.engine.SessionSettings;
import io.kitsune.engine.flink.child.SharedSecret;
import io.kitsune.engine.process.LoopbackPort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A SQL Gateway that was not started by the launcher under test, below a path: {@link
 * SharedFlink}'s, let in by a proxy that adds the secret. It can hold an answer back.
 */
final class GatewayProxy implements AutoCloseable {
  private static final String PATH = "/some/flink";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final GatewayAddress target;
  private volatile Optional<Held> held = Optional.empty();

  /** An answer that is held back, from when it came until it may go on. */
  record Held(String text, CountDownLatch came, CountDownLatch released) {}

  GatewayProxy() throws IOException {
    try (FlinkSession session =
        (FlinkSession)
            SharedFlink.launcher()
                .open(new SessionSettings("proxy", "tester", 9, Map.of()), ProgressListener.NONE)) {
      target = session.address();
    }
    server = HttpServer.create(new InetSocketAddress(LoopbackPort.HOST, 0), 0);
    server.setExecutor(threads);
    server.createContext(PATH, this::forward);
    server.start();
  }

  URI uri() {
    return URI.create("http://" + LoopbackPort.HOST + ":" + server.getAddress().getPort() + PATH);
  }

  /** Holds back the next answer with that text. */
  Held hold(String text) {
    Held next = new Held(text, new CountDownLatch(1), new CountDownLatch(1));
    held = Optional.of(next);
    return next;
  }

  private void forward(HttpExchange exchange) throws IOException {
    try (exchange) {
      URI asked = exchange.getRequestURI();
      String query = asked.getRawQuery() == null ? "" : "?" + asked.getRawQuery();
      HttpRequest.Builder request =
          HttpRequest.newBuilder(
                  target.uri().resolve(asked.getRawPath().substring(PATH.length()) + query))
              .method(
                  exchange.getRequestMethod(),
                  HttpRequest.BodyPublishers.ofByteArray(exchange.getRequestBody().readAllBytes()))
              .header("Content-Type", "application/json")
              .header(SharedSecret.HEADER, target.secret().orElseThrow());
      HttpResponse<byte[]> answer =
          client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
      holdBack(new String(answer.body(), StandardCharsets.UTF_8));
      exchange.sendResponseHeaders(
          answer.statusCode(), answer.body().length == 0 ? -1 : answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void holdBack(String answer) throws InterruptedException {
    Optional<Held> now = held.filter(some -> answer.contains(some.text()));
    if (now.isPresent()) {
      held = Optional.empty();
      now.get().came().countDown();
      now.get().released().await();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
