// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark.child;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Tells the gateway how many tasks a statement has and has finished: numbers, never a text. Listens
 * on the loopback address, which every user of the machine reaches, so who asks must know a secret.
 * Where it listens and the secret stand in a file in a folder that only the gateway's user may
 * enter.
 */
public final class ProgressEndpoint {
  /** The system property with the file's name. */
  public static final String PROPERTY = "kitsune.spark.progress";

  /** The HTTP header that carries the secret. */
  public static final String HEADER = "x-kitsune-secret";

  /** What a statement's id is put behind. */
  public static final String PATH = "/statements/";

  private static final int BYTES = 32;

  private final StatementTasks tasks;
  private final byte[] secret;

  private ProgressEndpoint(StatementTasks tasks, String secret) {
    this.tasks = tasks;
    this.secret = secret.getBytes(StandardCharsets.UTF_8);
  }

  /** Serves for as long as the process lives, on threads that do not keep it alive. */
  static void open(StatementTasks tasks, Path file) throws IOException {
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String secret = HexFormat.of().formatHex(random);
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
    server.createContext("/", new ProgressEndpoint(tasks, secret)::answer);
    // Its thread is a daemon if the one that starts it is: Spark's end must be the process's.
    Thread starter = new Thread(server::start, "progress-endpoint");
    starter.setDaemon(true);
    starter.start();
    Path written = file.resolveSibling(file.getFileName() + ".part");
    Files.write(written, List.of(Integer.toString(server.getAddress().getPort()), secret));
    Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String given = exchange.getRequestHeaders().getFirst(HEADER);
      String path = exchange.getRequestURI().getPath();
      if (given == null || !MessageDigest.isEqual(secret, given.getBytes(StandardCharsets.UTF_8))) {
        exchange.sendResponseHeaders(403, -1);
        return;
      }
      Optional<TaskCount> count =
          path.startsWith(PATH) ? tasks.of(path.substring(PATH.length())) : Optional.empty();
      if (count.isEmpty()) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = count.get().toJson().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
