// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.catalog.TableName;
import io.kitsune.gateway.RestFixture.Reply;
import io.kitsune.router.Engine;
import io.kitsune.router.Statement;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Statements that run for long, sessions, limits, and the end of everything. */
final class RestLifeTest {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private BlockingEngine engine;
  private RestFixture api;

  @BeforeEach
  void start() throws Exception {
    open(3, Duration.ofMinutes(10));
  }

  private void open(int maxStatements, Duration idle) throws Exception {
    engine = new BlockingEngine();
    api = new RestFixture(RestFixture.settings(maxStatements, idle), Map.of(Engine.SPARK, engine));
    api.fixture.routing.spark(ScriptedRouting.opaque("wait"));
    api.fixture.routing.spark(ScriptedRouting.opaque("done"));
    api.fixture.routing.spark(ScriptedRouting.opaque("fail"));
    api.fixture.routing.duckDb(
        "many", "SELECT range AS id FROM range(120)", Column.of("id", Simple.BIGINT));
  }

  @AfterEach
  void stop() {
    api.close();
    assertThat(engine.unclosed).hasValue(0);
  }

  private String started() throws Exception {
    Reply reply = api.post("/statements?wait=0", "{\"sql\":\"wait\"}");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().get("state").textValue()).isIn("pending", "running");
    return reply.json().get("id").textValue();
  }

  @Test
  void tellsWhatRunsAndStopsIt() throws Exception {
    String id = started();
    await()
        .atMost(LIMIT)
        .until(
            () ->
                api.get("/statements/" + id).json().path("progress").path("fraction").asDouble()
                    == 0.25);
    Reply rows = api.get("/statements/" + id + "/rows");
    assertThat(rows.status()).isEqualTo(409);
    assertThat(rows.json().get("code").textValue()).isEqualTo("OPERATION_RUNNING");
    assertThat(rows.header("Retry-After")).isEqualTo("1");
    JsonNode log = api.get("/statements/" + id + "/log").json();
    assertThat(log.get("lines").get(0).textValue()).startsWith("route: spark");
    int next = log.get("next").intValue();
    assertThat(api.get("/statements/" + id + "/log?from=" + next + "&limit=1").status())
        .isEqualTo(200);

    Reply cancelled = api.post("/statements/" + id + "/cancel", "");
    assertThat(cancelled.json().get("state").textValue()).isEqualTo("cancelled");
    assertThat(cancelled.json().get("error").get("sqlState").textValue()).isEqualTo("57014");
    assertThat(api.get("/statements/" + id + "/rows").json().get("code").textValue())
        .isEqualTo("STATEMENT_CANCELLED");
    await().atMost(LIMIT).until(() -> engine.unclosed.get() == 0);
    await().atMost(LIMIT).until(() -> api.fixture.gateway.sessions() == 0);
    assertThat(api.fixture.reports)
        .extracting(StatementReport::end)
        .containsExactly(StatementReport.End.CANCELLED);
  }

  @Test
  void sendsEventsUntilTheStatementIsOver() throws Exception {
    String id = started();
    HttpResponse<Stream<String>> events =
        api.http.send(
            api.request("/api/v1/statements/" + id + "/events").build(), BodyHandlers.ofLines());
    assertThat(events.statusCode()).isEqualTo(200);
    assertThat(events.headers().firstValue("Content-Type").orElse(""))
        .startsWith("text/event-stream");
    try (Stream<String> lines = events.body()) {
      boolean[] asked = {false};
      List<String> seen =
          lines
              .peek(
                  line -> {
                    if (line.startsWith("data:") && line.contains("0.25") && !asked[0]) {
                      asked[0] = true;
                      cancel(id);
                    }
                  })
              .filter(line -> !line.isEmpty())
              .toList();
      assertThat(seen).contains("event: progress", "id: 1");
      assertThat(seen.get(seen.size() - 3)).isEqualTo("event: end");
      JsonNode last =
          new ObjectMapper().readTree(seen.get(seen.size() - 1).substring("data: ".length()));
      assertThat(last.get("state").textValue()).isEqualTo("cancelled");
    }
  }

  private void cancel(String id) {
    try {
      api.post("/statements/" + id + "/cancel", "");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void waitsForTheEndIfAsked() throws Exception {
    String id = started();
    Thread stopper = new Thread(() -> cancel(id));
    stopper.start();
    JsonNode status = api.get("/statements/" + id + "?wait=60").json();
    stopper.join();
    assertThat(status.get("state").textValue()).isEqualTo("cancelled");
  }

  @Test
  void stopsWhatIsDeleted() throws Exception {
    String id = started();
    await().atMost(LIMIT).until(() -> engine.unclosed.get() == 1);
    assertThat(api.delete("/statements/" + id).status()).isEqualTo(204);
    await().atMost(LIMIT).until(() -> engine.unclosed.get() == 0);
    assertThat(api.get("/statements/" + id).status()).isEqualTo(404);
  }

  @Test
  void keepsNoMoreThanItsUserMay() throws Exception {
    String first = started();
    started();
    started();
    Reply fourth = api.post("/statements", "{\"sql\":\"wait\"}");
    assertThat(fourth.status()).isEqualTo(429);
    assertThat(fourth.json().get("code").textValue()).isEqualTo("STATEMENT_LIMIT");
    assertThat(api.get("/statements").json().get("statements")).hasSize(3);
    api.delete("/statements/" + first);
    assertThat(api.post("/statements?wait=60", "{\"sql\":\"done\"}").status()).isEqualTo(201);
  }

  @Test
  void freesWhatIsReadOrFailedAndForgetsWhatNobodyAsksFor() throws Exception {
    stop();
    open(3, Duration.ofMillis(1));
    String failed = api.run("fail").json().get("id").textValue();
    String unread = api.run("many").json().get("id").textValue();
    assertThat(api.fixture.reports)
        .extracting(StatementReport::end)
        .contains(StatementReport.End.FAILED);
    for (String id : List.of(failed, unread)) {
      await().atMost(LIMIT).until(() -> api.get("/statements").json().get("statements").isEmpty());
      assertThat(api.get("/statements/" + id).status()).isEqualTo(404);
    }
    assertThat(api.fixture.gateway.sessions()).isZero();
    assertThat(api.fixture.reports).hasSize(2);
  }

  @Test
  void keepsASessionsSettings() throws Exception {
    api.fixture.routing.command(new Statement.SetKey("SET a=b", "a", "b"));
    api.fixture.routing.command(new Statement.ShowSettings("SET a", Optional.of("a")));
    Reply opened = api.post("/sessions", "{\"schema\":\"default\",\"client\":\"editor\"}");
    assertThat(opened.status()).isEqualTo(201);
    String session = opened.json().get("id").textValue();
    assertThat(opened.header("Location")).isEqualTo("/api/v1/sessions/" + session);
    String body = "{\"sql\":\"%s\",\"sessionId\":\"" + session + "\"}";
    api.post("/statements?wait=60", body.formatted("SET a=b"));
    JsonNode shown = api.post("/statements?wait=60", body.formatted("SET a")).json();
    assertThat(shown.get("rows").toString()).isEqualTo("[[\"a\",\"b\"]]");
    assertThat(shown.get("sessionId").textValue()).isEqualTo(session);
    assertThat(api.get("/sessions/" + session).json().get("settings").get("a").textValue())
        .isEqualTo("b");
    Reply others =
        api.send(
            api.request("/api/v1/sessions/" + session)
                .setHeader("Authorization", RestFixture.basic("bob")));
    assertThat(others.status()).isEqualTo(404);
    assertThat(api.delete("/sessions/" + session).status()).isEqualTo(204);
    assertThat(api.get("/sessions/" + session).status()).isEqualTo(404);
    assertThat(api.post("/statements", body.formatted("done")).status()).isEqualTo(404);
  }

  @Test
  void listsNamesForCompletion() throws Exception {
    api.fixture.catalogs.add(
        MemoryCatalogs.hive(
            TableName.of("spark_catalog", "default", "orders"),
            List.of(Column.of("id", Simple.BIGINT)),
            List.of()));
    assertThat(api.get("/catalogs").json().get("catalogs").get(0).get("name").textValue())
        .isEqualTo("spark_catalog");
    assertThat(api.get("/catalogs/spark_catalog/schemas?prefix=DEF").json().get("schemas"))
        .hasSize(1);
    assertThat(
            api.get("/catalogs/spark_catalog/schemas/default/tables?prefix=x").json().get("tables"))
        .isEmpty();
    JsonNode columns =
        api.get("/catalogs/spark_catalog/schemas/default/tables/orders/columns").json();
    assertThat(columns.get("columns").get(0).get("type").textValue()).isEqualTo("bigint");
    assertThat(api.get("/catalogs/nowhere/schemas").json().get("code").textValue())
        .isEqualTo("CATALOG_NOT_FOUND");
    assertThat(api.get("/catalogs/spark_catalog/schemas/default/tables/nothing/columns").status())
        .isEqualTo(404);
  }

  @Test
  void isNotReadyWhileItDrainsAndTakesNothingNew() throws Exception {
    assertThat(api.get("/health/ready").status()).isEqualTo(200);
    String id = started();
    assertThat(api.fixture.gateway.drain(Duration.ZERO)).isFalse();
    Reply ready = api.get("/health/ready");
    assertThat(ready.status()).isEqualTo(503);
    assertThat(ready.json().get("state").textValue()).isEqualTo("draining");
    assertThat(api.get("/health/live").status()).isEqualTo(200);
    Reply refused = api.post("/statements", "{\"sql\":\"done\"}");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.json().get("code").textValue()).isEqualTo("GATEWAY_DRAINING");
    assertThat(api.get("/statements/" + id).status()).isEqualTo(200);
    api.delete("/statements/" + id);
    assertThat(api.fixture.gateway.drain(LIMIT)).isTrue();
  }

  @Test
  void readsColumnsWhateverTheSessionAsksFor() throws Exception {
    Reply opened =
        api.post(
            "/sessions",
            "{\"settings\":{\"kyuubi.operation.result.format\":\"arrow\",\"spark.sql.x\":\"y\"}}");
    String session = opened.json().get("id").textValue();
    JsonNode answer =
        api.post(
                "/statements?wait=60",
                "{\"sql\":\"many\",\"sessionId\":\"%s\",\"maxRows\":2,\"settings\":{\"kyuubi.operation.result.format\":\"arrow\"}}"
                    .formatted(session))
            .json();
    assertThat(answer.get("rows").toString()).isEqualTo("[[0],[1]]");
    assertThat(
            api.get("/sessions/" + session)
                .json()
                .get("settings")
                .get("kyuubi.operation.result.format")
                .textValue())
        .isEqualTo("thrift");
  }

  @Test
  void stopsEverythingWhenItIsClosed() throws Exception {
    started();
    await().atMost(LIMIT).until(() -> engine.unclosed.get() == 1);
    api.rest.close();
    await().atMost(LIMIT).until(() -> engine.unclosed.get() == 0);
    assertThat(api.fixture.gateway.sessions()).isZero();
  }
}
