// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.SessionOpening.Word;
import io.kitsune.gateway.thrift.encoding.ResultFormat;
import io.kitsune.router.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class SessionOpeningTest {
  private static final SessionOrigin SHOWN = SessionOrigin.ofConnection("10.0.0.7", "alice");
  private static final Map<String, String> OF_CONNECTION =
      Map.of("kyuubi.client.ipAddress", "10.0.0.7", "kyuubi.session.real.user", "alice");

  private final MemoryCatalogs catalogs =
      new MemoryCatalogs().add("spark_catalog", List.of("shop")).add("lake", List.of("Raw"));

  private SessionState open(Map<String, String> settings) {
    return SessionOpening.state("alice", settings, catalogs, SHOWN, Word.HIS_OWN);
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
        .containsAllEntriesOf(Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5"))
        .hasSize(5 + OF_CONNECTION.size());
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
  void believesAServerOnWhoseSessionItIsAndNobodyElse() {
    Map<String, String> told =
        Map.of("kyuubi.client.ipAddress", "192.0.2.9", "kyuubi.session.real.user", "proxy");
    assertThat(open(told).configuration()).isEqualTo(OF_CONNECTION);
    assertThat(SessionOpening.state("alice", told, catalogs, SHOWN, Word.BELIEVED).configuration())
        .isEqualTo(told);
    assertThat(
            SessionOpening.state("alice", Map.of(), catalogs, SHOWN, Word.BELIEVED).configuration())
        .isEqualTo(OF_CONNECTION);
    Map<String, String> forged = Map.of("kyuubi.session.real.user", "a\nSession of root opened");
    assertThatThrownBy(() -> SessionOpening.state("alice", forged, catalogs, SHOWN, Word.BELIEVED))
        .hasMessageContaining("control characters");
  }

  @Test
  void keepsNoCredentials() {
    assertThat(open(Map.of("kyuubi.engine.credentials", "secret")).configuration())
        .isEqualTo(OF_CONNECTION);
  }

  @Test
  void takesTheServersHandle() {
    String handle = "6c1e3f0e-8a3b-4c0e-9d52-1f6a1b2c3d4e";
    assertThat(SessionOpening.handle(open(Map.of("kyuubi.session.handle", handle))))
        .hasToString(handle);
    assertThatThrownBy(() -> SessionOpening.handle(open(Map.of("kyuubi.session.handle", "7"))))
        .hasMessageContaining("kyuubi.session.handle=7 is no handle");
  }

  @Test
  void refusesWhatAGatewayHasSentAway() {
    assertThatThrownBy(() -> open(Map.of("kitsune.hop", "router-1:10009")))
        .hasMessageContaining("router-1:10009")
        .hasMessageContaining("kyuubi.session.conf.ignore.list")
        .isInstanceOfSatisfying(
            KitsuneException.class,
            e -> {
              assertThat(e.code()).isEqualTo("ROUTING_LOOP");
              assertThat(e.sqlState()).isEqualTo("08004");
            });
    assertThatThrownBy(
            () ->
                StatementOptions.of(
                    Map.of("kitsune.hop", "router-1:10009"), Map.of(), 0, Duration.ofDays(1)))
        .hasMessageContaining("router-1:10009");
  }

  @Test
  void refusesWhatWouldNotRunAsSql() {
    assertThat(open(Map.of("kyuubi.operation.language", "sql")).user()).isEqualTo("alice");
    assertThat(open(Map.of("kyuubi.operation.plan.only.mode", "none")).user()).isEqualTo("alice");
    assertThatThrownBy(() -> open(Map.of("set:hiveconf:kyuubi.operation.language", "PYTHON")))
        .hasMessageContaining("connect with kyuubi.engine.type=SPARK_SQL");
    assertThatThrownBy(() -> open(Map.of("kyuubi.operation.plan.only.mode", "parse")))
        .hasMessageContaining("Write EXPLAIN");
    assertThatThrownBy(
            () ->
                StatementOptions.of(
                    Map.of("kyuubi.operation.language", "SCALA"), Map.of(), 0, Duration.ofDays(1)))
        .hasMessageContaining("here statements are SQL");
  }

  @Test
  void readsWhatAStatementAsksFor() {
    Duration day = Duration.ofDays(1);
    Map<String, String> session =
        Map.of("kyuubi.operation.query.timeout", "PT1M", "kyuubi.operation.result.max.rows", "100");
    assertThat(StatementOptions.of(Map.of("x", "y"), Map.of(), 0, day))
        .isEqualTo(
            new StatementOptions(Map.of("x", "y"), day, OptionalLong.empty(), ResultFormat.THRIFT));
    assertThat(StatementOptions.of(Map.of(), session, 0, day))
        .isEqualTo(
            new StatementOptions(
                Map.of(), Duration.ofMinutes(1), OptionalLong.of(100), ResultFormat.THRIFT));
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
