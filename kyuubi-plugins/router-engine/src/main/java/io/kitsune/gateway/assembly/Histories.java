// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.configuration.HistoryKeys;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.history.HistoryRecorder;
import io.kitsune.gateway.history.HistoryRecorder.Texts;
import io.kitsune.router.decision.Experience;
import io.kitsune.router.history.HistoryRetention;
import io.kitsune.router.history.HistoryStore;
import io.kitsune.router.history.HistoryWriter;
import io.kitsune.router.history.LearnedCosts;
import io.kitsune.router.history.MeasuredRun;
import io.kitsune.router.history.RunTimes;
import io.kitsune.router.workload.WorkloadClassifier.KnownRuns;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The history of one router engine, and what is learned from it. */
final class Histories {
  private static final Logger LOG = LoggerFactory.getLogger(Histories.class);

  /** Entries looked at when it starts: what is older has faded, or was not asked for again. */
  private static final int NEWEST = 5_000;

  private final RunTimes runTimes = new RunTimes();
  private final Optional<HistoryStore> store;
  private final Optional<LearnedCosts> learned;

  private Histories(Optional<HistoryStore> store, Optional<LearnedCosts> learned) {
    this.store = store;
    this.learned = learned;
  }

  /** Opens it where the configuration wants it, and learns from what it has. */
  static Histories open(KitsuneConfiguration settings, Closing closing) {
    if (!settings.history().enabled()) {
      return new Histories(Optional.empty(), Optional.empty());
    }
    HistoryStore store = closing.add(HistoryStore.open(settings.redirectionStore()));
    Optional<LearnedCosts> learned =
        settings
            .learningHalfLife()
            .map(halfLife -> new LearnedCosts(settings.costModel(), halfLife, Clock.systemUTC()));
    learned.ifPresent(costs -> learn(store, costs));
    return new Histories(Optional.of(store), learned);
  }

  private static void learn(HistoryStore store, LearnedCosts costs) {
    try {
      costs.addAll(
          store.runs(NEWEST).stream().flatMap(entry -> MeasuredRun.of(entry).stream()).toList());
    } catch (KitsuneException e) {
      LOG.warn("Nothing is learned from the statements of before this start", e);
    }
  }

  /** Where statements are kept; empty if they are not. */
  Optional<HistoryStore> store() {
    return store;
  }

  /** What is known of a fingerprint. */
  Optional<KnownRuns> known(String fingerprint) {
    return runTimes.of(fingerprint);
  }

  /** What corrects predictions. */
  Experience experience() {
    return learned.<Experience>map(costs -> costs).orElse(Experience.NONE);
  }

  /** A listener that keeps statements, where the configuration wants them, and tells the other. */
  StatementListener listener(
      KitsuneConfiguration settings, StatementListener other, Closing closing) {
    if (store.isEmpty()) {
      return other;
    }
    HistoryKeys history = settings.history();
    HistoryWriter writer =
        closing.add(
            new HistoryWriter(
                store.get(),
                new HistoryRetention(history.maxRows(), Duration.ofDays(history.maxDays())),
                history.queue()));
    HistoryRecorder recorder =
        new HistoryRecorder(
            writer,
            runTimes,
            run -> learned.ifPresent(costs -> costs.add(run)),
            switch (history.texts()) {
              case WITHOUT_CONSTANTS -> Texts.WITHOUT_CONSTANTS;
              case AS_WRITTEN -> Texts.AS_WRITTEN;
            },
            settings.readingLimits(),
            Clock.systemUTC());
    return report -> {
      recorder.finished(report);
      other.finished(report);
    };
  }
}
