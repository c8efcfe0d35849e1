// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.FailedAttempt;
import io.kitsune.gateway.StatementReport;
import io.kitsune.gateway.history.HistoryRecorder.Texts;
import io.kitsune.redirection.store.StoreLocation;
import io.kitsune.router.Candidate;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.history.HistoryEntry;
import io.kitsune.router.history.HistoryFilter;
import io.kitsune.router.history.HistoryRetention;
import io.kitsune.router.history.HistoryStore;
import io.kitsune.router.history.HistoryWriter;
import io.kitsune.router.history.MeasuredRun;
import io.kitsune.router.history.RunTimes;
import io.kitsune.router.reading.ReadingLimits;
import io.kitsune.router.reading.StatementReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a report to what the store has of it. */
class HistoryRecorderTest {
  private static final String QUERY = "SELECT count(*) FROM t WHERE name = 'hunter'";

  private static final FailedAttempt GONE =
      new FailedAttempt(Engine.TRINO, new KitsuneException("ENGINE_GONE", "08006", "It ended."));

  @TempDir Path home;

  private final List<MeasuredRun> learned = new ArrayList<>();

  @Test
  void keepsTheEnginesThatFailedBeforeTheLast() {
    StoreLocation location = new StoreLocation.EmbeddedFile(home.resolve("state"));
    try (HistoryWriter writer =
        new HistoryWriter(
            HistoryStore.open(location), new HistoryRetention(10, Duration.ofDays(1)), 10)) {
      recorder(writer)
          .finished(
              report(
                  StatementReport.End.FINISHED,
                  List.of(),
                  List.of(
                      new FailedAttempt(
                          Engine.DUCKDB,
                          new KitsuneException(
                              "ENGINE_OUT_OF_MEMORY", "53200", "It ran out over hunter.\nMore.")),
                      GONE)));
    }

    try (HistoryStore store = HistoryStore.open(location)) {
      assertThat(store.list(HistoryFilter.newest(10)))
          .singleElement()
          .satisfies(entry -> assertThat(entry.engine()).contains(Engine.SPARK))
          .satisfies(
              entry ->
                  assertThat(entry.failedAttempts())
                      .containsExactly(
                          new HistoryEntry.FailedAttempt(
                              Engine.DUCKDB, "ENGINE_OUT_OF_MEMORY", "53200", "It ran out over ?."),
                          new HistoryEntry.FailedAttempt(
                              Engine.TRINO, "ENGINE_GONE", "08006", "It ended.")));
    }
  }

  @Test
  void learnsFromRunsInWarmEnginesOnly() {
    try (HistoryWriter writer =
        new HistoryWriter(
            HistoryStore.open(new StoreLocation.EmbeddedFile(home.resolve("state"))),
            new HistoryRetention(10, Duration.ofDays(1)),
            10)) {
      HistoryRecorder recorder = recorder(writer);
      Duration took = Duration.ofMillis(7);
      recorder.finished(report(StatementReport.End.FINISHED, List.of(took), List.of()));
      recorder.finished(report(StatementReport.End.FINISHED, List.of(), List.of()));
      recorder.finished(report(StatementReport.End.CANCELLED, List.of(took), List.of()));
      recorder.finished(report(StatementReport.End.FAILED, List.of(took), List.of()));
      recorder.finished(report(StatementReport.End.FINISHED, List.of(took), List.of(GONE)));
    }
    assertThat(learned)
        .singleElement()
        .satisfies(run -> assertThat(run.engine()).isEqualTo(Engine.SPARK))
        .satisfies(run -> assertThat(run.took()).isEqualTo(Duration.ofMillis(7)));
  }

  private HistoryRecorder recorder(HistoryWriter writer) {
    return new HistoryRecorder(
        writer,
        new RunTimes(),
        learned::add,
        Texts.WITHOUT_CONSTANTS,
        ReadingLimits.DEFAULT,
        Clock.systemUTC());
  }

  private static StatementReport report(
      StatementReport.End end, List<Duration> run, List<FailedAttempt> attempts) {
    RoutingDecision decision =
        new RoutingDecision(
            new StatementReader().read(QUERY),
            new Candidate(Engine.SPARK, Duration.ofMillis(1), "scripted"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Dispatch.SparkStatement(QUERY));
    return new StatementReport(
        "session",
        "operation",
        "ann",
        "ann",
        "192.0.2.7",
        QUERY,
        List.of(decision),
        attempts,
        end,
        1,
        Duration.ofMillis(20),
        run,
        List.of());
  }
}
