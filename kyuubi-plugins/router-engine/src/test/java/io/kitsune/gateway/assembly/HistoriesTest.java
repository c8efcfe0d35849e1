// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.StatementReport;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.router.Candidate;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.RoutingDecision;
import io.kitsune.router.StatementFacts;
import io.kitsune.router.decision.Experience;
import io.kitsune.router.decision.Experience.Correction;
import io.kitsune.router.reading.StatementReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a gateway learns from the statements it runs, and from those of before its start. */
class HistoriesTest {
  private static final String FINGERPRINT = "00ff00ff00ff00ff";

  @TempDir Path home;

  private KitsuneConfiguration settings(String key, String value) {
    return KitsuneConfiguration.load(
        Optional.empty(), Map.of("kitsune.home", home.toString(), key, value));
  }

  private Correction correction(Experience experience, KitsuneConfiguration settings) {
    return experience.of(
        Engine.DUCKDB,
        FINGERPRINT,
        settings.costModel().engines().get(Engine.DUCKDB).modelled(0, 0, 0));
  }

  @Test
  void learnsFromStatementsAsTheyEndAndFromThoseOfBeforeItsStart() {
    KitsuneConfiguration settings = settings("kitsune.cost.half-life", "7d");
    try (Closing closing = new Closing()) {
      Histories histories = Histories.open(settings, closing);
      StatementListener listener = histories.listener(settings, StatementListener.NONE, closing);
      assertThat(correction(histories.experience(), settings)).isEqualTo(Correction.NONE);
      for (int i = 0; i < 3; i++) {
        listener.finished(report());
      }
      assertThat(correction(histories.experience(), settings).source())
          .isEqualTo("from 3 runs of this statement");
    }
    try (Closing closing = new Closing()) {
      Correction known = correction(Histories.open(settings, closing).experience(), settings);
      assertThat(known.source()).isEqualTo("from 3 runs of this statement");
      // 3 s where the model says 15 ms.
      assertThat(known.factor()).isBetween(50.0, 200.0);
    }
  }

  @Test
  void learnsNothingWhereThatIsTurnedOff() {
    for (String key : List.of("kitsune.cost.learn", "kitsune.history.enabled")) {
      KitsuneConfiguration settings = settings(key, "false");
      try (Closing closing = new Closing()) {
        Histories histories = Histories.open(settings, closing);
        histories.listener(settings, StatementListener.NONE, closing).finished(report());
        assertThat(histories.experience()).as(key).isSameAs(Experience.NONE);
      }
    }
  }

  private static StatementReport report() {
    RoutingDecision decision =
        new RoutingDecision(
            new StatementReader().read("SELECT 1"),
            new Candidate(Engine.DUCKDB, Duration.ofMillis(15), "scripted"),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            new Dispatch.SparkStatement("SELECT 1"),
            new StatementFacts(
                Clock.systemUTC().instant(),
                FINGERPRINT,
                "ann",
                "",
                "query",
                StatementFacts.NONE.workload(),
                List.of(),
                OptionalLong.of(0),
                OptionalLong.of(0),
                Optional.empty()));
    return new StatementReport(
        "session",
        "operation",
        "ann",
        "ann",
        "192.0.2.7",
        "SELECT 1",
        List.of(decision),
        List.of(),
        StatementReport.End.FINISHED,
        1,
        Duration.ofSeconds(4),
        List.of(Duration.ofSeconds(3)),
        List.of());
  }
}
