// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The REST API before real engines: paged, overridden, refused, stopped, watched, remembered. */
@ExtendWith(LiveLake.class)
class RestTest {
  private static final Duration SOON = Duration.ofSeconds(120);
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String USER =
      "Basic "
          + Base64.getEncoder().encodeToString("rest-tester:".getBytes(StandardCharsets.UTF_8));

  private final HttpClient http = HttpClient.newHttpClient();

  @AfterEach
  void leaveNothing() throws Exception {
    for (JsonNode statement : get("/statements").get("statements")) {
      send(request("/statements/" + statement.get("id").textValue()).DELETE());
    }
  }

  private static HttpRequest.Builder request(String path) {
    int port = LiveLake.get().engine().restPort().orElseThrow();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
        .timeout(SOON.plusSeconds(60))
        .header("Authorization", USER);
  }

  private JsonNode send(HttpRequest.Builder request) throws Exception {
    String body = http.send(request.build(), BodyHandlers.ofString()).body();
    return body.isEmpty() ? MAPPER.missingNode() : MAPPER.readTree(body);
  }

  private JsonNode get(String path) throws Exception {
    return send(request(path));
  }

  private JsonNode post(String path, JsonNode body) throws Exception {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(body))));
  }

  private static ObjectNode sql(String sql) {
    return MAPPER.createObjectNode().put("sql", sql);
  }

  /** Runs it to its end, however long an engine takes to start. */
  private JsonNode run(ObjectNode statement) throws Exception {
    JsonNode started = post("/statements?wait=60&pageSize=1000", statement);
    String id = started.path("id").textValue();
    if (started.get("state").textValue().equals("finished")) {
      return started;
    }
    JsonNode[] status = {started};
    await()
        .atMost(Duration.ofMinutes(5))
        .until(
            () -> {
              status[0] = get("/statements/" + id + "?wait=30");
              return !List.of("pending", "running").contains(status[0].get("state").textValue());
            });
    if (!status[0].get("state").textValue().equals("finished")) {
      return status[0];
    }
    JsonNode page = get("/statements/" + id + "/rows");
    return ((ObjectNode) status[0]).setAll((ObjectNode) page);
  }

  @Test
  void everyEnginesRowsComeByPagesAndAlike() throws Exception {
    List<String> answers = new ArrayList<>();
    for (String engine : List.of("duckdb", "spark")) {
      ObjectNode statement =
          sql(
              "SELECT n_nationkey AS k, n_name AS n, CAST(n_nationkey AS DECIMAL(20,2)) / 4 AS d,"
                  + " CAST(NULL AS DATE) AS nothing FROM nation WHERE n_nationkey < :most ORDER BY k");
      statement.put("schema", "tpch").put("engine", engine);
      statement.putObject("parameters").put("most", 20);
      JsonNode answer = run(statement);
      assertThat(answer.get("state").textValue()).as(answer.toString()).isEqualTo("finished");
      assertThat(answer.get("decision").get("engine").textValue()).isEqualTo(engine);
      assertThat(answer.get("rows")).hasSize(20);
      answers.add(answer.get("columns") + "\n" + answer.get("rows"));
    }
    assertThat(answers.get(1)).isEqualTo(answers.get(0));

    ObjectNode many = sql("SELECT id FROM range(10000)").put("engine", "spark");
    JsonNode page = run(many);
    String id = page.get("id").textValue();
    List<Long> ids = new ArrayList<>();
    page.get("rows").forEach(row -> ids.add(row.get(0).longValue()));
    while (page.has("nextPageToken")) {
      page =
          get(
              "/statements/%s/rows?pageSize=3000&pageToken=%s"
                  .formatted(id, page.get("nextPageToken").textValue()));
      page.get("rows").forEach(row -> ids.add(row.get(0).longValue()));
    }
    assertThat(ids)
        .containsExactlyInAnyOrderElementsOf(LongStream.range(0, 10_000).boxed().toList());
  }

  @Test
  void anImpossibleChoiceIsRefusedWithTheVetoes() throws Exception {
    ObjectNode statement =
        sql("SELECT percentile_approx(n_nationkey, 0.5) FROM tpch.nation").put("engine", "duckdb");
    JsonNode answer = run(statement);
    assertThat(answer.get("state").textValue()).isEqualTo("failed");
    assertThat(answer.get("error").get("sqlState").textValue()).isEqualTo("0A000");
    assertThat(answer.get("error").get("detail").textValue()).contains("percentile_approx");
    JsonNode decision = post("/route", sql(statement.get("sql").textValue()));
    assertThat(decision.get("engine").textValue()).isEqualTo("spark");
    assertThat(decision.get("vetoes").toString()).contains("percentile_approx");
    JsonNode count = post("/route", sql("SELECT count(*) FROM tpch.nation"));
    assertThat(count.get("engine").textValue()).isEqualTo("duckdb");
    assertThat(count.get("tables").get(0).get("name").textValue())
        .isEqualTo("spark_catalog.tpch.nation");
    JsonNode wrong = post("/route", sql("SELECT 1\nFROM (("));
    assertThat(wrong.get("code").textValue()).isEqualTo("PARSE_SYNTAX_ERROR");
    assertThat(wrong.get("line").intValue()).isEqualTo(2);
  }

  @Test
  void aLongStatementIsWatchedAndStopped() throws Exception {
    JsonNode started =
        post(
            "/statements?wait=0",
            sql("SELECT sum(id % 7) FROM range(0, 100000000000, 1, 2000)").put("engine", "spark"));
    String id = started.get("id").textValue();
    HttpResponse<Stream<String>> events =
        http.send(request("/statements/" + id + "/events").build(), BodyHandlers.ofLines());
    List<String> seen = new ArrayList<>();
    try (Stream<String> lines = events.body()) {
      lines.forEach(
          line -> {
            if (line.contains(" tasks")
                && seen.stream().noneMatch(each -> each.contains(" tasks"))) {
              cancel(id);
            }
            seen.add(line);
          });
    }
    assertThat(seen).contains("event: end").anyMatch(line -> line.contains("\"cancelled\""));
    assertThat(get("/statements/" + id).get("error").get("code").textValue())
        .isEqualTo("STATEMENT_CANCELLED");
    assertThat(get("/statements/" + id + "/log").get("lines").toString()).contains("route: spark");
  }

  private void cancel(String id) {
    try {
      send(request("/statements/" + id + "/cancel").POST(BodyPublishers.noBody()));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aSessionsTemporaryViewStaysAndTheHistoryIsTheUsersOwn() throws Exception {
    JsonNode session = post("/sessions", MAPPER.createObjectNode().put("schema", "tpch"));
    String id = session.get("id").textValue();
    run(
        sql("CREATE TEMPORARY VIEW few AS SELECT * FROM nation WHERE n_nationkey < 3")
            .put("sessionId", id));
    JsonNode count = run(sql("SELECT count(*) AS rest_rows FROM few").put("sessionId", id));
    assertThat(count.get("rows").toString()).isEqualTo("[[3]]");
    assertThat(get("/sessions/" + id).get("temporaryViews").toString()).isEqualTo("[\"few\"]");
    send(request("/sessions/" + id).DELETE());
    await()
        .atMost(SOON)
        .until(() -> get("/history").get("statements").toString().contains("rest_rows"));
    JsonNode others =
        send(
            request("/history")
                .setHeader(
                    "Authorization",
                    "Basic "
                        + Base64.getEncoder()
                            .encodeToString("x:".getBytes(StandardCharsets.UTF_8))));
    assertThat(others.get("statements")).isEmpty();
  }

  @Test
  void namesForCompletionComeFromTheCatalogs() throws Exception {
    assertThat(get("/catalogs/spark_catalog/schemas/tpch/tables?prefix=NAT").toString())
        .isEqualTo("{\"tables\":[{\"name\":\"nation\",\"kind\":\"table\"}],\"more\":false}");
    assertThat(get("/catalogs/spark_catalog/schemas/tpch/tables/nation/columns").toString())
        .contains("n_nationkey");
    assertThat(get("/engines").get("engines").findValuesAsText("engine"))
        .contains("duckdb", "spark");
  }
}
