// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.decision;

import io.kitsune.catalog.scan.ScanEstimate;
import io.kitsune.router.Candidate;
import io.kitsune.router.EngineStatus;
import io.kitsune.router.RoutingDecision.Scan;
import io.kitsune.router.decision.CostModel.EngineCost;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Predicts how long an engine would take, and says what the prediction is made of. */
final class LatencyPrediction {
  private static final double NANOS_PER_SECOND = 1e9;

  /** A prediction beyond this says no more than "very long". */
  private static final double MAXIMUM_NANOS = Duration.ofDays(365).toNanos();

  private final CostModel model;

  LatencyPrediction(CostModel model) {
    this.model = model;
  }

  /** The engine as a candidate for reading the scans. */
  Candidate candidate(EngineStatus status, List<Scan> scans) {
    EngineCost cost = model.engines().get(status.engine());
    Load load = Load.of(scans, model.unknownBytes());
    double nanos =
        cost.statement().toNanos()
            + load.files() * cost.file().toNanos()
            + NANOS_PER_SECOND * load.bytes() / cost.bytesPerSecond()
            + NANOS_PER_SECOND * load.rows() / cost.rowsPerSecond()
            + start(status, cost).toNanos()
            + status.load().queueTime().toNanos();
    Duration latency = Duration.ofNanos((long) Math.min(nanos, MAXIMUM_NANOS));
    return new Candidate(status.engine(), latency, reason(status, load));
  }

  private static Duration start(EngineStatus status, EngineCost cost) {
    return switch (status.state()) {
      case COLD -> cost.start();
      case STARTING -> cost.start().dividedBy(2);
      case READY, BUSY, UNAVAILABLE, FULL, DRAINING, FAILED -> Duration.ZERO;
    };
  }

  private static String reason(EngineStatus status, Load load) {
    String state =
        switch (status.state()) {
          case COLD -> "cold, has to start; ";
          case STARTING -> "starting; ";
          case READY -> "ready; ";
          case BUSY ->
              "busy, %d run and %d wait; "
                  .formatted(status.load().running(), status.load().queued());
          case UNAVAILABLE, FULL, DRAINING, FAILED -> "";
        };
    return state + load.inWords();
  }

  /** What is scanned in all; what is not known of a scan is assumed. */
  private record Load(double bytes, double rows, double files, int scans, int unknown) {
    static Load of(List<Scan> scans, long unknownBytes) {
      double bytes = 0;
      double rows = 0;
      double files = 0;
      int unknown = 0;
      for (Scan scan : scans) {
        ScanEstimate estimate = scan.estimate();
        unknown += estimate.bytes().isEmpty() ? 1 : 0;
        bytes += estimate.bytes().orElse(unknownBytes);
        rows += estimate.rows().orElse(0);
        files += estimate.files().orElse(1);
      }
      return new Load(bytes, rows, files, scans.size(), unknown);
    }

    String inWords() {
      if (scans == 0) {
        return "no scan is known";
      }
      String size =
          String.format(Locale.ROOT, "%.1f MB, %,.0f rows, %,.0f files", bytes / 1e6, rows, files);
      return unknown == 0 ? size : size + ", assumed for " + unknown + " of unknown size";
    }
  }
}
