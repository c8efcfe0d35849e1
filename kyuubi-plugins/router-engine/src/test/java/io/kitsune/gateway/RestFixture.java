// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kitsune.engine.EngineLauncher;
import io.kitsune.gateway.rest.RestListener;
import io.kitsune.gateway.rest.RestSettings;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import io.kitsune.router.Engine;
import io.kitsune.router.reading.ReadingLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway with its REST API on a free loopback port, and a client. */
final class RestFixture implements AutoCloseable {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofMinutes(2);

  final GatewayFixture fixture;
  final RestListener rest;
  final HttpClient http = HttpClient.newHttpClient();

  RestFixture() throws IOException {
    this(settings(100, Duration.ofMinutes(10)), Map.of());
  }

  RestFixture(RestSettings settings, Map<Engine, EngineLauncher> engines) throws IOException {
    fixture = new GatewayFixture(GatewayFixture.defaults(Transport.SASL_PLAIN), engines);
    rest = RestListener.start(settings, fixture.gateway.direct(), Optional.empty());
  }

  /** Small limits: 50 rows or 4 KiB a page, 64 KiB a body. */
  static RestSettings settings(int maxStatementsPerUser, Duration idle) {
    return new RestSettings(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        32,
        64 << 10,
        50,
        4 << 10,
        1_000,
        maxStatementsPerUser,
        idle,
        Set.of("https://editor.example"),
        ReadingLimits.DEFAULT);
  }

  /** An answer: status, headers, and the body as JSON (missing where there is none). */
  record Reply(HttpResponse<String> response, JsonNode json) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + rest.port() + path))
        .timeout(LIMIT)
        .header("Authorization", basic("alice"));
  }

  static String basic(String user) {
    return "Basic "
        + Base64.getEncoder().encodeToString((user + ":secret").getBytes(StandardCharsets.UTF_8));
  }

  Reply send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new Reply(
        response, type.contains("json") ? MAPPER.readTree(response.body()) : MAPPER.missingNode());
  }

  Reply get(String path) throws IOException, InterruptedException {
    return send(request("/api/v1" + path));
  }

  Reply post(String path, String body) throws IOException, InterruptedException {
    return send(
        request("/api/v1" + path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body)));
  }

  Reply delete(String path) throws IOException, InterruptedException {
    return send(request("/api/v1" + path).DELETE());
  }

  /** Runs a statement to its end, or for a minute. */
  Reply run(String sql) throws IOException, InterruptedException {
    return post(
        "/statements?wait=60",
        MAPPER.writeValueAsString(MAPPER.createObjectNode().put("sql", sql)));
  }

  @Override
  public void close() {
    rest.close();
    fixture.close();
  }
}
