// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.NameCallback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.sasl.SaslException;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCLIService;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationState;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.thrift.TException;
import org.apache.kyuubi.shaded.thrift.protocol.TBinaryProtocol;
import org.apache.kyuubi.shaded.thrift.transport.TSaslClientTransport;
import org.apache.kyuubi.shaded.thrift.transport.TSocket;
import org.apache.kyuubi.shaded.thrift.transport.TTransport;

/** The Thrift client alone, for what no driver does. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 30_000;

  final TCLIService.Client calls;
  private final TTransport transport;

  private RawClient(TTransport transport) throws TException {
    this.transport = transport;
    transport.open();
    this.calls = new TCLIService.Client(new TBinaryProtocol(transport));
  }

  static RawClient plain(int port, String user) throws TException, SaslException {
    return plain(port, user, "secret");
  }

  static RawClient plain(int port, String user, String password) throws TException, SaslException {
    return new RawClient(
        new TSaslClientTransport(
            "PLAIN",
            null,
            null,
            null,
            Map.of(),
            callbacks -> {
              for (Callback callback : callbacks) {
                if (callback instanceof NameCallback name) {
                  name.setName(user);
                } else if (callback instanceof PasswordCallback asked) {
                  asked.setPassword(password.toCharArray());
                }
              }
            },
            new TSocket("127.0.0.1", port, TIMEOUT_MILLIS)));
  }

  static RawClient noSasl(int port) throws TException {
    return new RawClient(new TSocket("127.0.0.1", port, TIMEOUT_MILLIS));
  }

  TSessionHandle open(TProtocolVersion version, Map<String, String> settings) throws TException {
    return openResponse(version, settings).getSessionHandle();
  }

  TSessionHandle open() throws TException {
    return open(TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11, Map.of());
  }

  TOpenSessionResp openResponse(TProtocolVersion version, Map<String, String> settings)
      throws TException {
    TOpenSessionReq request = new TOpenSessionReq(version);
    request.setUsername("alice");
    request.setConfiguration(settings);
    return calls.OpenSession(request);
  }

  TExecuteStatementResp execute(TSessionHandle session, String text, Map<String, String> overlay)
      throws TException {
    TExecuteStatementReq request = new TExecuteStatementReq(session, text);
    request.setRunAsync(true);
    request.setConfOverlay(overlay);
    return calls.ExecuteStatement(request);
  }

  TOperationHandle execute(TSessionHandle session, String text) throws TException {
    return execute(session, text, Map.of()).getOperationHandle();
  }

  TGetOperationStatusResp status(TOperationHandle operation) throws TException {
    return calls.GetOperationStatus(new TGetOperationStatusReq(operation));
  }

  TGetOperationStatusResp awaitEnd(TOperationHandle operation) throws TException {
    TGetOperationStatusResp status = status(operation);
    while (status.getOperationState() == TOperationState.RUNNING_STATE
        || status.getOperationState() == TOperationState.PENDING_STATE) {
      status = status(operation);
    }
    return status;
  }

  TFetchResultsResp fetch(TOperationHandle operation, TFetchOrientation orientation, long maxRows)
      throws TException {
    return calls.FetchResults(new TFetchResultsReq(operation, orientation, maxRows));
  }

  TFetchResultsResp next(TOperationHandle operation, long maxRows) throws TException {
    return fetch(operation, TFetchOrientation.FETCH_NEXT, maxRows);
  }

  List<String> log(TOperationHandle operation, TFetchOrientation orientation) throws TException {
    TFetchResultsReq request = new TFetchResultsReq(operation, orientation, 1000);
    request.setFetchType((short) 1);
    return new ArrayList<>(
        calls.FetchResults(request).getResults().getColumns().get(0).getStringVal().getValues());
  }

  @Override
  public void close() {
    transport.close();
  }
}
