// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.decision;

import static java.util.Objects.requireNonNull;

import io.kitsune.router.Candidate;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.RoutingDecision.Scan;
import io.kitsune.router.decision.CostModel.EngineCost;
import io.kitsune.router.decision.Experience.Correction;
import io.kitsune.router.decision.Experience.Modelled;
import java.time.Duration;
import java.util.List;

/** Predicts how long an engine would take, and says what the prediction is made of. Thread-safe. */
public final class LatencyPrediction {
  /** A prediction beyond this says no more than "very long". */
  private static final double MAXIMUM_NANOS = Duration.ofDays(365).toNanos();

  private final CostModel model;
  private final Experience experience;

  /**
   * Predicts by a model.
   *
   * @param experience corrects it
   */
  public LatencyPrediction(CostModel model, Experience experience) {
    this.model = requireNonNull(model, "model");
    this.experience = requireNonNull(experience, "experience");
  }

  /** The engine as a candidate for a statement of that fingerprint, which reads those scans. */
  Candidate candidate(EngineStatus status, String fingerprint, List<Scan> scans) {
    EngineCost cost = model.engines().get(status.engine());
    ScanLoad load = ScanLoad.of(scans, model.unknownBytes());
    Modelled modelled = cost.modelled(load.bytes(), load.rows(), load.files());
    Correction correction = experience.of(status.engine(), fingerprint, modelled);
    double nanos =
        modelled.nanos() * correction.factor()
            + start(status, cost).toNanos()
            + status.load().queueTime().toNanos();
    return new Candidate(
        status.engine(),
        Duration.ofNanos((long) Math.min(nanos, MAXIMUM_NANOS)),
        correction.source(),
        "%s%s; predicted %s".formatted(state(status), load.inWords(), correction.source()));
  }

  private static Duration start(EngineStatus status, EngineCost cost) {
    return switch (status.state()) {
      case COLD -> cost.start();
      case STARTING -> cost.start().dividedBy(2);
      case READY, BUSY, UNAVAILABLE, FULL, DRAINING, FAILED -> Duration.ZERO;
    };
  }

  private static String state(EngineStatus status) {
    return switch (status.state()) {
      case COLD -> "cold, has to start; ";
      case STARTING -> "starting; ";
      case READY -> "ready; ";
      case BUSY ->
          "busy, %d run and %d wait; ".formatted(status.load().running(), status.load().queued());
      case UNAVAILABLE, FULL, DRAINING, FAILED -> "";
    };
  }
}
