// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.history;

import static java.util.Objects.requireNonNull;

import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.StatementReport;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.StatementFacts;
import io.kitsune.router.Workload;
import io.kitsune.router.history.HistoryEntry;
import io.kitsune.router.history.HistoryEntry.Considered;
import io.kitsune.router.history.HistoryEntry.End;
import io.kitsune.router.history.HistoryEntry.EngineRun;
import io.kitsune.router.history.HistoryEntry.Refused;
import io.kitsune.router.history.HistoryWriter;
import io.kitsune.router.history.MeasuredRun;
import io.kitsune.router.history.RunTimes;
import io.kitsune.router.reading.NormalisedText;
import io.kitsune.router.reading.ReadingLimits;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * Keeps every statement that an engine ran or that was refused; those that the gateway answers by
 * itself are not kept. Thread-safe; never waits.
 */
public final class HistoryRecorder implements StatementListener {
  private final HistoryWriter writer;
  private final RunTimes runTimes;
  private final Consumer<MeasuredRun> runs;
  private final Texts texts;
  private final ReadingLimits limits;
  private final Clock clock;

  /** How a text is kept. */
  public enum Texts {
    WITHOUT_CONSTANTS,
    AS_WRITTEN
  }

  /**
   * A recorder over a writer, which its owner closes.
   *
   * @param runTimes learns from every statement, too
   * @param runs told of every run in a warm engine; must not wait
   */
  public HistoryRecorder(
      HistoryWriter writer,
      RunTimes runTimes,
      Consumer<MeasuredRun> runs,
      Texts texts,
      ReadingLimits limits,
      Clock clock) {
    this.writer = requireNonNull(writer, "writer");
    this.runTimes = requireNonNull(runTimes, "runTimes");
    this.runs = requireNonNull(runs, "runs");
    this.texts = requireNonNull(texts, "texts");
    this.limits = requireNonNull(limits, "limits");
    this.clock = requireNonNull(clock, "clock");
  }

  @Override
  public void finished(StatementReport report) {
    Optional<RoutingDecision> decision = report.decision().stream().findFirst();
    if (decision.isPresent() && decision.get().chosen().engine() == Engine.GATEWAY) {
      return;
    }
    NormalisedText normalised = NormalisedText.of(report.text(), limits);
    HistoryEntry entry =
        new HistoryEntry(
            0,
            decision.map(RoutingDecision::facts).orElseGet(() -> unknown(report, normalised)),
            texts == Texts.AS_WRITTEN ? report.text() : normalised.text(),
            decision.map(made -> made.chosen().engine()),
            decision.map(made -> made.chosen().latency()).orElse(Duration.ZERO),
            report.elapsed(),
            report.rows(),
            switch (report.end()) {
              case FINISHED -> End.FINISHED;
              case FAILED -> End.FAILED;
              case CANCELLED -> End.CANCELLED;
            },
            report.errors().stream().findFirst().map(HistoryRecorder::code).orElse(""),
            decision.map(HistoryRecorder::candidates).orElse(List.of()),
            decision.map(HistoryRecorder::vetoes).orElse(List.of()),
            failedAttempts(report, normalised),
            decision.flatMap(made -> run(report, made)));
    runTimes.add(entry);
    MeasuredRun.of(entry).ifPresent(runs);
    writer.add(entry);
  }

  private static Optional<EngineRun> run(StatementReport report, RoutingDecision decision) {
    long files =
        decision.scans().stream().mapToLong(scan -> scan.estimate().files().orElse(1)).sum();
    return report.run().stream().findFirst().map(took -> new EngineRun(took, files));
  }

  private StatementFacts unknown(StatementReport report, NormalisedText normalised) {
    return new StatementFacts(
        clock.instant().minus(report.elapsed()),
        normalised.fingerprint(),
        report.user(),
        report.realUser(),
        report.clientAddress(),
        "",
        "",
        Workload.NONE,
        List.of(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        Optional.empty());
  }

  private static List<Considered> candidates(RoutingDecision decision) {
    return decision.candidates().stream()
        .map(each -> new Considered(each.engine(), each.latency()))
        .toList();
  }

  private static List<Refused> vetoes(RoutingDecision decision) {
    return decision.vetoes().stream()
        .map(veto -> new Refused(veto.engine(), veto.construct()))
        .toList();
  }

  private static List<HistoryEntry.FailedAttempt> failedAttempts(
      StatementReport report, NormalisedText normalised) {
    MessageWords words = new MessageWords(report.text(), normalised.text());
    return report.failedAttempts().stream()
        .map(
            attempt ->
                new HistoryEntry.FailedAttempt(
                    attempt.engine(),
                    code(attempt.reason().code()),
                    code(attempt.reason().sqlState()),
                    words.of(attempt.reason())))
        .toList();
  }

  /** The message behind the code may quote what the user wrote. */
  private static String code(String error) {
    int colon = error.indexOf(':');
    String code = colon < 0 ? error : error.substring(0, colon);
    return code.chars().allMatch(HistoryRecorder::ofCode) ? code : "UNKNOWN";
  }

  private static boolean ofCode(int c) {
    return c == '_' || c == '.' || Character.isDigit(c) || Character.isUpperCase(c);
  }
}
