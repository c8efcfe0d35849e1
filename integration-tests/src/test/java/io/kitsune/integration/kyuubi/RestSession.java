// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration.kyuubi;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A session of Kyuubi's REST API, as its web page uses it. */
final class RestSession implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final int PAGE = 1_000;
  private static final Set<String> ENDED =
      Set.of("FINISHED_STATE", "ERROR_STATE", "CANCELED_STATE", "CLOSED_STATE", "TIMEOUT_STATE");

  private final String address;
  private final String session;

  private RestSession(String address, String session) {
    this.address = address;
    this.session = session;
  }

  static RestSession open(int port, Map<String, String> settings)
      throws IOException, InterruptedException {
    String address = "http://127.0.0.1:" + port + "/api/v1";
    JsonNode opened = call(address, "POST", "/sessions", Map.of("configs", settings));
    return new RestSession(address, opened.get("identifier").asText());
  }

  /** Begins a statement. */
  Operation begin(String sql, Map<String, String> settings)
      throws IOException, InterruptedException {
    JsonNode begun =
        call(
            address,
            "POST",
            "/sessions/" + session + "/operations/statement",
            Map.of("statement", sql, "runAsync", "true", "confOverlay", settings));
    return new Operation(begun.get("identifier").asText());
  }

  /** The rows of a statement as texts, NULL as null. */
  List<List<String>> rows(String sql) throws IOException, InterruptedException {
    Operation operation = begin(sql, Map.of());
    String state = operation.awaitEnd();
    if (!state.equals("FINISHED_STATE")) {
      throw new IOException(sql + ": " + state + " " + operation.error());
    }
    List<List<String>> rows = operation.rows();
    operation.act("CLOSE");
    return rows;
  }

  @Override
  public void close() throws IOException {
    try {
      call(address, "DELETE", "/sessions/" + session, null);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  /** A statement that was begun. */
  final class Operation {
    private final String path;

    private Operation(String id) {
      this.path = "/operations/" + id;
    }

    /** The state that it ends in. */
    String awaitEnd() {
      return await().atMost(LIMIT).until(this::state, ENDED::contains);
    }

    String state() throws IOException, InterruptedException {
      return call(address, "GET", path + "/event", null).get("state").asText();
    }

    String error() throws IOException, InterruptedException {
      JsonNode exception = call(address, "GET", path + "/event", null).path("exception");
      return exception.path("message").asText(exception.toString());
    }

    /** The labels of the columns. */
    List<String> labels() throws IOException, InterruptedException {
      List<String> labels = new ArrayList<>();
      call(address, "GET", path + "/resultsetmetadata", null)
          .get("columns")
          .forEach(column -> labels.add(column.get("columnName").asText()));
      return labels;
    }

    /** All rows, page by page. */
    List<List<String>> rows() throws IOException, InterruptedException {
      List<List<String>> rows = new ArrayList<>();
      while (true) {
        JsonNode page =
            call(address, "GET", path + "/rowset?fetchorientation=FETCH_NEXT&maxrows=" + PAGE, null)
                .get("rows");
        if (page.isEmpty()) {
          return rows;
        }
        for (JsonNode row : page) {
          List<String> values = new ArrayList<>();
          row.get("fields").forEach(field -> values.add(text(field.get("value"))));
          rows.add(values);
        }
      }
    }

    /** The lines of the operation log so far. */
    List<String> log() throws IOException, InterruptedException {
      List<String> lines = new ArrayList<>();
      call(address, "GET", path + "/log?maxrows=" + PAGE, null)
          .get("logRowSet")
          .forEach(line -> lines.add(line.asText()));
      return lines;
    }

    /** CANCEL or CLOSE. */
    void act(String action) throws IOException, InterruptedException {
      call(address, "PUT", path, Map.of("action", action));
    }
  }

  private static String text(JsonNode value) {
    return value.isNull() ? null : value.asText();
  }

  private static JsonNode call(String address, String method, String path, Object body)
      throws IOException, InterruptedException {
    String user = Base64.getEncoder().encodeToString("tester:".getBytes(StandardCharsets.UTF_8));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address + path))
            .timeout(LIMIT)
            .header("Authorization", "Basic " + user)
            .header("Content-Type", "application/json")
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
    var response = CLIENT.send(request.build(), BodyHandlers.ofString());
    if (response.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + ": " + response.statusCode() + response.body());
    }
    return JSON.readTree(response.body());
  }
}
