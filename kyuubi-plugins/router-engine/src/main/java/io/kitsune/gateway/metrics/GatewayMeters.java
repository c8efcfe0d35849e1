// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metrics;

import io.kitsune.gateway.Gateway;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** What a gateway has open. */
public record GatewayMeters(Gateway gateway) implements MeterBinder {
  @Override
  public void bindTo(MeterRegistry registry) {
    Gauge.builder("kitsune.sessions", gateway, Gateway::sessions)
        .description("Sessions that are open")
        .register(registry);
    Gauge.builder("kitsune.statements.running", gateway, Gateway::runningStatements)
        .description("Statements that run, or wait for an engine")
        .register(registry);
  }
}
