// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import io.kitsune.router.Engine;
import io.kitsune.router.StatementFacts;
import io.kitsune.router.Veto;
import io.kitsune.router.Workload;
import io.kitsune.router.policy.Verdict.Preference;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class PolicyTest {
  private static final Groups GROUPS =
      Groups.of(Map.of("analysts", List.of("ann", "bob"), "etl", List.of("robot")));
  private static final List<Engine> ENGINES =
      List.of(Engine.DUCKDB, Engine.TRINO, Engine.SPARK, Engine.FLINK);

  @TempDir Path folder;

  private Policy policy(String text) {
    Path file = folder.resolve("policy.yaml");
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Policy.read(file, GROUPS, ZoneOffset.UTC);
  }

  private static StatementFacts facts(String user, OptionalLong bytes) {
    return new StatementFacts(
        Instant.EPOCH,
        "f",
        user,
        "",
        "query",
        new Workload(Workload.Type.EXPLORATION, ""),
        List.of("lake.sales.orders"),
        bytes,
        OptionalLong.empty(),
        Optional.of(false));
  }

  private static StatementFacts facts(String user) {
    return facts(user, OptionalLong.of(100L << 40));
  }

  private static final String RULES =
      """
      version: 1
      users:
        robot:
          forbid: [duckdb, flink]
          because: "nightly jobs need Spark's shuffle"
      groups:
        analysts:
          prefer: duckdb
          because: fastest for them
      rules:
        - name: runaway scans
          when: bytes > 5 TiB and not partition_predicate and not groups has 'etl'
          then: reject
          because: name a partition
        - name: trino for the lake
          when: tables has 'lake.*'
          then: prefer trino
          because: it is next to the data
        - name: robots on spark
          when: user = 'robot'
          then: require spark
          because: they were tuned for it
      """;

  @Test
  void everyRuleThatHoldsCounts() {
    Policy policy = policy(RULES);

    Verdict robot = policy.judge(facts("robot"));
    assertThat(robot.holding())
        .extracting(Rule::name)
        .containsExactly(
            "trino for the lake",
            "robots on spark",
            "user robot: forbid duckdb",
            "user robot: forbid flink");
    assertThat(robot.rejection()).isEmpty();
    assertThat(robot.vetoes(ENGINES))
        .extracting(Veto::engine)
        .containsExactly(Engine.DUCKDB, Engine.TRINO, Engine.FLINK, Engine.DUCKDB, Engine.FLINK);
    assertThat(robot.vetoes(ENGINES).get(0).reason())
        .isEqualTo(
            "The policy's rule 'robots on spark' says require spark: they were tuned for it");

    Verdict analyst = policy.judge(facts("ann", OptionalLong.of(5)));
    assertThat(analyst.preferences())
        .extracting(Preference::engine)
        .containsExactly(Engine.TRINO, Engine.DUCKDB);
  }

  @Test
  void aRejectionSaysWhyAndWhere() {
    assertThatThrownBy(() -> policy(RULES).judge(facts("ann")).refuseRejected())
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> {
              assertThat(e.code()).isEqualTo("POLICY_REJECTED");
              assertThat(e.sqlState()).isEqualTo("42501");
            })
        .hasMessageContaining("'runaway scans' says reject: name a partition")
        .hasMessageContaining("policy.yaml:11");
  }

  @Test
  void whatIsUnknownIsNotRejected() {
    policy(RULES).judge(facts("ann", OptionalLong.empty())).refuseRejected();
    assertThat(Policy.NONE.judge(facts("ann")).holding()).isEmpty();
  }

  static List<Mistake> mistakes() {
    String rule =
        "version: 1\nrules:\n  - name: a\n    when: user = 'x'\n    then: reject\n    because: b\n";
    return List.of(
        new Mistake("", "is empty"),
        new Mistake("rules: []\n", "line 1, column 1: the key version is missing"),
        new Mistake("version: 2\n", "line 1, column 10: this Kitsune reads version 1"),
        new Mistake("version: 1\nrule: []\n", "line 2, column 1: there is no key rule here"),
        new Mistake(
            "version: 1\nversion: 1\n", "line 2, column 1: the key version stands here twice"),
        new Mistake("version: 1\nrules: [\n", "line 3, column 1: this is no YAML"),
        new Mistake("version: 1\nrules: {}\n", "line 2, column 8: a list has to stand here"),
        new Mistake(rule.replace("reject", "refuse"), "line 5, column 11: write reject, or prefer"),
        new Mistake(rule.replace("reject", "prefer gateway"), "line 5, column 11: write reject"),
        new Mistake(rule.replace("reject", "reject spark"), "line 5, column 11: write reject"),
        new Mistake(
            rule.replace("    because: b\n", ""), "line 3, column 5: the key because is missing"),
        new Mistake(rule.replace("user = 'x'", "user > 'x'"), "line 4, column 16: user takes"),
        new Mistake(rule.replace("user = 'x'", "\"user > 'x'\""), "line 4, column 17: user takes"),
        new Mistake(
            rule.replace("user = 'x'", "|\n      user = 'x'\n      or usr = 'y'"),
            "line 4, column 11: there is no fact usr"),
        new Mistake(rule + rule.substring(rule.indexOf("  -")), "line 7, column 11: another rule"),
        new Mistake(
            "version: 1\ngroups:\n  none: {prefer: spark, because: b}\n",
            "line 3, column 9: there is no group none"),
        new Mistake(
            "version: 1\nusers:\n  x: {prefer: spork, because: b}\n",
            "line 3, column 15: an engine is one of duckdb"),
        new Mistake(
            "version: 1\nusers:\n  x: {because: b}\n",
            "line 3, column 6: prefer or forbid is missing"),
        new Mistake("version: 1\nrules: &r []\nusers: *r\n", "aliases"),
        new Mistake(
            "version: !!java.net.URL [http://x]\n",
            "line 1, column 10: this is no YAML: Global tag"));
  }

  record Mistake(String text, String message) {}

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsNamedByLineAndColumn(Mistake mistake) {
    assertThatThrownBy(() -> policy(mistake.text()))
        .isInstanceOf(KitsuneException.class)
        .hasMessageContaining("policy.yaml")
        .hasMessageContaining(mistake.message());
  }

  @Test
  void theExampleIsValid() {
    Policy policy =
        Policy.read(
            Path.of("../conf/policy.yaml").toAbsolutePath().normalize(),
            Groups.of(Map.of("analysts", List.of("ann"))),
            ZoneOffset.UTC);
    assertThat(policy.rules()).isNotEmpty();
  }

  @Test
  void globsHaveOneWildcard() {
    assertThat(new Glob("a*b*c").matches("axxbyyc")).isTrue();
    assertThat(new Glob("a*b*c").matches("axxbyy")).isFalse();
    assertThat(new Glob("*").matches("")).isTrue();
    assertThat(new Glob("").matches("a")).isFalse();
    assertThat(new Glob("a.c").matches("abc")).isFalse();
    assertThat(new Glob("*aab").matches("aaab")).isTrue();
  }
}
