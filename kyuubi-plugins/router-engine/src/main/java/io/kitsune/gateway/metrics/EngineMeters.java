// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.metrics;

import io.kitsune.engine.StartTimes;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.engine.health.EngineReport;
import io.kitsune.router.Engine;
import io.kitsune.router.EngineStatus.State;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

/**
 * What SHOW ENGINES prints, for each engine of a fleet. Read when somebody asks, from what the
 * gateway knows; no engine is asked.
 */
public record EngineMeters(EngineFleet fleet) implements MeterBinder {
  @Override
  public void bindTo(MeterRegistry registry) {
    fleet.reports().stream()
        .map(report -> report.status().engine())
        .forEach(engine -> bind(engine, registry));
  }

  private void bind(Engine engine, MeterRegistry registry) {
    for (State state : State.values()) {
      Gauge.builder("kitsune.engine.state", fleet, of(engine, report -> is(report, state)))
          .description("1 for the state that the engine is in, 0 for the others")
          .tag(StatementMeters.ENGINE, engine.id())
          .tag("state", state.id())
          .register(registry);
      FunctionCounter.builder(
              "kitsune.engine.state.entered",
              fleet,
              of(engine, report -> report.entered().getOrDefault(state, 0L)))
          .description("How often the engine came into the state")
          .tag(StatementMeters.ENGINE, engine.id())
          .tag("state", state.id())
          .register(registry);
    }
    gauge(
        engine,
        "kitsune.engine.running",
        "Statements that run in the engine",
        report -> report.status().load().running(),
        registry);
    gauge(
        engine,
        "kitsune.engine.queued",
        "Statements that wait for their turn in the engine",
        report -> report.status().load().queued(),
        registry);
    Gauge.builder(
            "kitsune.engine.memory",
            fleet,
            of(engine, report -> report.memory().isPresent() ? report.memory().getAsLong() : 0))
        .description("Memory of this machine that the engine takes; 0 where that is not known")
        .baseUnit(BaseUnits.BYTES)
        .tag(StatementMeters.ENGINE, engine.id())
        .register(registry);
    counter(
        engine,
        "kitsune.engine.finished",
        "Statements that the engine has run to their end",
        EngineReport::finished,
        registry);
    counter(
        engine,
        "kitsune.engine.refused",
        "Statements that the engine had no room for",
        EngineReport::refused,
        registry);
    counter(
        engine,
        "kitsune.engine.failures",
        "The engine's own failures: it died, could not be started or reached, did not answer",
        report -> report.status().load().failures(),
        registry);
    FunctionTimer.builder(
            "kitsune.engine.start",
            fleet,
            all -> starts(all, engine).count(),
            all -> starts(all, engine).total().toNanos(),
            TimeUnit.NANOSECONDS)
        .description("Starts of the engine by this gateway that succeeded, and how long they took")
        .tag(StatementMeters.ENGINE, engine.id())
        .register(registry);
  }

  private void gauge(
      Engine engine,
      String name,
      String description,
      ToDoubleFunction<EngineReport> figure,
      MeterRegistry registry) {
    Gauge.builder(name, fleet, of(engine, figure))
        .description(description)
        .tag(StatementMeters.ENGINE, engine.id())
        .register(registry);
  }

  private void counter(
      Engine engine,
      String name,
      String description,
      ToDoubleFunction<EngineReport> figure,
      MeterRegistry registry) {
    FunctionCounter.builder(name, fleet, of(engine, figure))
        .description(description)
        .tag(StatementMeters.ENGINE, engine.id())
        .register(registry);
  }

  private static StartTimes starts(EngineFleet fleet, Engine engine) {
    return fleet.launcher(engine).startTimes();
  }

  private static ToDoubleFunction<EngineFleet> of(
      Engine engine, ToDoubleFunction<EngineReport> figure) {
    return fleet -> figure.applyAsDouble(fleet.report(engine));
  }

  private static double is(EngineReport report, State state) {
    return report.status().state() == state ? 1 : 0;
  }
}
