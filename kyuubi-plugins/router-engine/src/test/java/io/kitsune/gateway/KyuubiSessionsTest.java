// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.gateway.KyuubiServerClient.Answer;
import io.kitsune.gateway.KyuubiServerClient.Login;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.Statement.Reset;
import io.kitsune.router.Statement.SetKey;
import io.kitsune.router.Statement.ShowSettings;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCancelOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetQueryIdReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationState;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRenewDelegationTokenReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatusCode;
import org.apache.kyuubi.shaded.thrift.TException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions as Kyuubi's server opens them for its users. */
class KyuubiSessionsTest {
  private static final String ONE = "select 1";
  private static final String MANY = "select * from range(1000)";
  private static final String ENGINE = "which engine";
  private static final Login ANN = new Login("ann", "proxy", "anonymous", "192.0.2.17");

  private final BlockingEngine spark = new BlockingEngine();
  private GatewayFixture fixture;

  @BeforeEach
  void start() throws Exception {
    GatewaySettings usual = GatewayFixture.defaults(Transport.SASL_PLAIN);
    fixture =
        new GatewayFixture(
            new GatewaySettings(
                usual.listener(),
                usual.sessions(),
                usual.operations(),
                usual.failovers(),
                "kitsune-1"),
            Map.of(Engine.SPARK, spark));
    fixture
        .routing
        .duckDb(ONE, "SELECT 1::INTEGER AS \"1\"", Column.of("1", Simple.INT))
        .duckDb(MANY, "SELECT range AS id FROM range(1000)", Column.of("id", Simple.BIGINT))
        .spark(ScriptedRouting.opaque("wait"))
        .command(new SetKey("SET kyuubi.client.ipAddress=x", "kyuubi.client.ipAddress", "x"))
        .command(new Reset("RESET", Optional.empty()))
        .command(
            new ShowSettings("SET kyuubi.client.ipAddress", Optional.of("kyuubi.client.ipAddress")))
        .on(
            ENGINE,
            state ->
                state.setting("kitsune.engine").orElse("auto").equals("spark")
                    ? ScriptedRouting.decision(
                        Engine.SPARK,
                        ScriptedRouting.opaque(ENGINE),
                        new Dispatch.SparkStatement(ENGINE))
                    : ScriptedRouting.decision(
                        Engine.DUCKDB,
                        ScriptedRouting.opaque(ENGINE),
                        new Dispatch.DuckDbQuery(
                            "SELECT 'duckdb' AS engine",
                            List.of(Column.of("engine", Simple.STRING)),
                            Set.of(),
                            "UTC")));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  private int port() {
    return fixture.gateway.port();
  }

  @Test
  void answersJdbcsSessionsWithColumnsAndTheirLog() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      Answer answer = server.execute(ONE);
      assertThat(answer.state()).isEqualTo(TOperationState.FINISHED_STATE);
      assertThat(answer.rows()).hasSize(1);
      assertThat(answer.rows().get(0).getColumns().get(0).getI32Val().getValues())
          .containsExactly(1);
      assertThat(answer.log()).anySatisfy(line -> assertThat(line).contains("duckdb"));
    }
  }

  @Test
  void answersRestsSessionsWithRowsAndTheirLogAllTheSame() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.rest(port(), ANN, Map.of())) {
      Answer answer = server.execute(ONE);
      assertThat(answer.state()).isEqualTo(TOperationState.FINISHED_STATE);
      assertThat(answer.rows()).hasSize(1);
      assertThat(answer.rows().get(0).getRows().get(0).getColVals().get(0).getI32Val().getValue())
          .isEqualTo(1);
      assertThat(answer.log()).anySatisfy(line -> assertThat(line).contains("duckdb"));
    }
  }

  @Test
  void hasTheServersHandlesInItsReports() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      UUID operation = UUID.randomUUID();
      TExecuteStatementResp started = server.start(operation, ONE, Map.of());
      assertThat(server.calls().GetQueryId(new TGetQueryIdReq(started.getOperationHandle())))
          .hasFieldOrPropertyWithValue("queryId", operation.toString());
      server.relay(operation, started.getOperationHandle());
      StatementReport report = fixture.reports.remove();
      assertThat(report.sessionId()).isEqualTo(server.handle().toString());
      assertThat(report.operationId()).isEqualTo(operation.toString());
      assertThat(report.user()).isEqualTo("ann");
    }
  }

  @Test
  void believesNoClientWhoSpeaksForHimself() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      server.execute(ONE);
      StatementReport report = fixture.reports.remove();
      assertThat(report.realUser()).isEqualTo("ann");
      assertThat(report.clientAddress()).isEqualTo("127.0.0.1");
    }
  }

  @Test
  void believesTheServer() throws Exception {
    fixture.doorkeeper.speaksForOthers = true;
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      server.execute(ONE);
      StatementReport report = fixture.reports.remove();
      assertThat(report.realUser()).isEqualTo("proxy");
      assertThat(report.clientAddress()).isEqualTo("192.0.2.17");

      TOperationState set = server.execute("SET kyuubi.client.ipAddress=x").state();
      assertThat(set).isEqualTo(TOperationState.ERROR_STATE);
      assertThat(server.execute("RESET").state()).isEqualTo(TOperationState.FINISHED_STATE);
      assertThat(
              server
                  .execute("SET kyuubi.client.ipAddress")
                  .rows()
                  .get(0)
                  .getColumns()
                  .get(1)
                  .getStringVal()
                  .getValues())
          .containsExactly("192.0.2.17");
    }
  }

  @Test
  void tellsTheServerWhoItIs() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      assertThat(server.engine())
          .isEqualTo(Map.of("kyuubi.engine.id", "kitsune-1", "kyuubi.engine.name", "Kitsune"));
    }
  }

  @Test
  void handleOpensOneSessionOnly() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of());
        RawClient other = RawClient.plain(port(), "ann")) {
      TOpenSessionReq again = new TOpenSessionReq(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10);
      again.setConfiguration(Map.of("kyuubi.session.handle", server.handle().toString()));
      TOpenSessionResp refused = other.calls.OpenSession(again);
      assertThat(refused.getStatus().getStatusCode()).isEqualTo(TStatusCode.ERROR_STATUS);
      assertThat(refused.getStatus().getSqlState()).isEqualTo("08002");
      assertThat(server.execute(ONE).state()).isEqualTo(TOperationState.FINISHED_STATE);

      server.closeSession();
      assertThat(other.calls.OpenSession(again).getStatus().getStatusCode())
          .isEqualTo(TStatusCode.SUCCESS_STATUS);
    }
  }

  @Test
  void operationsHandleIsUsedOnce() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      UUID operation = UUID.randomUUID();
      TExecuteStatementResp waiting = server.start(operation, "wait", Map.of());
      TStatus refused = server.start(operation, ONE, Map.of()).getStatus();
      assertThat(refused.getErrorMessage()).startsWith("OPERATION_HANDLE_IN_USE");
      server.calls().CancelOperation(new TCancelOperationReq(waiting.getOperationHandle()));
      assertThat(server.relay(operation, waiting.getOperationHandle()).state())
          .isEqualTo(TOperationState.CANCELED_STATE);
    }
  }

  @Test
  void overlayChoosesTheEngineOfOneStatement() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      server.execute(ENGINE, Map.of("kitsune.engine", "spark"));
      assertThat(spark.executed).containsExactly(ENGINE);
      server.execute(ENGINE);
      assertThat(spark.executed).containsExactly(ENGINE);
    }
  }

  @Test
  void keysReachTheSessionAsTheServerWritesThem() throws Exception {
    fixture.catalogs.add("spark_catalog", List.of("shop"));
    Map<String, String> settings =
        Map.of("use:database", "shop", "set:hiveconf:kitsune.engine", "spark");
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, settings)) {
      assertThat(only(located(server, "get.current.database", ""))).isEqualTo("shop");
      server.execute(ENGINE);
      // Behind the USE that brings the engine's session there.
      assertThat(spark.executed).contains(ENGINE);
    }
  }

  @Test
  void placeIsSetAndToldByStatementsWithoutText() throws Exception {
    fixture.catalogs.add("lake", List.of("raw"));
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      assertThat(located(server, "set.current.catalog", "lake").state())
          .isEqualTo(TOperationState.FINISHED_STATE);
      assertThat(located(server, "set.current.database", "raw").state())
          .isEqualTo(TOperationState.FINISHED_STATE);
      assertThat(only(located(server, "get.current.catalog", ""))).isEqualTo("lake");
      assertThat(only(located(server, "get.current.database", ""))).isEqualTo("raw");
      assertThat(located(server, "set.current.catalog", "nowhere").state())
          .isEqualTo(TOperationState.ERROR_STATE);
    }
  }

  private static Answer located(KyuubiServerClient server, String what, String value)
      throws TException {
    return server.execute("", Map.of("kyuubi.operation." + what, value));
  }

  private static String only(Answer answer) {
    return answer.rows().get(0).getColumns().get(0).getStringVal().getValues().get(0);
  }

  @Test
  void limitsOfAStatementAreItsOverlays() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      Answer late = server.execute("wait", Map.of("kyuubi.operation.query.timeout", "PT0.3S"));
      assertThat(late.state()).isEqualTo(TOperationState.TIMEDOUT_STATE);
      assertThat(late.status().getErrorMessage()).startsWith("STATEMENT_TIMEOUT");

      Answer few = server.execute(MANY, Map.of("kyuubi.operation.result.max.rows", "3"));
      assertThat(few.rows().get(0).getColumns().get(0).getI64Val().getValues())
          .containsExactly(0L, 1L, 2L);
      assertThat(few.rows()).hasSize(1);
    }
  }

  @Test
  void probeIsAnsweredWhileAStatementRunsAndTakesNoPlace() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, Map.of())) {
      UUID operation = UUID.randomUUID();
      TExecuteStatementResp waiting = server.start(operation, "wait", Map.of());
      assertThat(server.probe()).isEqualTo("3.5.4");
      assertThat(fixture.gateway.sessions()).isEqualTo(1);
      server.calls().CancelOperation(new TCancelOperationReq(waiting.getOperationHandle()));
    }
  }

  @Test
  void everyKindOfInformationHasAValue() throws Exception {
    try (KyuubiServerClient server = KyuubiServerClient.rest(port(), ANN, Map.of())) {
      for (TGetInfoType type : TGetInfoType.values()) {
        assertThat(server.calls().GetInfo(new TGetInfoReq(server.session(), type)))
            .as(type.name())
            .satisfies(
                info -> {
                  assertThat(info.getStatus().getStatusCode())
                      .isEqualTo(TStatusCode.SUCCESS_STATUS);
                  assertThat(info.isSetInfoValue()).isTrue();
                });
      }
    }
  }

  @Test
  void takesCredentialsAndKeepsThemNowhere() throws Exception {
    Map<String, String> settings = Map.of("kyuubi.engine.credentials", "a Hadoop token");
    try (KyuubiServerClient server = KyuubiServerClient.jdbc(port(), ANN, settings)) {
      TRenewDelegationTokenReq renewed =
          new TRenewDelegationTokenReq(server.session(), "another Hadoop token");
      assertThat(server.calls().RenewDelegationToken(renewed).getStatus().getStatusCode())
          .isEqualTo(TStatusCode.SUCCESS_STATUS);
    }
  }

  @Test
  void refusesOtherLanguages() {
    assertThatThrownBy(
            () ->
                KyuubiServerClient.jdbc(port(), ANN, Map.of("kyuubi.operation.language", "SCALA")))
        .hasMessageContaining("0A000 FEATURE_NOT_SUPPORTED");
  }
}
