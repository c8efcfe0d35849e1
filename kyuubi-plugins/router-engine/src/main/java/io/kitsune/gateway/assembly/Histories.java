// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import io.kitsune.gateway.StatementListener;
import io.kitsune.gateway.configuration.HistoryKeys;
import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.gateway.history.HistoryRecorder;
import io.kitsune.gateway.history.HistoryRecorder.Texts;
import io.kitsune.router.history.HistoryRetention;
import io.kitsune.router.history.HistoryStore;
import io.kitsune.router.history.HistoryWriter;
import io.kitsune.router.history.RunTimes;
import java.time.Clock;
import java.time.Duration;

/** The history of one router engine. */
final class Histories {
  private Histories() {}

  /** A listener that keeps statements, where the configuration wants them, and tells the other. */
  static StatementListener listener(
      KitsuneConfiguration settings, StatementListener other, RunTimes runTimes, Closing closing) {
    HistoryKeys history = settings.history();
    if (!history.enabled()) {
      return other;
    }
    HistoryWriter writer =
        closing.add(
            new HistoryWriter(
                HistoryStore.open(settings.redirectionStore()),
                new HistoryRetention(history.maxRows(), Duration.ofDays(history.maxDays())),
                history.queue()));
    HistoryRecorder recorder =
        new HistoryRecorder(
            writer,
            runTimes,
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
