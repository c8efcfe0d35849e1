// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.assembly;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.gateway.configuration.KitsuneConfiguration;
import io.kitsune.router.SessionState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SessionDefaultsTest {
  private final Map<String, String> seen = new HashMap<>();

  private void decide(Map<String, String> configured, Map<String, String> session) {
    SessionDefaults defaults =
        SessionDefaults.of(
            KitsuneConfiguration.load(Optional.empty(), configured),
            (text, state, excluded) -> {
              seen.putAll(state.configuration());
              return null;
            });
    defaults.decide(
        "SELECT 1",
        new SessionState("ann", "spark_catalog", List.of("default"), session, Map.of()));
  }

  @Test
  void whatSparkStartsWithIsKnownToTheRouter() {
    decide(
        Map.of(
            "kitsune.spark.conf.spark.sql.ansi.enabled", "true",
            "kitsune.spark.conf.spark.driver.memory", "2g"),
        Map.of());

    assertThat(seen).containsExactly(Map.entry("spark.sql.ansi.enabled", "true"));
  }

  @Test
  void theSessionsOwnChoiceIsStronger() {
    decide(Map.of("kitsune.engine", "spark"), Map.of("kitsune.engine", "duckdb"));

    assertThat(seen).containsExactly(Map.entry("kitsune.engine", "duckdb"));
  }
}
