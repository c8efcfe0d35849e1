// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.gateway.RestFixture.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the REST API does not take, and who may not call. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RestRefusalsTest {
  private RestFixture api;

  @BeforeAll
  void start() throws IOException {
    api = new RestFixture();
  }

  @AfterAll
  void stop() {
    api.close();
  }

  private static void assertProblem(Reply reply, int status, String code) {
    assertThat(reply.status()).isEqualTo(status);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.json().get("type").textValue()).isEqualTo("urn:kitsune:error:" + code);
    assertThat(reply.json().get("code").textValue()).isEqualTo(code);
    assertThat(reply.json().get("status").intValue()).isEqualTo(status);
    assertThat(reply.json().get("title").textValue()).isNotBlank();
    assertThat(reply.json().get("detail").textValue()).isNotBlank();
    assertThat(reply.json().get("sqlState").textValue()).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "[]",
        "null",
        "{\"sql\":\"x\"} {}",
        "{\"sql\":\"x\",\"sql\":\"y\"}",
        "{}",
        "{\"sql\":\"\"}",
        "{\"sql\":5}",
        "{\"sql\":null}",
        "{\"sql\":\"x\",\"colour\":\"red\"}",
        "{\"sql\":\"x\",\"maxRows\":0}",
        "{\"sql\":\"x\",\"maxRows\":1.5}",
        "{\"sql\":\"x\",\"maxRows\":99999999999999999999}",
        "{\"sql\":\"x\",\"settings\":[]}",
        "{\"sql\":\"x\",\"settings\":{\"a\":1}}",
        "{\"sql\":\"x\",\"client\":\"\"}",
        "{\"sql\":\"x\",\"engine\":true}",
        "{\"sql\":\"x\",\"parameters\":5}",
        "{\"sql\":\"x\",\"parameters\":[[]]}",
        "{\"sql\":\"x\",\"parameters\":[{\"type\":\"int\"}]}",
        "{\"sql\":\"\\ud800\"}",
        "{\"sql\":\"x\",\"sessionId\":\"a\",\"schema\":\"b\"}"
      })
  void refusesABodyThatIsNotAsDescribed(String body) throws Exception {
    assertProblem(api.post("/statements", body), 400, "REQUEST_INVALID");
    assertProblem(api.post("/route", body), 400, "REQUEST_INVALID");
  }

  @Test
  void refusesDeepJsonAndBadUtf8() throws Exception {
    assertProblem(
        api.post("/statements", "{\"sql\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
        400,
        "REQUEST_INVALID");
    Reply bad =
        api.send(
            api.request("/api/v1/statements")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofByteArray(
                        "{\"sql\":\"ü\"}".getBytes(StandardCharsets.ISO_8859_1))));
    assertProblem(bad, 400, "REQUEST_INVALID");
  }

  @Test
  void refusesABodyThatIsTooLarge() throws Exception {
    String body = "{\"sql\":\"" + "x".repeat(70_000) + "\"}";
    assertProblem(api.post("/statements", body), 413, "REQUEST_TOO_LARGE");
    Reply chunked =
        api.send(
            api.request("/api/v1/statements")
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofInputStream(
                        () ->
                            new java.io.ByteArrayInputStream(
                                body.getBytes(StandardCharsets.UTF_8)))));
    assertProblem(chunked, 413, "REQUEST_TOO_LARGE");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/plain",
        "application/x-www-form-urlencoded",
        "application/json; charset=latin1",
        "multipart/form-data; boundary=x"
      })
  void refusesOtherContentThanJson(String type) throws Exception {
    Reply reply =
        api.send(
            api.request("/api/v1/statements")
                .header("Content-Type", type)
                .POST(BodyPublishers.ofString("{\"sql\":\"one\"}")));
    assertProblem(reply, 415, "CONTENT_TYPE_UNSUPPORTED");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/statements?wait=61",
        "/statements?wait=-1",
        "/statements?wait=",
        "/statements?wait=%2B5",
        "/statements?wait=1&wait=2",
        "/statements?pageSize=0",
        "/statements?pageSize=51",
        "/statements?colour=red",
        "/statements?%FF=1"
      })
  void refusesAQueryThatIsNotAsDescribed(String path) throws Exception {
    assertProblem(api.post(path, "{\"sql\":\"one\"}"), 400, "REQUEST_INVALID");
  }

  @Test
  void refusesWhatCannotBe() throws Exception {
    assertProblem(
        api.post("/statements", "{\"sql\":\"x\",\"engine\":\"oracle\"}"), 422, "SETTING_INVALID");
    assertProblem(
        api.post("/statements", "{\"sql\":\"x\",\"settings\":{\"kitsune.home\":\"/\"}}"),
        422,
        "SETTING_NOT_PER_SESSION");
    assertProblem(
        api.post("/statements", "{\"sql\":\"x\",\"catalog\":\"nowhere\"}"),
        404,
        "CATALOG_NOT_FOUND");
    assertProblem(
        api.post("/statements", "{\"sql\":\"x\",\"schema\":\"nowhere\"}"), 404, "SCHEMA_NOT_FOUND");
    assertProblem(
        api.post("/statements", "{\"sql\":\"SELECT ?\",\"parameters\":[1,2]}"),
        422,
        "PARAMETERS_MISMATCH");
    assertProblem(
        api.post("/statements", "{\"sql\":\"x\",\"sessionId\":\"none\"}"),
        404,
        "SESSION_NOT_FOUND");
    // Nothing of all that is left.
    assertThat(api.fixture.gateway.sessions()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "PUT,/api/v1/statements,'GET, POST'",
    "PATCH,/api/v1/statements/x,'DELETE, GET'",
    "OPTIONS,/api/v1/route,POST",
    "POST,/api/v1/engines,GET",
    "BREW,/api/v1/catalogs,GET"
  })
  void saysWhichMethodsAPathHas(String method, String path, String allowed) throws Exception {
    Reply reply = api.send(api.request(path).method(method, BodyPublishers.noBody()));
    assertProblem(reply, 405, "METHOD_NOT_ALLOWED");
    assertThat(reply.header("Allow")).isEqualTo(allowed);
  }

  @Test
  void readsNoPageForAHead() throws Exception {
    Reply reply = api.send(api.request("/api/v1/engines").method("HEAD", BodyPublishers.noBody()));
    assertThat(reply.status()).isEqualTo(405);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/v1", "/api/v1/", "/api/v2/engines", "/api/v1/engines/", "/x"})
  void saysWhereNothingIs(String path) throws Exception {
    assertProblem(api.send(api.request(path)), 404, "PATH_UNKNOWN");
  }

  @Test
  void answersWhatIsNoRequestWithAProblem() throws Exception {
    for (String request :
        new String[] {
          "GET /api/v1/engines%zz HTTP/1.1\r\nHost: localhost\r\n\r\n",
          "GET /api/v1/engines HTTP/1.1\r\nHost: localhost\r\nX: "
              + "y".repeat(40_000)
              + "\r\n\r\n",
          "GET /api/v1/engines HTTP/1.1\r\n\r\n",
          "NONSENSE\r\n\r\n"
        }) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.rest.port())) {
        socket.setSoTimeout(120_000);
        OutputStream out = socket.getOutputStream();
        out.write(request.getBytes(StandardCharsets.UTF_8));
        out.flush();
        InputStream in = socket.getInputStream();
        byte[] start = in.readNBytes(12);
        assertThat(new String(start, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 4");
      }
    }
  }

  @Test
  void letsNobodyInUnknown() throws Exception {
    for (String header :
        new String[] {RestFixture.basic("mallory"), "Basic !", "Basic bm9jb2xvbg==", "Bearer x"}) {
      Reply reply = api.send(api.request("/api/v1/engines").setHeader("Authorization", header));
      assertProblem(reply, 401, "AUTHENTICATION_FAILED");
      assertThat(reply.header("WWW-Authenticate"))
          .isEqualTo("Basic realm=\"Kitsune\", charset=\"UTF-8\"");
    }
    Reply open =
        api.send(
            api.request("/api/v1/health/live")
                .setHeader("Authorization", RestFixture.basic("mallory")));
    assertThat(open.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://evil.example", "null", "http://127.0.0.1:1"})
  void refusesPagesOfOtherOrigins(String origin) throws Exception {
    assertProblem(
        api.send(api.request("/api/v1/engines").header("Origin", origin)), 403, "ORIGIN_REFUSED");
    assertProblem(
        api.send(api.request("/api/v1/engines").header("Sec-Fetch-Site", "cross-site")),
        403,
        "ORIGIN_REFUSED");
  }

  @Test
  void letsTheConfiguredOriginIn() throws Exception {
    Reply reply =
        api.send(api.request("/api/v1/engines").header("Origin", "https://editor.example"));
    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("Access-Control-Allow-Origin")).isEqualTo("https://editor.example");
    Reply question =
        api.send(
            api.request("/api/v1/statements")
                .header("Origin", "https://editor.example")
                .header("Access-Control-Request-Method", "POST")
                .method("OPTIONS", BodyPublishers.noBody()));
    assertThat(question.status()).isEqualTo(204);
    assertThat(question.header("Access-Control-Allow-Methods")).contains("POST");
  }

  @Test
  void goesByNoNameThatAnAttackersNameServerGave() throws Exception {
    for (String host : new String[] {"evil.example", "127.0.0.1.evil.example", "1.2.3.4", "x y"}) {
      assertThat(status("GET /api/v1/health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 40");
    }
    for (String host : new String[] {"localhost", "127.0.0.1:80", "[::1]:10099", "LOCALHOST:5"}) {
      assertThat(status("GET /api/v1/health/live HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
          .as(host)
          .startsWith("HTTP/1.1 200");
    }
  }

  private String status(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.rest.port())) {
      socket.setSoTimeout(120_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readNBytes(12), StandardCharsets.UTF_8);
    }
  }
}
