// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.engine.health.EngineFleet;
import io.kitsune.gateway.Gateway;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.configuration.MetricsKeys;
import io.kitsune.gateway.metrics.EngineMeters;
import io.kitsune.gateway.metrics.GatewayMeters;
import io.kitsune.gateway.metrics.MetricsEndpoint;
import io.kitsune.gateway.metrics.StatementMeters;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The figures of one router engine. */
final class Metrics {
  private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

  private final PrometheusMeterRegistry registry;
  private final MetricsEndpoint endpoint;

  private Metrics(PrometheusMeterRegistry registry, MetricsEndpoint endpoint) {
    this.registry = registry;
    this.endpoint = endpoint;
  }

  /** Listens, if the configuration wants it; owned by {@code closing}. */
  static Optional<Metrics> open(MetricsKeys settings, Closing closing) {
    if (!settings.enabled()) {
      return Optional.empty();
    }
    PrometheusMeterRegistry registry =
        closing.add(new Registry(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))).registry();
    MetricsEndpoint endpoint =
        closing.add(MetricsEndpoint.start(settings.host(), settings.port(), registry));
    LOG.info("Metrics at http://{}:{}/metrics", settings.host(), endpoint.port());
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    return Optional.of(new Metrics(registry, endpoint));
  }

  /** Counts statements, and tells the other. */
  StatementListener before(StatementListener other) {
    StatementMeters meters = new StatementMeters(registry);
    return report -> {
      meters.finished(report);
      other.finished(report);
    };
  }

  void watch(EngineFleet engines, Gateway gateway) {
    new EngineMeters(engines).bindTo(registry);
    new GatewayMeters(gateway).bindTo(registry);
  }

  int port() {
    return endpoint.port();
  }

  private record Registry(PrometheusMeterRegistry registry) implements AutoCloseable {
    @Override
    public void close() {
      registry.close();
    }
  }
}
