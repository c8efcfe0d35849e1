// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.trino;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.kitsune.engine.process.JvmProgram;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * What a cluster has in front of it: HTTPS with a certificate of its own, which lets in whoever
 * sends the right Authorization, and passes everything on to a real Trino as the user that the
 * client names.
 */
final class TrinoFront implements AutoCloseable {
  private static final String PASSWORD = "changeit";
  private static final String NO_NODES = "/v1/statement/queued/without-nodes";

  private final Path folder;
  private final String authorization;
  private final TrinoAddress behind;
  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, String> lastHeaders = new ConcurrentHashMap<>();
  private final AtomicInteger statements = new AtomicInteger();
  private final AtomicInteger withoutNodes = new AtomicInteger();
  private volatile Runnable onRefusal = () -> {};

  /**
   * Starts it.
   *
   * @param folder for its certificate
   * @param authorization the only one that it lets in
   */
  TrinoFront(Path folder, String authorization, TrinoAddress behind) throws Exception {
    this.folder = folder;
    this.authorization = authorization;
    this.behind = behind;
    Path store = folder.resolve("front.p12");
    keytool(
        "-genkeypair",
        "-alias",
        "front",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1",
        "-validity",
        "2",
        "-keystore",
        store.toString());
    keytool(
        "-exportcert",
        "-rfc",
        "-alias",
        "front",
        "-keystore",
        store.toString(),
        "-file",
        certificate().toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(threads);
    server.createContext("/", this::pass);
    server.start();
  }

  URI url() {
    return URI.create("https://127.0.0.1:" + server.getAddress().getPort());
  }

  /** PEM. */
  Path certificate() {
    return folder.resolve("front.pem");
  }

  /** What the last statement came with; names in lower case. */
  Map<String, String> lastHeaders() {
    return Map.copyOf(lastHeaders);
  }

  /**
   * Lets the next statements fail as they do in a Trino that knows none of its nodes.
   *
   * @param statements how many
   * @param refused run before each is answered
   */
  void knowNoNodes(int statements, Runnable refused) {
    withoutNodes.set(statements);
    onRefusal = refused;
  }

  /** How many statements it was given. */
  int statements() {
    return statements.get();
  }

  private void pass(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String sent = exchange.getRequestHeaders().getFirst("Authorization");
      if (!path.equals("/v1/info") && !authorization.equals(sent)) {
        exchange.sendResponseHeaders(401, -1);
      } else if (path.equals(NO_NODES)) {
        onRefusal.run();
        answerWith(exchange, "no-nodes-failed.json");
      } else if (exchange.getRequestMethod().equals("POST")) {
        statements.incrementAndGet();
        if (withoutNodes.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
          answerWith(exchange, "no-nodes-queued.json");
        } else {
          answer(exchange);
        }
      } else {
        answer(exchange);
      }
    }
  }

  /** An answer in the form of Trino 476's, with this front's address in it. */
  private void answerWith(HttpExchange exchange, String name) throws IOException {
    exchange.getRequestBody().readAllBytes();
    try (InputStream in = TrinoFront.class.getResourceAsStream(name)) {
      byte[] answer =
          new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .replace("${next}", url().resolve(NO_NODES).toString())
              .replace("${front}", url().toString())
              .getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().add("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String user = exchange.getRequestHeaders().getFirst("X-Trino-User");
    OkHttpClient client = behind.clientFor(user == null ? "nobody" : user);
    Request.Builder request =
        new Request.Builder().url(behind.url().resolve(exchange.getRequestURI()).toString());
    boolean statement = exchange.getRequestMethod().equals("POST");
    if (statement) {
      lastHeaders.clear();
    }
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (name.toLowerCase(Locale.ROOT).startsWith("x-trino-")) {
                // The Trino behind has no roles.
                if (!name.equalsIgnoreCase("X-Trino-Role")) {
                  values.forEach(value -> request.addHeader(name, value));
                }
                if (statement) {
                  lastHeaders.put(name.toLowerCase(Locale.ROOT), String.join(",", values));
                }
              }
            });
    // So that Trino names this front in the addresses that it gives.
    request.header("X-Forwarded-Host", url().getHost());
    request.header("X-Forwarded-Port", Integer.toString(url().getPort()));
    byte[] body = exchange.getRequestBody().readAllBytes();
    request.method(exchange.getRequestMethod(), statement ? RequestBody.create(body) : null);
    try (Response response = client.newCall(request.build()).execute()) {
      byte[] answer = response.body().bytes();
      String type = response.header("Content-Type");
      if (type != null) {
        exchange.getResponseHeaders().add("Content-Type", type);
      }
      exchange.sendResponseHeaders(response.code(), answer.length == 0 ? -1 : answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(JvmProgram.currentJavaHome().resolve("bin/keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-storepass", PASSWORD, "-noprompt"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("keytool failed: " + command);
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
