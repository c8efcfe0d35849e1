// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.router.StatementFacts;
import io.kitsune.router.Workload;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConditionReaderTest {
  /** Monday, 10:59 in Warsaw. */
  private static final Instant MORNING = Instant.parse("2026-03-02T09:59:00Z");

  private static final Situation KNOWN =
      new Situation(
          new StatementFacts(
              MORNING,
              "f",
              "ann",
              "proxy",
              "10.1.2.3",
              "Apache Superset",
              "query",
              new Workload(Workload.Type.INTERACTIVE, ""),
              List.of("lake.Sales.orders", "spark_catalog.hr.people"),
              OptionalLong.of(6L << 40),
              OptionalLong.of(1_000),
              Optional.of(false)),
          Set.of("analysts", "it's"),
          MORNING.atZone(ZoneId.of("Europe/Warsaw")));

  private static final Situation UNKNOWN =
      new Situation(
          new StatementFacts(
              MORNING,
              "f",
              "bob",
              "",
              "insert",
              new Workload(Workload.Type.BATCH_WRITE, ""),
              List.of(),
              OptionalLong.empty(),
              OptionalLong.empty(),
              Optional.empty()),
          Set.of(),
          MORNING.atZone(ZoneId.of("Europe/Warsaw")));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        // condition | where all is known | where nothing is
        "bytes > 5 TiB|TRUE|UNKNOWN",
        "bytes > 6 TiB|FALSE|UNKNOWN",
        "bytes >= 6TiB|TRUE|UNKNOWN",
        "bytes < 7 TB|TRUE|UNKNOWN",
        "bytes = 6597069766656|TRUE|UNKNOWN",
        "not bytes > 5 TiB|FALSE|UNKNOWN",
        "not (bytes < 5 TiB)|TRUE|UNKNOWN",
        "bytes is unknown|FALSE|TRUE",
        "bytes is not unknown|TRUE|FALSE",
        "bytes > 5 TiB or bytes is unknown|TRUE|TRUE",
        "bytes > 5 TiB and not partition_predicate|TRUE|UNKNOWN",
        "partition_predicate|FALSE|UNKNOWN",
        "partition_predicate is unknown|FALSE|TRUE",
        "bytes > 5 TiB and user = 'eve'|FALSE|FALSE",
        "bytes > 5 TiB or user = 'bob'|TRUE|TRUE",
        "rows != 1000|FALSE|UNKNOWN",
        "user = 'ann'|TRUE|FALSE",
        "user = 'ANN'|FALSE|FALSE",
        "user != 'ann'|FALSE|TRUE",
        "user in ('eve', 'bob')|FALSE|TRUE",
        "user not in ('eve', 'bob')|TRUE|FALSE",
        "user like 'a*n'|TRUE|FALSE",
        "real_user = 'proxy'|TRUE|UNKNOWN",
        "address like '10.1.*'|TRUE|UNKNOWN",
        "address not in ('10.1.2.3', '::1')|FALSE|UNKNOWN",
        "client like '*superset*'|TRUE|UNKNOWN",
        "client not like '*superset*'|FALSE|UNKNOWN",
        "client is unknown|FALSE|TRUE",
        "groups has 'analysts'|TRUE|FALSE",
        "groups has 'analyst'|FALSE|FALSE",
        "groups has 'it''s'|TRUE|FALSE",
        "tables has 'lake.sales.*'|TRUE|FALSE",
        "tables has 'LAKE.SALES.ORDERS'|TRUE|FALSE",
        "catalogs has 'lake'|TRUE|FALSE",
        "workload = 'interactive'|TRUE|FALSE",
        "workload in ('BATCH_WRITE', 'maintenance')|FALSE|TRUE",
        "kind = 'query'|TRUE|FALSE",
        "hour >= 10 and hour < 11|TRUE|TRUE",
        "weekday in ('monday', 'tuesday')|TRUE|TRUE",
        "NOT user = 'ann' OR user = 'ann' AND hour = 10|TRUE|TRUE",
        "user = 'ann' or user = 'bob' and hour = 3|TRUE|FALSE",
        "(user = 'ann' or user = 'bob') and hour = 3|FALSE|FALSE"
      })
  void isJudgedByThreeValues(String text, Truth known, Truth unknown) {
    Condition condition = ConditionReader.read(text);
    assertThat(condition.judge(KNOWN)).isEqualTo(known);
    assertThat(condition.judge(UNKNOWN)).isEqualTo(unknown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "byts > 5|1|there is no fact byts; there are user, real_user, address, groups",
        "user = 'a' and byts > 5|16|there is no fact byts",
        "bytes > 5 Tib|11|a unit is one of B, KB",
        "rows > 5 TiB|10|rows has no unit",
        "bytes > 'x'|9|bytes is compared with a number",
        "bytes > 99999999999999999999|9|too large",
        "bytes > 9999999 PiB|9|too large",
        "hour > 24|8|hour is 23 at most",
        "bytes|1|bytes has to be compared",
        "bytes like 'x'|7|bytes takes =",
        "user > 'x'|6|user takes =",
        "user = 5|8|single quotes",
        "groups = 'x'|8|groups takes has",
        "partition_predicate = 'x'|21|stands by itself",
        "workload = 'interaktive'|12|workload is one of continuous",
        "bytes >|8|ends too early",
        "bytes > 5 and|14|ends too early",
        "bytes > 5 5|11|'5' cannot stand here",
        "bytes > 5; drop|10|';' cannot stand here",
        "user = \"x\"|8|cannot stand here",
        "user = 'x|8|cannot stand here",
        "(bytes > 5|11|ends too early",
        "user.name = 'x'|5|cannot stand here"
      })
  void whatHasNoMeaningIsRefusedByItsPlace(String text, int column, String message) {
    assertThatThrownBy(() -> ConditionReader.read(text))
        .isInstanceOfSatisfying(
            ConditionError.class, e -> assertThat(e.column()).as(e.getMessage()).isEqualTo(column))
        .hasMessageContaining(message);
  }

  @Test
  void sizeIsBounded() {
    assertThatThrownBy(() -> ConditionReader.read("(".repeat(5_000)))
        .isInstanceOf(ConditionError.class);
    assertThatThrownBy(() -> ConditionReader.read("not ".repeat(300) + "partition_predicate"))
        .isInstanceOf(ConditionError.class);
    assertThatThrownBy(() -> ConditionReader.read(" ".repeat(10_001)))
        .isInstanceOf(ConditionError.class);
    assertThat(ConditionReader.read("user = 'x'" + " or user = 'x'".repeat(600)).judge(KNOWN))
        .isEqualTo(Truth.FALSE);
  }

  @Test
  void kleenesTables() {
    assertThat(Truth.UNKNOWN.and(Truth.FALSE)).isEqualTo(Truth.FALSE);
    assertThat(Truth.UNKNOWN.and(Truth.TRUE)).isEqualTo(Truth.UNKNOWN);
    assertThat(Truth.UNKNOWN.or(Truth.TRUE)).isEqualTo(Truth.TRUE);
    assertThat(Truth.UNKNOWN.or(Truth.FALSE)).isEqualTo(Truth.UNKNOWN);
    assertThat(Truth.UNKNOWN.not()).isEqualTo(Truth.UNKNOWN);
  }
}
