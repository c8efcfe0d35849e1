// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.kitsune.catalog.Column;
import io.kitsune.catalog.DataType.Simple;
import io.kitsune.engine.RowSets;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import io.kitsune.router.Dispatch;
import io.kitsune.router.Engine;
import io.kitsune.router.Statement;
import io.kitsune.router.Statement.SetKey;
import io.kitsune.router.Statement.Use;
import io.kitsune.router.reading.StatementReader;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCancelOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetQueryIdReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetResultSetMetadataReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TJobExecutionStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationState;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProgressUpdateResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatusCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sessions and operations as the protocol has them, with a raw client. */
class OperationsTest {
  private static final String ONE = "select 1";
  private static final String MANY = "select * from range(1000)";

  private final BlockingEngine engine = new BlockingEngine();
  private GatewayFixture fixture;
  private RawClient client;

  @BeforeEach
  void start() throws Exception {
    start(GatewayFixture.defaults(Transport.SASL_PLAIN));
  }

  private void start(GatewaySettings settings) throws Exception {
    stop();
    fixture = new GatewayFixture(settings, Map.of(Engine.SPARK, engine));
    fixture
        .routing
        .duckDb(ONE, "SELECT 1::INTEGER AS \"1\"", Column.of("1", Simple.INT))
        .duckDb(MANY, "SELECT range AS id FROM range(1000)", Column.of("id", Simple.BIGINT))
        .spark(ScriptedRouting.opaque("wait"))
        .spark(ScriptedRouting.opaque("fail"))
        .spark(ScriptedRouting.opaque("write"))
        .command(new SetKey("SET a.b=c", "a.b", "c"))
        .command(new Use("USE other", Use.Kind.ANY, List.of("other")));
    fixture.catalogs.add("spark_catalog", List.of("other"));
    client =
        settings.listener().transport() == Transport.NOSASL
            ? RawClient.noSasl(fixture.gateway.port())
            : RawClient.plain(fixture.gateway.port(), "alice");
  }

  @AfterEach
  void stop() {
    if (fixture != null) {
      client.close();
      fixture.close();
    }
  }

  @Test
  void answersRowsToOldClientsAndColumnsToNewOnes() throws Exception {
    TSessionHandle old = client.open(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V1, Map.of());
    TFetchResultsResp rows = client.next(finished(old, ONE), 10);
    assertThat(rows.getResults().getRows()).hasSize(1);
    assertThat(rows.getResults().getRows().get(0).getColVals().get(0).getI32Val().getValue())
        .isEqualTo(1);

    TSessionHandle recent = client.open(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V6, Map.of());
    TFetchResultsResp columns = client.next(finished(recent, ONE), 10);
    assertThat(columns.getResults().getColumns().get(0).getI32Val().getValues()).containsExactly(1);
  }

  @Test
  void agreesOnTheLowerProtocol() throws Exception {
    for (TProtocolVersion version : TProtocolVersion.values()) {
      TOpenSessionResp response = client.openResponse(version, Map.of());
      TProtocolVersion lower =
          version.compareTo(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11) < 0
              ? version
              : TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11;
      assertThat(response.getServerProtocolVersion()).isEqualTo(lower);
    }
  }

  @Test
  void quickStatementNeedsNoPoll() throws Exception {
    TSessionHandle session = client.open();
    // A busy machine may take longer over one than the call waits for it.
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () ->
                assertThat(client.next(client.execute(session, ONE), 10).getStatus())
                    .extracting(TStatus::getStatusCode)
                    .isEqualTo(TStatusCode.SUCCESS_STATUS));
  }

  @Test
  void synchronousStatementIsOverWhenItIsAnswered() throws Exception {
    TSessionHandle session = client.open();
    TExecuteStatementReq request = new TExecuteStatementReq(session, ONE);
    request.setRunAsync(false);
    TOperationHandle operation = client.calls.ExecuteStatement(request).getOperationHandle();
    assertThat(client.status(operation).getOperationState())
        .isEqualTo(TOperationState.FINISHED_STATE);

    request.setStatement("fail");
    TStatus failed = client.calls.ExecuteStatement(request).getStatus();
    assertThat(failed.getStatusCode()).isEqualTo(TStatusCode.ERROR_STATUS);
    assertThat(failed.getErrorMessage()).isEqualTo("ENGINE_FAILED: It failed: fail");
    assertThat(failed.getSqlState()).isEqualTo("58000");
  }

  @Test
  void failureIsToldOnceAndHarmsNoOther() throws Exception {
    TSessionHandle session = client.open();
    TOperationHandle unreadable = client.execute(session, "selec 1");
    assertThat(client.awaitEnd(unreadable))
        .satisfies(
            status -> {
              assertThat(status.getOperationState()).isEqualTo(TOperationState.ERROR_STATE);
              assertThat(status.getSqlState()).isEqualTo("42601");
              assertThat(status.getErrorMessage())
                  .isEqualTo("PARSE_SYNTAX_ERROR: Syntax error at or near 'selec 1'.");
            });
    assertThat(client.next(unreadable, 1).getStatus().getSqlState()).isEqualTo("42601");
    assertThat(client.next(finished(session, ONE), 1).getStatus().getStatusCode())
        .isEqualTo(TStatusCode.SUCCESS_STATUS);
  }

  @Test
  void progressIsToldToThoseWhoAsk() throws Exception {
    TOperationHandle operation = client.execute(client.open(), "wait");
    TGetOperationStatusReq request = new TGetOperationStatusReq(operation);
    request.setGetProgressUpdate(true);
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                client.calls.GetOperationStatus(request)
                        .getProgressUpdateResponse()
                        .getProgressedPercentage()
                    == 0.25);

    TProgressUpdateResp progress =
        client.calls.GetOperationStatus(request).getProgressUpdateResponse();
    assertThat(progress.getStatus()).isEqualTo(TJobExecutionStatus.IN_PROGRESS);
    assertThat(progress.getFooterSummary()).isEqualTo("25 %, 1 of 4 stages, 1,000 rows");
    // The clients of Hive and Kyuubi format nine.
    assertThat(progress.getHeaderNames()).hasSize(9);
    assertThat(progress.getRows()).singleElement().satisfies(row -> assertThat(row).hasSize(9));
    assertThat(client.status(operation).isSetProgressUpdateResponse()).isFalse();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                client
                    .log(operation, TFetchOrientation.FETCH_FIRST)
                    .contains("progress: spark: 25 %, 1 of 4 stages, 1,000 rows"));

    TSessionHandle kyuubi =
        client.open(
            TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11,
            Map.of("kyuubi.operation.progress.enabled", "true"));
    assertThat(client.status(client.execute(kyuubi, "wait")).isSetProgressUpdateResponse())
        .isTrue();
  }

  @Test
  void whoWaitsForTheEngineOfItsSessionIsToldAndMayBeCancelled() throws Exception {
    engine.opening = new CountDownLatch(1);
    TSessionHandle session = client.open();
    TOperationHandle first = client.execute(session, "wait");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> client.log(first, TFetchOrientation.FETCH_FIRST).contains("starting the engine"));
    TOperationHandle second = client.execute(session, "wait");
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                client
                    .log(second, TFetchOrientation.FETCH_FIRST)
                    .contains(
                        "waiting for another statement of this session, which is opening spark"));

    client.calls.CancelOperation(new TCancelOperationReq(second));
    engine.opening.countDown();

    assertThat(client.status(second).getOperationState()).isEqualTo(TOperationState.CANCELED_STATE);
    await().atMost(Duration.ofSeconds(60)).until(() -> engine.executed.contains("wait"));
    client.calls.CancelOperation(new TCancelOperationReq(first));
  }

  @Test
  void cancelEndsARunningStatementAtOnce() throws Exception {
    TSessionHandle session = client.open();
    TOperationHandle operation = client.execute(session, "wait");
    assertThat(client.status(operation).getOperationState())
        .isEqualTo(TOperationState.RUNNING_STATE);
    client.calls.CancelOperation(new TCancelOperationReq(operation));
    assertThat(client.status(operation).getOperationState())
        .isEqualTo(TOperationState.CANCELED_STATE);
    await().atMost(Duration.ofSeconds(60)).until(() -> engine.unclosed.get() == 0);
    assertThat(client.next(operation, 1).getStatus().getErrorMessage())
        .startsWith("STATEMENT_CANCELLED: ");
  }

  @Test
  void closesInEveryState() throws Exception {
    TSessionHandle session = client.open();
    for (String text : List.of("wait", "fail", ONE, MANY, "selec")) {
      TOperationHandle operation = client.execute(session, text);
      if (!text.equals("wait")) {
        client.awaitEnd(operation);
      }
      assertThat(client.calls.CloseOperation(new TCloseOperationReq(operation)).getStatus())
          .isEqualTo(new TStatus(TStatusCode.SUCCESS_STATUS));
      assertThat(client.status(operation).getStatus().getErrorMessage())
          .startsWith("HANDLE_INVALID: ");
    }
    await().atMost(Duration.ofSeconds(60)).until(() -> engine.unclosed.get() == 0);
    await().atMost(Duration.ofSeconds(60)).until(() -> fixture.reports.size() == 5);
    assertThat(fixture.reports)
        .extracting(StatementReport::end)
        .containsExactly(
            StatementReport.End.CANCELLED,
            StatementReport.End.FAILED,
            StatementReport.End.FINISHED,
            StatementReport.End.FINISHED,
            StatementReport.End.FAILED);
  }

  @Test
  void statementsRunNoLongerThanAsked() throws Exception {
    TSessionHandle session = client.open();
    TExecuteStatementReq request = new TExecuteStatementReq(session, "wait");
    request.setRunAsync(true);
    request.setQueryTimeout(1);
    TOperationHandle operation = client.calls.ExecuteStatement(request).getOperationHandle();
    assertThat(client.awaitEnd(operation))
        .satisfies(
            status -> {
              assertThat(status.getOperationState()).isEqualTo(TOperationState.TIMEDOUT_STATE);
              assertThat(status.getErrorMessage()).startsWith("STATEMENT_TIMEOUT: ");
            });
    TSessionHandle limited =
        client.open(
            TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11,
            Map.of("kyuubi.operation.query.timeout", "PT0.3S"));
    assertThat(client.awaitEnd(client.execute(limited, "wait")).getOperationState())
        .isEqualTo(TOperationState.TIMEDOUT_STATE);
  }

  @Test
  void logBeginsWithTheRoute() throws Exception {
    TOperationHandle operation = client.execute(client.open(), "write");
    client.awaitEnd(operation);
    List<String> expected =
        List.of(
            "route: spark, predicted 12 ms (scripted)",
            "not trino: test at line 1, column 8: not there in this test",
            "starting the engine",
            "engine says: write");
    assertThat(client.log(operation, TFetchOrientation.FETCH_NEXT)).isEqualTo(expected);
    assertThat(client.log(operation, TFetchOrientation.FETCH_NEXT)).isEmpty();
    assertThat(client.log(operation, TFetchOrientation.FETCH_FIRST)).isEqualTo(expected);
  }

  @Test
  void givesNoMoreRowsThanAsked() throws Exception {
    TSessionHandle session = client.open();
    TOperationHandle operation = finished(session, MANY);
    assertThat(RowSets.count(client.next(operation, 7).getResults())).isEqualTo(7);
    assertThat(client.fetch(operation, TFetchOrientation.FETCH_FIRST, 7).getStatus().getSqlState())
        .isEqualTo("24000");
    assertThat(client.fetch(operation, TFetchOrientation.FETCH_PRIOR, 7).getStatus())
        .satisfies(
            status ->
                assertThat(status.getErrorMessage())
                    .startsWith("FETCH_ORIENTATION_NOT_SUPPORTED: "));

    TOperationHandle limited =
        client
            .execute(session, MANY, Map.of("kyuubi.operation.result.max.rows", "10"))
            .getOperationHandle();
    client.awaitEnd(limited);
    assertThat(RowSets.count(client.next(limited, 7).getResults())).isEqualTo(7);
    assertThat(RowSets.count(client.next(limited, 7).getResults())).isEqualTo(3);
    assertThat(RowSets.count(client.next(limited, 7).getResults())).isZero();
  }

  @Test
  void emptyEndComesAgainAndAgain() throws Exception {
    TOperationHandle operation = finished(client.open(), ONE);
    assertThat(RowSets.count(client.next(operation, 10).getResults())).isEqualTo(1);
    for (int i = 0; i < 3; i++) {
      TFetchResultsResp end = client.next(operation, 10);
      assertThat(RowSets.count(end.getResults())).isZero();
      assertThat(end.isHasMoreRows()).isFalse();
    }
  }

  @Test
  void handleServesItsOwnUserAlone() throws Exception {
    TSessionHandle session = client.open();
    TOperationHandle operation = client.execute(session, ONE);
    try (RawClient other = RawClient.plain(fixture.gateway.port(), "bob")) {
      assertThat(other.calls.CloseSession(new TCloseSessionReq(session)).getStatus())
          .satisfies(OperationsTest::isInvalidHandle);
      assertThat(other.execute(session, ONE, Map.of()).getStatus())
          .satisfies(OperationsTest::isInvalidHandle);
      assertThat(other.next(operation, 1).getStatus()).satisfies(OperationsTest::isInvalidHandle);
      assertThat(
              other.calls.GetResultSetMetadata(new TGetResultSetMetadataReq(operation)).getStatus())
          .satisfies(OperationsTest::isInvalidHandle);
    }
    operation.getOperationId().setSecret(new byte[16]);
    assertThat(client.next(operation, 1).getStatus()).satisfies(OperationsTest::isInvalidHandle);
    session.getSessionId().setSecret(new byte[16]);
    assertThat(client.execute(session, ONE, Map.of()).getStatus())
        .satisfies(OperationsTest::isInvalidHandle);
    session.getSessionId().setGuid(new byte[3]);
    assertThat(client.execute(session, ONE, Map.of()).getStatus())
        .satisfies(OperationsTest::isInvalidHandle);
  }

  private static void isInvalidHandle(TStatus status) {
    assertThat(status.getStatusCode()).isEqualTo(TStatusCode.ERROR_STATUS);
    assertThat(status.getErrorMessage()).startsWith("HANDLE_INVALID: ");
  }

  @Test
  void sessionIsClosedWithItsConnection() throws Exception {
    client.open();
    client.execute(client.open(), "wait");
    client.open(
        TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11,
        Map.of("kyuubi.session.close.on.disconnect", "false"));
    assertThat(fixture.gateway.sessions()).isEqualTo(3);
    client.close();
    await().atMost(Duration.ofSeconds(60)).until(() -> fixture.gateway.sessions() == 1);
    await().atMost(Duration.ofSeconds(60)).until(() -> engine.unclosed.get() == 0);
  }

  @Test
  void keepsWithinItsLimits() throws Exception {
    start(
        GatewayFixture.with(
            GatewayFixture.listener(Transport.SASL_PLAIN),
            new SessionLimits(3, 2, Duration.ofHours(1)),
            GatewayFixture.limits(2, Duration.ofHours(1))));
    TSessionHandle session = client.open();
    client.open();
    TProtocolVersion version = TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11;
    assertThat(client.openResponse(version, Map.of()).getStatus())
        .satisfies(status -> assertThat(status.getErrorMessage()).startsWith("SESSION_LIMIT: "));
    // A probe takes no place.
    assertThat(
            client
                .openResponse(version, Map.of("kyuubi.session.alive.probe", "true"))
                .getStatus()
                .getStatusCode())
        .isEqualTo(TStatusCode.SUCCESS_STATUS);
    try (RawClient bob = RawClient.plain(fixture.gateway.port(), "bob")) {
      bob.open();
      assertThat(bob.openResponse(version, Map.of()).getStatus().getErrorMessage())
          .startsWith("SESSION_LIMIT: ");
    }

    client.execute(session, ONE);
    client.execute(session, ONE);
    TExecuteStatementResp third = client.execute(session, ONE, Map.of());
    assertThat(third.getStatus().getErrorMessage()).startsWith("OPERATION_LIMIT: ");
    assertThat(third.getStatus().getSqlState()).isEqualTo("53000");
  }

  @Test
  void engineSessionCatchesUpWithTheClients() throws Exception {
    TSessionHandle session =
        client.open(
            TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11,
            Map.of(
                "set:hiveconf:spark.x", "1",
                "set:hivevar:y", "2",
                "kitsune.engine", "spark"));
    String create = "CREATE TEMPORARY VIEW v AS SELECT 1";
    fixture.routing.spark(new Statement.CreateTemporaryView(create, "v", "SELECT 1", List.of()));
    run(session, "SET a.b=c");
    assertThat(engine.opened).isEmpty();
    run(session, create);
    assertThat(engine.opened).hasSize(1);
    run(session, "USE other");
    run(session, "write");
    List<String> told = List.of("SET `a.b`=`c`", "SET `spark.x`=`1`", "SET `y`=`2`");
    assertThat(engine.executed)
        .startsWith(told.toArray(String[]::new))
        .endsWith(create, "USE `spark_catalog`.`other`", "write")
        .hasSize(6);

    engine.executed.clear();
    engine.sessions.get(0).alive = false;
    run(session, "write");
    assertThat(engine.opened).hasSize(2);
    assertThat(engine.executed)
        .startsWith(told.toArray(String[]::new))
        .endsWith(create, "USE `spark_catalog`.`other`", "write")
        .hasSize(6);

    engine.executed.clear();
    TOperationHandle overlaid =
        client.execute(session, "write", Map.of("spark.z", "3")).getOperationHandle();
    client.awaitEnd(overlaid);
    run(session, "write");
    assertThat(engine.executed)
        .containsExactly("SET `spark.z`=`3`", "write", "RESET `spark.z`", "write");
  }

  private TOperationHandle finished(TSessionHandle session, String text) throws Exception {
    TOperationHandle operation = client.execute(session, text);
    assertThat(client.awaitEnd(operation).getOperationState())
        .isEqualTo(TOperationState.FINISHED_STATE);
    return operation;
  }

  private void run(TSessionHandle session, String text) throws Exception {
    finished(session, text);
  }

  @Test
  void noSaslAuthenticatesWithOpenSession() throws Exception {
    start(GatewayFixture.defaults(Transport.NOSASL));
    TSessionHandle session = client.open();
    assertThat(RowSets.count(client.next(finished(session, ONE), 10).getResults())).isEqualTo(1);
    try (RawClient stranger = RawClient.noSasl(fixture.gateway.port())) {
      assertThat(stranger.execute(session, ONE, Map.of()).getStatus())
          .satisfies(OperationsTest::isInvalidHandle);
    }
  }

  @Test
  void queryThatDuckDbCannotFinishRunsOnSpark() throws Exception {
    TSessionHandle session = client.open();
    String text = "SELECT 1 AS beyond";
    String hinted = "SELECT /*+ ENGINE(duckdb) */ 1 AS beyond";
    failsInDuckDb(text);
    failsInDuckDb(hinted);
    TOperationHandle operation = finished(session, text);
    assertThat(engine.executed).containsExactly(text);
    assertThat(client.log(operation, TFetchOrientation.FETCH_NEXT))
        .anyMatch(
            line ->
                line.startsWith("duckdb failed: ") && line.contains("beyond what DuckDB computes"))
        .anyMatch(line -> line.startsWith("route: spark"));
    client.calls.CloseOperation(new TCloseOperationReq(operation));
    assertThat(fixture.reports)
        .singleElement()
        .satisfies(
            report -> {
              assertThat(report.decision().get(0).chosen().engine()).isEqualTo(Engine.SPARK);
              assertThat(report.failedAttempts())
                  .extracting(FailedAttempt::engine)
                  .containsExactly(Engine.DUCKDB);
            });

    assertThat(client.awaitEnd(client.execute(session, hinted)).getErrorMessage())
        .contains("beyond what DuckDB computes");
    TSessionHandle pinned =
        client.open(
            TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11, Map.of("kitsune.engine", "duckdb"));
    assertThat(client.awaitEnd(client.execute(pinned, text)).getErrorMessage())
        .contains("beyond what DuckDB computes");
    assertThat(engine.executed).hasSize(1);
  }

  /** In DuckDB as the router writes what has a range; in Spark as it is. */
  private void failsInDuckDb(String text) {
    Statement query = new StatementReader().read(text);
    String guarded =
        "SELECT CASE WHEN range < 0 THEN 1 ELSE error('Kitsune: beyond what DuckDB computes as Spark does: a sum') END::INTEGER AS beyond FROM range(3)";
    Dispatch.DuckDbQuery duckDb =
        new Dispatch.DuckDbQuery(
            guarded, List.of(Column.of("beyond", Simple.INT)), Set.of(), "UTC");
    fixture.routing.on(
        text,
        (state, excluded) -> {
          boolean fixed =
              text.contains("ENGINE(duckdb)") || state.setting("kitsune.engine").isPresent();
          if (!excluded.contains(Engine.DUCKDB)) {
            return ScriptedRouting.decision(Engine.DUCKDB, query, duckDb);
          } else if (fixed) {
            throw new KitsuneException("ROUTER_ENGINE_NOT_POSSIBLE", "0A000", "DuckDB is wanted.");
          }
          return ScriptedRouting.decision(Engine.SPARK, query, new Dispatch.SparkStatement(text));
        });
  }

  @Test
  void queryIdIsTheOperations() throws Exception {
    TOperationHandle operation = client.execute(client.open(), ONE);
    assertThat(client.calls.GetQueryId(new TGetQueryIdReq(operation)).getQueryId()).hasSize(36);
  }

  @Test
  void drainTakesNoNewSessions() throws Exception {
    TSessionHandle session = client.open();
    assertThat(fixture.gateway.drain(Duration.ofMillis(50))).isFalse();
    assertThat(
            client
                .openResponse(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11, Map.of())
                .getStatus()
                .getErrorMessage())
        .startsWith("GATEWAY_DRAINING: ");
    run(session, ONE);
    client.calls.CloseSession(new TCloseSessionReq(session));
    assertThat(fixture.gateway.drain(Duration.ofSeconds(5))).isTrue();
  }
}
