// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.Catalogs;
import io.kitsune.engine.health.EngineFleet;
import io.kitsune.gateway.GatewaySession.Purpose;
import io.kitsune.router.SessionState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Duration SOON = Duration.ofMinutes(1);
  private static final SessionState STATE =
      new SessionState("alice", Catalogs.SESSION_CATALOG, List.of("default"), Map.of(), Map.of());

  private final EngineFleet engines = EngineFleet.of(List.of());
  private final Sessions sessions = new Sessions(new SessionLimits(10, 10, Duration.ofNanos(1)));

  @AfterEach
  void close() {
    sessions.close();
    engines.close();
  }

  private GatewaySession open(OperationLimits limits) {
    GatewaySession session =
        new GatewaySession(
            Handle.random(),
            Purpose.STATEMENTS,
            TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11,
            STATE,
            limits,
            engines);
    sessions.add(session);
    return session;
  }

  @Test
  void closesWhatIsIdleAndNothingThatStillRuns() {
    GatewaySession idle = open(OperationLimits.defaults());
    GatewaySession busy = open(OperationLimits.defaults());
    Operation running = busy.begin(TOperationType.EXECUTE_STATEMENT);

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              sessions.reap();
              assertThat(sessions.all()).doesNotContain(idle);
            });
    assertThat(sessions.all()).containsExactly(busy);
    assertThat(running.state()).isEqualTo(Operation.State.PENDING);

    running.cancel();
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              sessions.reap();
              assertThat(sessions.all()).isEmpty();
            });
    assertThat(running.state()).isEqualTo(Operation.State.CLOSED);
  }
}
