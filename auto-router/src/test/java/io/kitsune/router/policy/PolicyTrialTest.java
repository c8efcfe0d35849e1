// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.kitsune.router.history.Entries;
import io.kitsune.router.policy.PolicyTrial.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyTrialTest {
  @TempDir Path folder;

  @Test
  void countsWhatEachRuleWouldHaveDone() throws IOException {
    Path file = folder.resolve("policy.yaml");
    Files.writeString(
        file,
        """
        version: 1
        rules:
          - {name: large, when: bytes > 5 TiB, then: reject, because: r}
          - {name: to spark, when: user = 'ann', then: prefer spark, because: r}
          - {name: to trino, when: user = 'ann', then: prefer trino, because: r}
          - {name: not duckdb, when: hour = 10, then: forbid duckdb, because: r}
          - {name: only duckdb, when: kind = 'query', then: require duckdb, because: r}
          - {name: never, when: user = 'eve', then: forbid duckdb, because: r}
        """);
    Policy policy = Policy.read(file, Groups.of(Map.of()), ZoneOffset.UTC);

    PolicyTrial trial =
        PolicyTrial.of(
            policy,
            List.of(
                Entries.query(Entries.MONDAY, "ann", "a"),
                Entries.query(Entries.MONDAY, "bob", "a"),
                Entries.refused(Entries.MONDAY, "ann")));

    assertThat(trial.judged()).isEqualTo(2);
    assertThat(trial.skipped()).isEqualTo(1);
    assertThat(trial.outcomes())
        .extracting(
            outcome -> outcome.rule().name(), Outcome::matched, Outcome::changed, Outcome::rejected)
        .containsExactly(
            tuple("large", 2L, 2L, 2L),
            tuple("to spark", 1L, 1L, 0L),
            // Trino could not have taken it.
            tuple("to trino", 1L, 0L, 0L),
            tuple("not duckdb", 2L, 2L, 0L),
            tuple("only duckdb", 2L, 0L, 0L),
            tuple("never", 0L, 0L, 0L));
    assertThat(trial.outcomes().get(0).examples()).containsExactly("select ? from \u2603");
    assertThat(trial.outcomes().get(5).examples()).isEmpty();
  }
}
