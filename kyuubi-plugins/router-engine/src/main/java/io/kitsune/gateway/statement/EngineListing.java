// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.statement;

import io.kitsune.engine.health.EngineReport;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.router.EngineStatus;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.OptionalLong;

/** The engines as the rows of SHOW ENGINES. */
final class EngineListing {
  private EngineListing() {}

  static Answer answer(List<EngineReport> reports) {
    return new Answer(
        Answer.strings(
            "engine",
            "state",
            "since",
            "reason",
            "running",
            "queued",
            "finished",
            "failures",
            "refused",
            "starts",
            "memory"),
        reports.stream().map(EngineListing::row).toList());
  }

  private static List<Object> row(EngineReport report) {
    EngineStatus status = report.status();
    return Answer.row(
        status.engine().id(),
        status.state().id(),
        status.since().truncatedTo(ChronoUnit.MILLIS).toString(),
        status.reason(),
        Integer.toString(status.load().running()),
        Integer.toString(status.load().queued()),
        Long.toString(report.finished()),
        Long.toString(status.load().failures()),
        Long.toString(report.refused()),
        Long.toString(report.starts()),
        megabytes(report.memory()));
  }

  /** Empty where it is not known: another machine's, or an engine that is not up. */
  private static String megabytes(OptionalLong bytes) {
    return bytes.isPresent() ? (bytes.getAsLong() >> 20) + " MB" : "";
  }
}
