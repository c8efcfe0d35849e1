// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.router.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SessionOpeningTest {
  private final MemoryCatalogs catalogs =
      new MemoryCatalogs().add("spark_catalog", List.of("shop")).add("lake", List.of("Raw"));

  private SessionState open(Map<String, String> settings) {
    return SessionOpening.state("alice", settings, catalogs);
  }

  @Test
  void takesKeysWithAndWithoutPrefixes() {
    assertThat(
            open(Map.of(
                    "a", "1",
                    "set:hiveconf:b", "2",
                    "set:hivevar:c", "3",
                    "set:system:d", "4",
                    "set:e", "5"))
                .configuration())
        .isEqualTo(Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5"));
  }

  @Test
  void startsWhereItIsAsked() {
    assertThat(open(Map.of()).currentNamespace()).containsExactly("default");
    assertThat(open(Map.of("use:database", "SHOP")).currentNamespace()).containsExactly("shop");
    SessionState lake = open(Map.of("use:catalog", "lake", "use:database", "Raw"));
    assertThat(lake.currentCatalog()).isEqualTo("lake");
    assertThat(lake.currentNamespace()).containsExactly("Raw");
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> open(Map.of("use:database", "nowhere")))
        .hasMessageContaining("`nowhere`");
    assertThatThrownBy(() -> open(Map.of("use:catalog", "nowhere")))
        .hasMessageContaining("there are: spark_catalog, lake");
    assertThatThrownBy(() -> open(Map.of("set:env:PATH", "x")))
        .hasMessageContaining("environment variables cannot be set");
    assertThatThrownBy(() -> open(Map.of("hive.server2.proxy.user", "root")))
        .hasMessageContaining("alice may not act as root");
    assertThat(open(Map.of("hive.server2.proxy.user", "alice")).user()).isEqualTo("alice");
    assertThatThrownBy(() -> open(Map.of("kitsune.no.such", "x")))
        .hasMessageContaining("kitsune.no.such");
  }

  @Test
  void readsWhatAStatementAsksFor() {
    Duration day = Duration.ofDays(1);
    Map<String, String> session =
        Map.of("kyuubi.operation.query.timeout", "PT1M", "kyuubi.operation.result.max.rows", "100");
    assertThat(StatementOptions.of(Map.of("x", "y"), Map.of(), 0, day))
        .isEqualTo(new StatementOptions(Map.of("x", "y"), day, OptionalLong.empty()));
    assertThat(StatementOptions.of(Map.of(), session, 0, day))
        .isEqualTo(new StatementOptions(Map.of(), Duration.ofMinutes(1), OptionalLong.of(100)));
    assertThat(StatementOptions.of(Map.of(), session, 5, day).timeout())
        .isEqualTo(Duration.ofSeconds(5));
    assertThat(
            StatementOptions.of(Map.of("kyuubi.operation.query.timeout", "1500"), session, 0, day)
                .timeout())
        .isEqualTo(Duration.ofMillis(1500));
    assertThatThrownBy(
            () ->
                StatementOptions.of(
                    Map.of("kyuubi.operation.query.timeout", "soon"), Map.of(), 0, day))
        .hasMessageContaining("kyuubi.operation.query.timeout=soon cannot be read");
  }
}
