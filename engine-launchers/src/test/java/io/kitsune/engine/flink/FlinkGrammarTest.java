// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.engine.process.TestArtifacts;
import io.kitsune.error.KitsuneException;
import io.kitsune.router.Statement.TableReference;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables in texts that only Flink has, with Flink's own parser. */
final class FlinkGrammarTest {
  private static final FlinkGrammar GRAMMAR = new FlinkGrammar(TestArtifacts.shared());

  @AfterAll
  static void close() {
    GRAMMAR.close();
  }

  static Stream<Arguments> statements() {
    return Stream.of(
        Arguments.of(
            "EXECUTE STATEMENT SET BEGIN\r\nINSERT INTO a SELECT 1;\nINSERT INTO `x y`.b SELECT * FROM c;\tEND",
            "WRITE a, WRITE x y.b, READ c+"),
        Arguments.of(
            "SELECT é.a, 'c' FROM `é` /*+ OPTIONS('streaming' = 'true') */ WHERE x IN (SELECT y FROM d AS e)",
            "READ é+, READ d"),
        Arguments.of(
            "SELECT * FROM k.t /*+ OPTIONS('streaming' = 'true') */ AS m JOIN n ON m.i = n.i",
            "READ k.t, READ n+"),
        Arguments.of(
            "SELECT window_start, count(*) FROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY window_start",
            "DESCRIBE clicks"),
        Arguments.of(
            "SELECT * FROM TABLE(TUMBLE(DATA => TABLE c.d.e, TIMECOL => DESCRIPTOR(ts), SIZE => INTERVAL '1' MINUTE))",
            "DESCRIBE c.d.e"),
        Arguments.of(
            "CREATE TABLE s (id BIGINT, t AS PROCTIME(), WATERMARK FOR ts AS ts) WITH ('connector' = 'print')",
            "DEFINE s"),
        Arguments.of(
            "CREATE TABLE s WITH ('connector' = 'print') AS WITH q AS (SELECT * FROM r), p AS (SELECT * FROM q) SELECT * FROM q, p, Q UNION ALL TABLE o",
            "DEFINE s, READ r+, READ Q+, DESCRIBE o"),
        Arguments.of(
            "CREATE TEMPORARY TABLE s WITH ('connector' = 'print') LIKE r (EXCLUDING ALL)",
            "DESCRIBE r"),
        Arguments.of(
            "CREATE OR REPLACE TABLE s WITH ('a' = 'b') AS SELECT * FROM r", "DEFINE s, READ r+"),
        Arguments.of(
            "SELECT * FROM o JOIN r FOR SYSTEM_TIME AS OF o.p ON o.i = r.i", "READ o+, READ r+"),
        Arguments.of(
            "SELECT * FROM o, LATERAL TABLE(f(o.x)), UNNEST(o.y) AS u(v), (SELECT * FROM i) AS j",
            "READ o+, READ i+"),
        Arguments.of(
            "SELECT * FROM m MATCH_RECOGNIZE (PARTITION BY a ORDER BY b MEASURES A.b AS c PATTERN (A B) DEFINE B AS B.b > A.b)",
            "READ m"),
        Arguments.of(
            "CREATE VIEW v AS SELECT * FROM r /*+ OPTIONS('a' = 'b') */", "DEFINE v, VIEW_BODY r+"),
        Arguments.of("EXPLAIN ESTIMATED_COST INSERT INTO s SELECT * FROM r", "WRITE s, READ r+"),
        Arguments.of(
            "COMPILE PLAN 'file:///p' FOR INSERT INTO s SELECT * FROM r", "WRITE s, READ r+"),
        Arguments.of("ALTER TABLE s ADD (x INT)", "DEFINE s"),
        Arguments.of("DROP TABLE IF EXISTS a.s", "DEFINE a.s"),
        Arguments.of("DROP TEMPORARY TABLE s", ""),
        Arguments.of("SHOW CREATE TABLE s", "DESCRIBE s"),
        Arguments.of("DESCRIBE s", "DESCRIBE s"),
        Arguments.of("SHOW COLUMNS FROM s", "DESCRIBE s"),
        Arguments.of("SHOW TABLES FROM s", ""),
        Arguments.of("CREATE CATALOG s WITH ('type' = 'jdbc')", ""),
        Arguments.of("CALL s.p('r')", ""),
        Arguments.of("DELETE FROM s WHERE i IN (SELECT i FROM r)", "WRITE s, READ r+"),
        Arguments.of("UPDATE s SET i = (SELECT max(i) FROM r)", "WRITE s, READ r+"),
        Arguments.of(
            "INSERT INTO s /*+ OPTIONS('a' = 'b') */ PARTITION (p = 1) (x) VALUES (1)", "WRITE s"),
        Arguments.of(
            "CREATE MATERIALIZED TABLE s FRESHNESS = INTERVAL '1' MINUTE AS SELECT * FROM r",
            "DEFINE s, READ r+"));
  }

  @ParameterizedTest
  @MethodSource("statements")
  void everyTableIsFoundAtItsPlace(String text, String tables) {
    List<TableReference> found = GRAMMAR.tables(text);

    assertThat(found.stream().map(FlinkGrammarTest::shown).collect(Collectors.joining(", ")))
        .isEqualTo(tables);
    found.forEach(
        table ->
            assertThat(text.substring(table.start(), table.end()).replace("`", ""))
                .isEqualTo(String.join(".", table.parts())));
  }

  /** Role and name, and a plus where an alias may be written. */
  private static String shown(TableReference table) {
    return table.role() + " " + String.join(".", table.parts()) + (table.aliasAt() >= 0 ? "+" : "");
  }

  @Test
  void anAliasStandsBehindWhatBelongsToTheName() {
    String text = "SELECT r.a FROM r /*+ OPTIONS('a' = 'b') */, o";

    assertThat(GRAMMAR.tables(text).get(0).aliasAt()).isEqualTo(text.indexOf(", o"));
    assertThat(GRAMMAR.tables("SELECT 1 FROM r, o").get(0).aliasAt()).isEqualTo(15);
  }

  @Test
  void anErrorHasItsPlaceAndNoListOfWords() {
    assertThatThrownBy(
            () -> GRAMMAR.tables("SELECT *\nFROM TABLE(TUMBLE(TABLE clicks, DESCRIPTOR ts))"))
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> {
              assertThat(e.code()).isEqualTo("FLINK_SYNTAX_ERROR");
              assertThat(e.sqlState()).isEqualTo("42601");
              assertThat(e.getMessage()).contains("line 2, column 44").doesNotContain("expecting");
            });
  }

  @Test
  void whatIsNestedTooDeepIsRefused() {
    assertThatThrownBy(() -> GRAMMAR.tables("SELECT " + "(".repeat(100_000) + "1"))
        .isInstanceOf(KitsuneException.class);
  }
}
