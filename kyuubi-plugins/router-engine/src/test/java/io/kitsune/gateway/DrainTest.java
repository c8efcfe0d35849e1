// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.gateway.KyuubiServerClient.Login;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import io.kitsune.router.Engine;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationState;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway that leaves while sessions are open. */
class DrainTest {
  private static final String ONE = "select 1";
  private static final Login ANN = Login.of("ann");

  private GatewayFixture fixture;

  @BeforeEach
  void start() throws Exception {
    fixture =
        new GatewayFixture(
            GatewayFixture.defaults(Transport.SASL_PLAIN),
            Map.of(Engine.SPARK, new BlockingEngine()));
    fixture
        .routing
        .duckDb(ONE, "SELECT 1::INTEGER AS \"1\"", Column.of("1", Simple.INT))
        .spark(ScriptedRouting.opaque("wait"));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void refusesNewSessionsAndFinishesTheOpenOnes() throws Exception {
    int port = fixture.gateway.port();
    try (KyuubiServerClient open = KyuubiServerClient.jdbc(port, ANN, Map.of());
        RawClient late = RawClient.plain(port, "bob")) {
      assertThat(fixture.gateway.draining()).isFalse();
      assertThat(fixture.gateway.drain(Duration.ZERO)).isFalse();
      assertThat(fixture.gateway.draining()).isTrue();

      TStatus refused =
          late.openResponse(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, Map.of()).getStatus();
      assertThat(refused.getSqlState()).isEqualTo("57P03");
      assertThat(refused.getErrorMessage()).startsWith("GATEWAY_DRAINING");
      assertThat(open.execute(ONE).state()).isEqualTo(TOperationState.FINISHED_STATE);

      open.closeSession();
      assertThat(fixture.gateway.drain(Duration.ofSeconds(60))).isTrue();
    }
  }

  @Test
  void tellsThoseWhoAreStillThereAfterTheLimit() throws Exception {
    try (KyuubiServerClient open = KyuubiServerClient.jdbc(fixture.gateway.port(), ANN, Map.of())) {
      UUID operation = UUID.randomUUID();
      TExecuteStatementResp waiting = open.start(operation, "wait", Map.of());
      assertThat(fixture.gateway.drain(Duration.ZERO)).isFalse();
      fixture.gateway.stopStatements();
      assertThat(open.relay(operation, waiting.getOperationHandle()).status())
          .satisfies(
              status -> {
                assertThat(status.getOperationState()).isEqualTo(TOperationState.ERROR_STATE);
                assertThat(status.getSqlState()).isEqualTo("57P01");
                assertThat(status.getErrorMessage())
                    .startsWith("GATEWAY_STOPPED")
                    .contains("kitsune.drain.timeout");
              });
      assertThat(open.start(UUID.randomUUID(), ONE, Map.of()).getStatus().getSqlState())
          .isEqualTo("57P01");
      assertThat(fixture.gateway.sessions()).isEqualTo(1);
    }
  }
}
