// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.kyuubi;

import io.kitsune.engine.kyuubi.KyuubiServers.Server;
import io.kitsune.engine.thrift.ThriftAddress;
import io.kitsune.engine.thrift.ThriftConnections;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.THandleIdentifier;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TJobExecutionStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationState;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProgressUpdateResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatusCode;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStringColumn;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.server.TThreadPoolServer;
import org.apache.kyuubi.shaded.thrift.transport.TServerSocket;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;
import org.apache.kyuubi.shaded.thrift.transport.TTransportException;
import org.apache.kyuubi.shaded.thrift.transport.TTransportFactory;

/**
 * A Thrift server in front of a Spark that behaves towards its clients as a Kyuubi server of 1.12
 * does: it launches an engine in an operation of its own, holds questions, wraps errors into stack
 * traces without SQLSTATE, tells progress. Without SASL. What it shows of Kyuubi is proved against
 * the stock server in the profile {@code kyuubi}.
 */
final class KyuubiStandIn implements AutoCloseable {
  private static final long HELD_MILLIS = 200;
  private static final TStatus OK = new TStatus(TStatusCode.SUCCESS_STATUS);

  /** What a session was opened with. */
  record Opened(String user, Map<String, String> keys) {}

  private final ThriftAddress spark;
  private final TThreadPoolServer server;
  private final int port;
  private final Queue<TTransport> transports = new ConcurrentLinkedQueue<>();
  private final Queue<Opened> opened = new ConcurrentLinkedQueue<>();
  private final Queue<Map<String, String>> overlays = new ConcurrentLinkedQueue<>();
  private final Queue<String> launchLog = new ConcurrentLinkedQueue<>();
  private final Map<ByteBuffer, ThriftConnections> sessions = new ConcurrentHashMap<>();
  private final Map<ByteBuffer, ThriftConnections> statements = new ConcurrentHashMap<>();
  private final Set<ByteBuffer> launches = ConcurrentHashMap.newKeySet();

  /** Ends with the launch: with its error, or an empty text. */
  private volatile CompletableFuture<String> launch = CompletableFuture.completedFuture("");

  private volatile String refusal = "";

  KyuubiStandIn(ThriftAddress spark) throws TTransportException {
    this.spark = spark;
    TServerSocket socket =
        new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    this.port = socket.getServerSocket().getLocalPort();
    TCLIService.Iface service =
        (TCLIService.Iface)
            Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {TCLIService.Iface.class}, calls());
    this.server =
        new TThreadPoolServer(
            new TThreadPoolServer.Args(socket)
                .processor(new TCLIService.Processor<>(service))
                .protocolFactory(new TBinaryProtocol.Factory())
                .transportFactory(new Remembering()));
    Thread thread = new Thread(server::serve, "kyuubi-stand-in");
    thread.setDaemon(true);
    thread.start();
  }

  Server address() {
    return new Server("127.0.0.1", port);
  }

  /** The sessions that were opened, in order. */
  List<Opened> opened() {
    return List.copyOf(opened);
  }

  /** The keys of each statement, in order. */
  List<Map<String, String>> overlays() {
    return List.copyOf(overlays);
  }

  /** How many launches of engines are not closed. */
  int openLaunches() {
    return launches.size();
  }

  /** How many sessions are open. */
  int openSessions() {
    return sessions.size();
  }

  /** Engines are launched until that ends, with an error or an empty text. */
  void launching(CompletableFuture<String> until) {
    launch = until;
  }

  void launcherSays(String line) {
    launchLog.add(line);
  }

  /** No session is opened any more, and that is why. */
  void refuse(String message) {
    refusal = message;
  }

  /** As after the server's time-out of idle sessions. */
  void forgetSessions() {
    sessions.clear();
  }

  private InvocationHandler calls() {
    return (proxy, method, arguments) ->
        switch (method.getName()) {
          case "OpenSession" -> open((TOpenSessionReq) arguments[0]);
          case "CloseSession" -> close((TCloseSessionReq) arguments[0]);
          case "ExecuteStatement" -> execute((TExecuteStatementReq) arguments[0]);
          case "GetOperationStatus" -> status((TGetOperationStatusReq) arguments[0]);
          case "FetchResults" -> fetch((TFetchResultsReq) arguments[0]);
          case "GetInfo" -> information(arguments[0]);
          case "CloseOperation" -> closeOperation(method, arguments);
          default -> forward(statementOf(arguments[0]), method, arguments);
        };
  }

  private TOpenSessionResp open(TOpenSessionReq request) throws TException {
    opened.add(new Opened(request.getUsername(), Map.copyOf(request.getConfiguration())));
    if (!refusal.isEmpty()) {
      return new TOpenSessionResp(error(refusal), request.getClient_protocol());
    }
    ThriftConnections connections = new ThriftConnections(spark, request.getUsername());
    TOpenSessionResp response =
        connections.call(
            client -> client.OpenSession(new TOpenSessionReq(request.getClient_protocol())));
    ByteBuffer id = id(response.getSessionHandle().getSessionId());
    sessions.put(id, connections);
    request
        .getConfiguration()
        .forEach((key, value) -> set(connections, response.getSessionHandle(), key, value));
    THandleIdentifier launchId = identifier(UUID.randomUUID());
    launches.add(id(launchId));
    Base64.Encoder base64 = Base64.getEncoder();
    response.setConfiguration(
        Map.of(
            "kyuubi.session.engine.launch.handle.guid",
            base64.encodeToString(launchId.getGuid()),
            "kyuubi.session.engine.launch.handle.secret",
            base64.encodeToString(launchId.getSecret())));
    return response;
  }

  /** Kyuubi's engine sets every key that can be set. */
  private static void set(
      ThriftConnections connections, TSessionHandle session, String key, String value) {
    if (key.startsWith("spark.sql.")) {
      TExecuteStatementReq request = new TExecuteStatementReq(session, "SET " + key + "=" + value);
      try {
        var unused = connections.call(client -> client.ExecuteStatement(request));
      } catch (TException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private TCloseSessionResp close(TCloseSessionReq request) throws TException {
    ThriftConnections connections = sessions.remove(id(request.getSessionHandle().getSessionId()));
    if (connections != null) {
      connections.call(client -> client.CloseSession(request));
      connections.close();
    }
    return new TCloseSessionResp(OK);
  }

  private TExecuteStatementResp execute(TExecuteStatementReq request) throws TException {
    overlays.add(Map.copyOf(request.getConfOverlay()));
    ThriftConnections connections = sessions.get(id(request.getSessionHandle().getSessionId()));
    if (connections == null) {
      return new TExecuteStatementResp(noSession(request.getSessionHandle()));
    }
    request.unsetConfOverlay();
    TExecuteStatementResp response = connections.call(client -> client.ExecuteStatement(request));
    if (response.getStatus().getStatusCode() == TStatusCode.SUCCESS_STATUS) {
      statements.put(id(response.getOperationHandle().getOperationId()), connections);
    }
    return response;
  }

  private TGetOperationStatusResp status(TGetOperationStatusReq request) throws TException {
    ByteBuffer id = id(request.getOperationHandle().getOperationId());
    if (launches.contains(id)) {
      return launched();
    }
    TGetOperationStatusResp status =
        statements.get(id).call(client -> client.GetOperationStatus(request));
    if (status.getErrorMessage() != null) {
      // As KyuubiSQLException's stack trace has it, around the engine's own.
      status.setErrorMessage(
          "org.apache.kyuubi.KyuubiSQLException: org.apache.kyuubi.KyuubiSQLException: Error operating ExecuteStatement: "
              + status.getErrorMessage()
              + "\n\tat org.apache.kyuubi.KyuubiSQLException$.apply(KyuubiSQLException.scala:69)\n");
      status.unsetSqlState();
      status.setErrorCode(0);
    }
    if (request.isGetProgressUpdate()) {
      status.setProgressUpdateResponse(progress());
    }
    return status;
  }

  private static TProgressUpdateResp progress() {
    return new TProgressUpdateResp(
        List.of(
            "STAGES",
            "ATTEMPT",
            "STATUS",
            "TOTAL",
            "COMPLETED",
            "RUNNING",
            "PENDING",
            "FAILED",
            ""),
        List.of(
            List.of("Stage-1 ......", "0", "FINISHED", "4", "4", "0", "0", "0", ""),
            List.of("Stage-2 ..", "0", "RUNNING", "8", "2", "1", "5", "0", "")),
        0.5,
        TJobExecutionStatus.IN_PROGRESS,
        "STAGES: 01/02",
        0);
  }

  private TGetOperationStatusResp launched() {
    TGetOperationStatusResp status = new TGetOperationStatusResp(OK);
    try {
      String failure = launch.get(HELD_MILLIS, TimeUnit.MILLISECONDS);
      status.setOperationState(
          failure.isEmpty() ? TOperationState.FINISHED_STATE : TOperationState.ERROR_STATE);
      status.setErrorMessage(failure.isEmpty() ? null : failure);
    } catch (TimeoutException stillLaunching) {
      status.setOperationState(TOperationState.RUNNING_STATE);
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
    return status;
  }

  private TFetchResultsResp fetch(TFetchResultsReq request) throws TException {
    ByteBuffer id = id(request.getOperationHandle().getOperationId());
    if (!launches.contains(id)) {
      return statements.get(id).call(client -> client.FetchResults(request));
    }
    List<String> lines = new ArrayList<>();
    for (String line = launchLog.poll(); line != null; line = launchLog.poll()) {
      lines.add(line);
    }
    TRowSet rows = new TRowSet(0, List.of());
    rows.setColumns(
        List.of(TColumn.stringVal(new TStringColumn(lines, ByteBuffer.wrap(new byte[0])))));
    TFetchResultsResp response = new TFetchResultsResp(OK);
    response.setResults(rows);
    return response;
  }

  private Object closeOperation(Method method, Object[] arguments)
      throws TException, ReflectiveOperationException {
    TCloseOperationReq request = (TCloseOperationReq) arguments[0];
    return launches.remove(id(request.getOperationHandle().getOperationId()))
        ? new TCloseOperationResp(OK)
        : forward(statementOf(request), method, arguments);
  }

  private TGetInfoResp information(Object request) {
    TSessionHandle session =
        ((org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoReq) request).getSessionHandle();
    boolean known = sessions.containsKey(id(session.getSessionId()));
    return new TGetInfoResp(
        known ? OK : noSession(session), TGetInfoValue.stringValue(known ? "3.5.4" : ""));
  }

  private ThriftConnections statementOf(Object request) throws ReflectiveOperationException {
    TOperationHandle handle =
        (TOperationHandle) request.getClass().getMethod("getOperationHandle").invoke(request);
    return statements.get(id(handle.getOperationId()));
  }

  private static Object forward(ThriftConnections to, Method method, Object[] arguments)
      throws TException {
    return to.call(
        client -> {
          try {
            return method.invoke(client, arguments);
          } catch (InvocationTargetException | IllegalAccessException e) {
            throw new TException(e.getCause());
          }
        });
  }

  private static TStatus noSession(TSessionHandle session) {
    ByteBuffer id = id(session.getSessionId());
    return error("Invalid SessionHandle [" + new UUID(id.getLong(), id.getLong()) + "]");
  }

  private static TStatus error(String message) {
    TStatus status = new TStatus(TStatusCode.ERROR_STATUS);
    status.setErrorMessage(message);
    return status;
  }

  private static ByteBuffer id(THandleIdentifier identifier) {
    return ByteBuffer.wrap(identifier.getGuid());
  }

  private static THandleIdentifier identifier(UUID id) {
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    return new THandleIdentifier(ByteBuffer.wrap(bytes), ByteBuffer.wrap(bytes.clone()));
  }

  /** As when the server's process is killed. */
  @Override
  public void close() {
    server.stop();
    transports.forEach(TTransport::close);
    sessions.values().forEach(ThriftConnections::close);
  }

  /** Keeps every connection, to break them. */
  private final class Remembering extends TTransportFactory {
    @Override
    public TTransport getTransport(TTransport transport) {
      transports.add(transport);
      return transport;
    }
  }
}
