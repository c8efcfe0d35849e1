// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.router.workload.WorkloadClassifier.KnownRuns;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RunTimesTest {
  private final AtomicLong now = new AtomicLong();
  private final RunTimes runs = new RunTimes(now::get);

  @Test
  void newerRunsWeighMore() {
    assertThat(runs.of("a")).isEmpty();
    runs.add(Entries.query(Entries.MONDAY, "ann", "a"));
    assertThat(runs.of("a")).contains(new KnownRuns(1, 15));

    runs.add(Entries.taking(Entries.query(Entries.MONDAY, "bob", "a"), Duration.ofMillis(115)));
    assertThat(runs.of("a")).contains(new KnownRuns(2, 45));
    assertThat(runs.of("b")).isEmpty();
  }

  @Test
  void whatDidNotEndWellSaysNothing() {
    HistoryEntry refused = Entries.refused(Entries.MONDAY, "ann");
    runs.add(refused);
    assertThat(runs.of(refused.facts().fingerprint())).isEmpty();
  }

  @Test
  void whatWasNotAskedForADayIsForgotten() {
    runs.add(Entries.query(Entries.MONDAY, "ann", "a"));
    now.addAndGet(Duration.ofDays(1).plusSeconds(1).toNanos());
    assertThat(runs.of("a")).isEmpty();
  }
}
