// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.kitsune.engine.flink.child.SharedSecret;
import io.kitsune.engine.supply.RunningServer;
import io.kitsune.error.KitsuneException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The REST API of Flink's SQL Gateway, version 2 of it, which every gateway since Flink 1.17 has.
 * The source is Flink's {@code rest_v2_sql_gateway.yml}. Thread-safe.
 */
final class GatewayClient {
  private static final String SESSIONS = "/v2/sessions";
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final Duration PROBE = Duration.ofSeconds(5);

  private static final JsonMapper JSON = new JsonMapper();

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final RunningServer<GatewayAddress> server;
  private final Duration answer;

  GatewayClient(RunningServer<GatewayAddress> server, Duration answer) {
    this.server = server;
    this.answer = answer;
  }

  RunningServer<GatewayAddress> server() {
    return server;
  }

  /** Whether a SQL Gateway answers; waits for a few seconds at most. */
  static boolean answers(GatewayAddress address) {
    try {
      HttpRequest request = request(address, "/v2/info", PROBE).GET().build();
      return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException nobody) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Opens a session with these keys and returns its handle. */
  String open(Map<String, String> properties) {
    return post(SESSIONS, Map.of("properties", properties)).path("sessionHandle").asText();
  }

  /** Runs a statement that neither starts a job nor yields rows, to its end. */
  void configure(String session, String statement) {
    post(SESSIONS + "/" + session + "/configure-session", Map.of("statement", statement));
  }

  /** Keeps a session from being closed because nobody used it. */
  void heartbeat(String session) {
    post(SESSIONS + "/" + session + "/heartbeat", Map.of());
  }

  void closeSession(String session) {
    send(request(SESSIONS + "/" + session).DELETE());
  }

  /**
   * Begins a statement and returns its operation's handle.
   *
   * @param configuration keys for this statement only
   */
  String submit(String session, String statement, Map<String, String> configuration) {
    return post(
            SESSIONS + "/" + session + "/statements",
            Map.of("statement", statement, "executionConfig", configuration))
        .path("operationHandle")
        .asText();
  }

  /** Where an operation's first rows are. */
  static String firstPage(String session, String operation) {
    return operation(session, operation) + "/result/0?rowFormat=JSON";
  }

  /**
   * Rows at a place that {@link #firstPage} or an earlier page named; at once, and perhaps none.
   *
   * @throws KitsuneException the statement's error, if it failed
   */
  ResultPage fetch(String place) {
    JsonNode page = send(request(place).GET());
    if (page.path("resultType").asText().equals("NOT_READY")) {
      return new ResultPage.NotReady();
    }
    List<JsonNode> rows = new ArrayList<>();
    page.path("results").path("data").forEach(rows::add);
    return new ResultPage.Rows(
        page.path("results").path("columns"),
        rows,
        text(page, "nextResultUri"),
        text(page, "jobID"),
        page.path("isQueryResult").asBoolean());
  }

  /** Ends what runs of an operation, and forgets it. */
  void close(String session, String operation) {
    send(request(operation(session, operation) + "/close").DELETE());
  }

  private static String operation(String session, String operation) {
    return SESSIONS + "/" + session + "/operations/" + operation;
  }

  /**
   * What the JobManager says of a job; empty where it knows no such job, or is out of reach. Waits
   * for seconds at most.
   */
  Optional<JsonNode> job(String id) {
    Optional<URI> jobManager = server.address().jobManager();
    if (jobManager.isEmpty()) {
      return Optional.empty();
    }
    GatewayAddress address =
        new GatewayAddress(jobManager.get(), server.address().secret(), jobManager);
    try {
      HttpResponse<byte[]> response =
          HTTP.send(
              request(address, "/jobs/" + id, PROBE).GET().build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == 200 ? Optional.of(parsed(response)) : Optional.empty();
    } catch (IOException nobody) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  private static Optional<String> text(JsonNode node, String field) {
    return Optional.ofNullable(node.get(field)).filter(JsonNode::isTextual).map(JsonNode::asText);
  }

  private JsonNode post(String path, Map<String, ?> body) {
    try {
      return send(
          request(path)
              .header("Content-Type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of texts can be written as JSON", e);
    }
  }

  private HttpRequest.Builder request(String path) {
    return request(server.address(), path, answer);
  }

  private static HttpRequest.Builder request(GatewayAddress address, String path, Duration limit) {
    URI base = address.uri();
    String prefix = base.getRawPath() == null ? "" : base.getRawPath();
    if (prefix.endsWith("/")) {
      prefix = prefix.substring(0, prefix.length() - 1);
    }
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(prefix + path)).timeout(limit);
    address.secret().ifPresent(secret -> request.header(SharedSecret.HEADER, secret));
    return request;
  }

  private JsonNode send(HttpRequest.Builder request) {
    HttpResponse<byte[]> response;
    try {
      response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw server.gone(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KitsuneException(
          "ENGINE_INTERRUPTED", "57014", "Interrupted while Flink was asked", e);
    }
    if (response.statusCode() == 401 || response.statusCode() == 403) {
      throw new KitsuneException(
          "ENGINE_ACCESS_DENIED",
          "28000",
          "Flink's SQL Gateway at %s lets nobody in like this (HTTP status %d)."
              .formatted(server.address(), response.statusCode()));
    }
    JsonNode body = parsed(response);
    if (response.statusCode() / 100 != 2) {
      throw FlinkErrors.of(response.statusCode(), body);
    }
    return body;
  }

  private static JsonNode parsed(HttpResponse<byte[]> response) {
    try (JsonParser parser = new ExactNumbers(JSON.createParser(response.body()))) {
      JsonNode body = JSON.readTree(parser);
      return body == null ? JSON.missingNode() : body;
    } catch (IOException e) {
      throw new KitsuneException(
          "ENGINE_PROTOCOL_ERROR",
          "08P01",
          "Flink's SQL Gateway answered with HTTP status %d and something that is not JSON."
              .formatted(response.statusCode()),
          e);
    }
  }
}
