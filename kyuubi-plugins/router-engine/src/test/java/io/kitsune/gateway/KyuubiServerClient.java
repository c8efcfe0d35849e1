// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.RowSets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.security.sasl.SaslException;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationState;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatusCode;
import org.apache.kyuubi.shaded.thrift.TException;

/**
 * Speaks to an engine as Kyuubi 1.12's server does: one connection for the session's calls, one for
 * probes; its handles; every statement asynchronous, its log relayed before each look at its state.
 */
final class KyuubiServerClient implements AutoCloseable {
  /** How the server came to speak to the engine. */
  record Login(String user, String realUser, String password, String clientAddress) {
    /** Without authentication and impersonation. */
    static Login of(String user) {
      return new Login(user, user, "anonymous", "192.0.2.17");
    }
  }

  /** What became of a statement. */
  record Answer(
      UUID handle,
      TOperationHandle operation,
      TGetOperationStatusResp status,
      List<String> log,
      List<TRowSet> rows) {
    TOperationState state() {
      return status.getOperationState();
    }
  }

  private final RawClient connection;
  private final RawClient probes;
  private final TSessionHandle session;
  private final TSessionHandle probeSession;
  private final UUID handle = UUID.randomUUID();
  private final Map<String, String> engine;

  private KyuubiServerClient(
      int port, Login login, TProtocolVersion protocol, Map<String, String> settings)
      throws TException, SaslException {
    connection = RawClient.plain(port, login.user(), login.password());
    probes = RawClient.plain(port, login.user(), login.password());
    Map<String, String> configuration = new HashMap<>(settings);
    configuration.put("kyuubi.session.handle", handle.toString());
    configuration.put("kyuubi.client.ipAddress", login.clientAddress());
    configuration.put("kyuubi.server.ipAddress", "192.0.2.1");
    configuration.put("kyuubi.session.connection.url", "192.0.2.1:10009");
    configuration.put("kyuubi.session.real.user", login.realUser());
    configuration.put("kyuubi.session.alive.probe", "false");
    TOpenSessionResp opened = open(connection.calls, login, protocol, configuration);
    session = opened.getSessionHandle();
    engine = opened.getConfiguration();
    configuration.put("kyuubi.session.name", handle + "_aliveness_probe");
    configuration.put("kyuubi.session.handle", UUID.randomUUID().toString());
    configuration.put("kyuubi.engine.session.initialize.sql", "");
    configuration.put("kyuubi.session.alive.probe", "true");
    probeSession = open(probes.calls, login, protocol, configuration).getSessionHandle();
  }

  /** As for a JDBC client of today. */
  static KyuubiServerClient jdbc(int port, Login login, Map<String, String> settings)
      throws TException, SaslException {
    return new KyuubiServerClient(
        port, login, TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V10, settings);
  }

  /** As for a client of Kyuubi's REST API. */
  static KyuubiServerClient rest(int port, Login login, Map<String, String> settings)
      throws TException, SaslException {
    return new KyuubiServerClient(
        port, login, TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V1, settings);
  }

  private static TOpenSessionResp open(
      TCLIService.Client calls,
      Login login,
      TProtocolVersion protocol,
      Map<String, String> configuration)
      throws TException {
    TOpenSessionReq request = new TOpenSessionReq(protocol);
    request.setUsername(login.user());
    request.setPassword(login.password());
    request.setConfiguration(configuration);
    TOpenSessionResp response = calls.OpenSession(request);
    require(response.getStatus());
    return response;
  }

  /** The server's own handle of the session. */
  UUID handle() {
    return handle;
  }

  /** What the engine said of itself. */
  Map<String, String> engine() {
    return engine;
  }

  TSessionHandle session() {
    return session;
  }

  TCLIService.Client calls() {
    return connection.calls;
  }

  /** The probe's question; dies with the connection if the answer has no value. */
  String probe() throws TException {
    return probes.calls.GetInfo(new TGetInfoReq(probeSession, TGetInfoType.CLI_DBMS_VER))
        .getInfoValue()
        .getStringValue();
  }

  /** Starts a statement; {@link #relay} follows it. */
  TExecuteStatementResp start(UUID operation, String text, Map<String, String> overlay)
      throws TException {
    TExecuteStatementReq request = new TExecuteStatementReq(session, text);
    Map<String, String> settings = new HashMap<>(overlay);
    settings.put("kyuubi.operation.handle", operation.toString());
    request.setConfOverlay(settings);
    request.setRunAsync(true);
    request.setQueryTimeout(0);
    return connection.calls.ExecuteStatement(request);
  }

  Answer execute(String text, Map<String, String> overlay) throws TException {
    UUID operation = UUID.randomUUID();
    TExecuteStatementResp started = start(operation, text, overlay);
    require(started.getStatus());
    return relay(operation, started.getOperationHandle());
  }

  Answer execute(String text) throws TException {
    return execute(text, Map.of());
  }

  /** Looks at the statement and relays its log until it is over, then fetches its rows. */
  Answer relay(UUID handle, TOperationHandle operation) throws TException {
    List<String> log = new ArrayList<>();
    TGetOperationStatusResp status = status(operation);
    while (running(status)) {
      relayLog(operation, log);
      status = status(operation);
    }
    relayLog(operation, log);
    List<TRowSet> rows = new ArrayList<>();
    if (status.getOperationState() == TOperationState.FINISHED_STATE) {
      TRowSet set = rows(operation);
      while (RowSets.count(set) > 0) {
        rows.add(set);
        set = rows(operation);
      }
    }
    require(connection.calls.CloseOperation(new TCloseOperationReq(operation)).getStatus());
    return new Answer(handle, operation, status, log, rows);
  }

  private TGetOperationStatusResp status(TOperationHandle operation) throws TException {
    TGetOperationStatusResp status =
        connection.calls.GetOperationStatus(new TGetOperationStatusReq(operation));
    require(status.getStatus());
    return status;
  }

  private static boolean running(TGetOperationStatusResp status) {
    return switch (status.getOperationState()) {
      case INITIALIZED_STATE, PENDING_STATE, RUNNING_STATE -> true;
      default -> false;
    };
  }

  /** The server reads the first column of what it gets, with every protocol. */
  private void relayLog(TOperationHandle operation, List<String> log) throws TException {
    TFetchResultsReq request = new TFetchResultsReq(operation, TFetchOrientation.FETCH_NEXT, 1_000);
    request.setFetchType((short) 1);
    log.addAll(
        connection.calls.FetchResults(request)
            .getResults()
            .getColumns()
            .get(0)
            .getStringVal()
            .getValues());
  }

  private TRowSet rows(TOperationHandle operation) throws TException {
    TFetchResultsReq request = new TFetchResultsReq(operation, TFetchOrientation.FETCH_NEXT, 1_000);
    request.setFetchType((short) 0);
    TFetchResultsResp response = connection.calls.FetchResults(request);
    require(response.getStatus());
    return response.getResults();
  }

  static void require(TStatus status) {
    if (status.getStatusCode() != TStatusCode.SUCCESS_STATUS) {
      throw new IllegalStateException(status.getSqlState() + " " + status.getErrorMessage());
    }
  }

  void closeSession() throws TException {
    require(connection.calls.CloseSession(new TCloseSessionReq(session)).getStatus());
    require(probes.calls.CloseSession(new TCloseSessionReq(probeSession)).getStatus());
  }

  /** The connections go, as when the server dies. */
  @Override
  public void close() {
    connection.close();
    probes.close();
  }
}
