// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.gateway.RestFixture.Reply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Statements over the REST API, on a real DuckDB. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RestApiTest {
  private RestFixture api;

  @BeforeAll
  void start() throws IOException {
    api = new RestFixture();
    api.fixture.routing.duckDb("one", "SELECT 1 AS a", Column.of("a", Simple.INT));
    api.fixture.routing.duckDb(
        "many", "SELECT range AS id FROM range(120)", Column.of("id", Simple.BIGINT));
    api.fixture.routing.duckDb(
        "wide",
        "SELECT range AS id, repeat('x', 1500) AS text FROM range(5)",
        Column.of("id", Simple.BIGINT),
        Column.of("text", Simple.STRING));
    api.fixture.routing.duckDb("none", "SELECT 1 AS a WHERE false", Column.of("a", Simple.INT));
  }

  @AfterAll
  void stop() {
    api.close();
  }

  @Test
  void answersASmallStatementAtOnce() throws Exception {
    Reply reply = api.run("one");

    assertThat(reply.status()).isEqualTo(201);
    String id = reply.json().get("id").textValue();
    assertThat(reply.header("Location")).isEqualTo("/api/v1/statements/" + id);
    assertThat(reply.json().get("state").textValue()).isEqualTo("finished");
    assertThat(reply.json().get("decision").get("engine").textValue()).isEqualTo("duckdb");
    assertThat(reply.json().get("decision").get("vetoes").get(0).get("engine").textValue())
        .isEqualTo("trino");
    assertThat(reply.json().get("columns").toString())
        .isEqualTo("[{\"name\":\"a\",\"type\":\"int\"}]");
    assertThat(reply.json().get("rows").toString()).isEqualTo("[[1]]");
    assertThat(reply.json().has("nextPageToken")).isFalse();
    assertThat(api.get("/statements/" + id).json().get("rowsReturned").intValue()).isEqualTo(1);
  }

  @Test
  void pagesEveryRowOnceAndTheLastPageAgain() throws Exception {
    Reply first = api.post("/statements?wait=60&pageSize=50", "{\"sql\":\"many\"}");
    String id = first.json().get("id").textValue();
    List<Long> ids = ids(first.json());
    String token = first.json().get("nextPageToken").textValue();
    while (token != null) {
      Reply page = api.get("/statements/%s/rows?pageToken=%s&pageSize=50".formatted(id, token));
      Reply again = api.get("/statements/%s/rows?pageToken=%s&pageSize=7".formatted(id, token));
      assertThat(page.status()).isEqualTo(200);
      assertThat(again.json()).isEqualTo(page.json());
      ids.addAll(ids(page.json()));
      String read = token;
      token = page.json().path("nextPageToken").textValue();
      if (!read.equals("p1")) {
        Reply older = api.get("/statements/%s/rows?pageToken=p1".formatted(id));
        assertThat(older.status()).isEqualTo(410);
        assertThat(older.json().get("code").textValue()).isEqualTo("PAGE_GONE");
      }
    }
    assertThat(ids).hasSize(120).doesNotHaveDuplicates().contains(0L, 119L);
    for (String never : List.of("?pageToken=p99", "?pageToken=p7")) {
      assertThat(api.get("/statements/" + id + "/rows" + never).status()).isEqualTo(404);
    }
    assertThat(api.get("/statements/" + id + "/rows").status()).isEqualTo(410);
    assertThat(api.get("/statements/" + id + "/rows?pageToken=x").status()).isEqualTo(400);
  }

  private static List<Long> ids(JsonNode page) {
    List<Long> ids = new ArrayList<>();
    page.get("rows").forEach(row -> ids.add(row.get(0).longValue()));
    return ids;
  }

  @Test
  void cutsAPageWhereItWouldBeTooLong() throws Exception {
    JsonNode first = api.run("wide").json();

    assertThat(first.get("rows")).hasSize(3);
    Reply rest =
        api.get(
            "/statements/%s/rows?pageToken=%s"
                .formatted(first.get("id").textValue(), first.get("nextPageToken").textValue()));
    assertThat(ids(rest.json())).containsExactly(3L, 4L);
  }

  @Test
  void answersAnEmptyResultWithColumns() throws Exception {
    JsonNode none = api.run("none").json();

    assertThat(none.get("rows")).isEmpty();
    assertThat(none.get("columns")).hasSize(1);
    assertThat(none.has("nextPageToken")).isFalse();
  }

  @Test
  void saysOfAStatementWhyItFailed() throws Exception {
    Reply reply = api.run("no such text");

    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().get("state").textValue()).isEqualTo("failed");
    JsonNode error = reply.json().get("error");
    assertThat(error.get("code").textValue()).isEqualTo("PARSE_SYNTAX_ERROR");
    assertThat(error.get("sqlState").textValue()).isEqualTo("42601");
    Reply rows = api.get("/statements/" + reply.json().get("id").textValue() + "/rows");
    assertThat(rows.status()).isEqualTo(409);
    assertThat(rows.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(rows.json().get("type").textValue())
        .isEqualTo("urn:kitsune:error:PARSE_SYNTAX_ERROR");
  }

  @Test
  void losesNoDigitOfAnyType() throws Exception {
    api.fixture.routing.duckDb(
        "types",
        """
        SELECT true AS b, 127::TINYINT AS t, 32767::SMALLINT AS s, 9223372036854775807 AS l,
          12345678901234567890123456789012345678::DECIMAL(38,0) AS d, 0.1::FLOAT AS f,
          'NaN'::DOUBLE AS n, '-Infinity'::DOUBLE AS i, 1e300::DOUBLE AS e, 'ü"' AS x,
          '\\x00\\xFF'::BLOB AS y, DATE '2024-02-29' AS day,
          TIMESTAMPTZ '2024-02-29 12:00:00.123456+00' AS at, [1, NULL] AS a, NULL::INT AS v""",
        Column.of("b", Simple.BOOLEAN),
        Column.of("t", Simple.TINYINT),
        Column.of("s", Simple.SMALLINT),
        Column.of("l", Simple.BIGINT),
        Column.of("d", new DataType.Decimal(38, 0)),
        Column.of("f", Simple.FLOAT),
        Column.of("n", Simple.DOUBLE),
        Column.of("i", Simple.DOUBLE),
        Column.of("e", Simple.DOUBLE),
        Column.of("x", Simple.STRING),
        Column.of("y", Simple.BINARY),
        Column.of("day", Simple.DATE),
        Column.of("at", Simple.TIMESTAMP),
        Column.of("a", new DataType.Array(Simple.INT, true)),
        Column.of("v", Simple.INT));

    Reply reply =
        api.post(
            "/statements?wait=60",
            "{\"sql\":\"types\",\"settings\":{\"spark.sql.session.timeZone\":\"Europe/Warsaw\"}}");

    assertThat(reply.response().body())
        .contains(
            "[true,127,32767,9223372036854775807,\"12345678901234567890123456789012345678\",0.1,"
                + "\"NaN\",\"-Infinity\",1.0E300,\"ü\\\"\",\"AP8=\",\"2024-02-29\","
                + "\"2024-02-29 13:00:00.123456\",\"[1,null]\",null]");
    assertThat(reply.json().get("columns").get(4).get("type").textValue())
        .isEqualTo("decimal(38,0)");
  }

  @Test
  void keepsOneUsersStatementsFromAnother() throws Exception {
    String id = api.run("many").json().get("id").textValue();

    for (String path : List.of("", "/rows", "/log", "/events")) {
      Reply other =
          api.send(
              api.request("/api/v1/statements/" + id + path)
                  .setHeader("Authorization", RestFixture.basic("bob")));
      assertThat(other.status()).isEqualTo(404);
      assertThat(other.json().get("code").textValue()).isEqualTo("STATEMENT_NOT_FOUND");
    }
  }

  @Test
  void forgetsADeletedStatement() throws Exception {
    String id = api.run("many").json().get("id").textValue();

    assertThat(api.delete("/statements/" + id).status()).isEqualTo(204);
    assertThat(api.get("/statements/" + id).status()).isEqualTo(404);
    assertThat(api.delete("/statements/" + id).status()).isEqualTo(404);
  }

  @Test
  void decidesWithoutRunning() throws Exception {
    Reply reply = api.post("/route", "{\"sql\":\"many\"}");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().get("engine").textValue()).isEqualTo("duckdb");
    assertThat(reply.json().get("text").textValue()).contains("range(120)");
    Reply wrong = api.post("/route", "{\"sql\":\"nothing of the kind\"}");
    assertThat(wrong.status()).isEqualTo(422);
    assertThat(wrong.json().get("code").textValue()).isEqualTo("PARSE_SYNTAX_ERROR");
  }
}
