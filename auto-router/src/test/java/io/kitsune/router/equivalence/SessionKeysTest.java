// SPDX-License-Identifier: Apache-2.0
package io.kitsune.router.equivalence;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.router.Engine;
import io.kitsune.router.Veto;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionKeysTest {
  @ParameterizedTest
  @CsvSource({
    "spark.sql.shuffle.partitions, 4",
    "spark.sql.adaptive.enabled, false",
    "spark.sql.ansi.enabled, false",
    "spark.sql.ansi.enabled, FALSE",
    "spark.sql.caseSensitive, false",
    "spark.sql.session.timeZone, Europe/Berlin",
    "spark.executor.memory, 4g",
    "kitsune.engine, duckdb",
  })
  void harmless(String key, String value) {
    assertThat(SessionKeys.vetoes(Engine.DUCKDB, Map.of(key, value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "spark.sql.ansi.enabled, true",
    "spark.sql.caseSensitive, true",
    "spark.sql.decimalOperations.allowPrecisionLoss, false",
    "spark.sql.legacy.timeParserPolicy, LEGACY",
    "spark.sql.mapKeyDedupPolicy, LAST_WIN",
    "spark.sql.nobody.knows, 1",
    "kitsune.session.temporary-functions, true",
  })
  void changesTheMeaning(String key, String value) {
    assertThat(SessionKeys.vetoes(Engine.DUCKDB, Map.of(key, value)))
        .singleElement()
        .extracting(Veto::construct)
        .isEqualTo(key);
  }
}
