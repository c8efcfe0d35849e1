// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metrics;

import io.kitsune.error.KitsuneException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import java.io.IOException;

/**
 * Where Prometheus reads a registry's figures: {@code GET /metrics}, in the text format and in
 * OpenMetrics. Thread-safe.
 */
public final class MetricsEndpoint implements AutoCloseable {
  private final HTTPServer server;

  private MetricsEndpoint(HTTPServer server) {
    this.server = server;
  }

  /**
   * Listens.
   *
   * @param port 0 takes a free one
   * @throws KitsuneException {@code METRICS_PORT_UNAVAILABLE} (08001)
   */
  public static MetricsEndpoint start(String host, int port, PrometheusMeterRegistry registry) {
    try {
      return new MetricsEndpoint(
          HTTPServer.builder()
              .hostname(host)
              .port(port)
              .registry(registry.getPrometheusRegistry())
              .buildAndStart());
    } catch (IOException e) {
      throw new KitsuneException(
          "METRICS_PORT_UNAVAILABLE",
          "08001",
          "Cannot serve metrics at %s:%d: %s. Set kitsune.metrics.port to another port, or stop what listens there; Kyuubi's own metrics do, unless told otherwise."
              .formatted(host, port, e.getMessage()),
          e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
