// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.metrics.EngineMeters;
import io.kitsune.gateway.metrics.GatewayMeters;
import io.kitsune.gateway.metrics.MetricsEndpoint;
import io.kitsune.gateway.metrics.StatementMeters;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import io.kitsune.router.Engine;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway's figures as Prometheus reads them, over HTTP. */
class MetricsTest {
  private static final String HOST = "127.0.0.1";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private GatewayFixture fixture;
  private MetricsEndpoint endpoint;

  @BeforeEach
  void start() throws IOException {
    fixture =
        new GatewayFixture(
            GatewayFixture.defaults(Transport.SASL_PLAIN),
            Map.of(Engine.SPARK, new BlockingEngine()));
    fixture.routing.duckDb("one", "SELECT 1 AS n", Column.of("n", Simple.INT));
    fixture.routing.spark(ScriptedRouting.opaque("fail of hunter2"));
    endpoint = MetricsEndpoint.start(HOST, 0, registry);
    new EngineMeters(fixture.fleet).bindTo(registry);
    new GatewayMeters(fixture.gateway).bindTo(registry);
  }

  @AfterEach
  void stop() {
    endpoint.close();
    registry.close();
    fixture.close();
  }

  @Test
  void statementsEnginesAndTheGatewayAreCounted() throws Exception {
    try (Connection connection = fixture.connect();
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute("one")).isTrue();
      assertThatThrownBy(() -> statement.execute("fail of hunter2"))
          .isInstanceOf(SQLException.class);
      assertThatThrownBy(() -> statement.execute("unknown hunter2"))
          .isInstanceOf(SQLException.class);
      assertThat(scrape()).contains("kitsune_sessions 1.0");
    }
    fixture.reports.forEach(new StatementMeters(registry)::finished);

    List<String> lines = scrape();
    assertThat(lines)
        .contains(
            "kitsune_sessions 0.0",
            "kitsune_statements_running 0.0",
            "kitsune_statements_total{engine=\"duckdb\",outcome=\"finished\",reason=\"none\"} 1.0",
            "kitsune_statements_total{engine=\"spark\",outcome=\"failed\",reason=\"ENGINE_FAILED\"} 1.0",
            "kitsune_statements_total{engine=\"none\",outcome=\"failed\",reason=\"PARSE_SYNTAX_ERROR\"} 1.0",
            "kitsune_statement_time_seconds_count{engine=\"duckdb\",outcome=\"finished\"} 1",
            "kitsune_engine_state{engine=\"duckdb\",state=\"ready\"} 1.0",
            "kitsune_engine_state{engine=\"duckdb\",state=\"failed\"} 0.0",
            "kitsune_engine_state_entered_total{engine=\"spark\",state=\"ready\"} 1.0",
            "kitsune_engine_finished_total{engine=\"duckdb\"} 1.0",
            "kitsune_engine_failures_total{engine=\"spark\"} 0.0",
            "kitsune_engine_refused_total{engine=\"spark\"} 0.0",
            "kitsune_engine_running{engine=\"spark\"} 0.0",
            "kitsune_engine_queued{engine=\"spark\"} 0.0",
            "kitsune_engine_memory_bytes{engine=\"spark\"} 0.0",
            "kitsune_engine_start_seconds_count{engine=\"spark\"} 0");
    assertThat(lines).noneMatch(line -> line.contains("alice") || line.contains("hunter2"));
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    KitsuneException failure =
        catchThrowableOfType(
            KitsuneException.class,
            () -> MetricsEndpoint.start(HOST, endpoint.port(), registry).close());

    assertThat(failure.code()).isEqualTo("METRICS_PORT_UNAVAILABLE");
    assertThat(failure)
        .hasMessageContainingAll(HOST + ":" + endpoint.port(), "kitsune.metrics.port");
  }

  private List<String> scrape() throws IOException, InterruptedException {
    URI uri = URI.create("http://" + HOST + ":" + endpoint.port() + "/metrics");
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body().lines().toList();
  }
}
