// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.reading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NormalisedTextTest {
  private static String normalised(String text) {
    return NormalisedText.of(text, ReadingLimits.DEFAULT).text();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "SELECT  A, b /* all */ FROM T WHERE x = 'Ann' AND y > 1.5e3;|select a, b from t where x = ? and y > ?",
        "select * from t where x in (1, 2, 3)|select * from t where x in (?)",
        "SELECT * FROM t WHERE x IN ('a')|select * from t where x in (?)",
        "INSERT INTO t VALUES (1, 'a'), (2, 'b')|insert into t values (?), (?)",
        "SELECT /*+ ENGINE(spark) */ 1|select /*+ engine (spark) */ ?",
        "SELECT DATE '2024-01-01', a.b[0]|select date ?, a.b [?]",
        "SET spark.hadoop.fs.s3a.secret.key=abc def|set spark.hadoop.fs.s3a.secret.key = ?",
        "SET TIME ZONE 'Europe/Warsaw'|set time zone ?",
        "SET kitsune.engine|set kitsune.engine"
      })
  void constantsAndBlanksAreGone(String text, String expected) {
    assertThat(normalised(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT 'hunter2'",
        "SELECT \"hunter2\"",
        "SELECT r'hunter2'",
        "SELECT 1 -- hunter2",
        "SELECT /* hunter2 */ 1",
        "SELECT 'hunter2",
        "SELECT 1 /* hunter2",
        "SET a.password = hunter2",
        "set a.password=x hunter2 ; select 1",
        "CREATE TABLE t USING jdbc OPTIONS (password 'hunter2', user = \"hunter2\")"
      })
  void nothingThatAUserWroteAsAValueIsLeft(String text) {
    assertThat(normalised(text)).doesNotContain("hunter2");
  }

  @Test
  void statementsThatDifferInConstantsHaveOneFingerprint() {
    NormalisedText one = NormalisedText.of("SELECT a FROM t WHERE b = 1", ReadingLimits.DEFAULT);
    assertThat(one.fingerprint()).matches("[0-9a-f]{16}");
    assertThat(NormalisedText.of("select A from T\nwhere b=2", ReadingLimits.DEFAULT).fingerprint())
        .isEqualTo(one.fingerprint());
    assertThat(NormalisedText.of("select A from T where c=2", ReadingLimits.DEFAULT).fingerprint())
        .isNotEqualTo(one.fingerprint());
  }
}
