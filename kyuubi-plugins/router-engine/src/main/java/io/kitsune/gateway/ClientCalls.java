// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.configuration.KyuubiSettings;
import io.kitsune.gateway.metadata.ServerInformation;
import io.kitsune.gateway.thrift.Peer;
import java.util.Map;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCancelOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCancelOperationResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseOperationResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TCloseSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TExecuteStatementResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetCatalogsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetCatalogsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetColumnsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetColumnsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetCrossReferenceReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetCrossReferenceResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetFunctionsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetFunctionsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetInfoValue;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetPrimaryKeysReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetPrimaryKeysResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetQueryIdReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetQueryIdResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetResultSetMetadataReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetResultSetMetadataResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetSchemasReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetSchemasResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTableTypesReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTableTypesResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTablesReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTablesResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTypeInfoReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTypeInfoResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOpenSessionResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRenewDelegationTokenReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRenewDelegationTokenResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSetClientInfoReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSetClientInfoResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.thrift.TApplicationException;
import org.apache.kyuubi.shaded.thrift.TException;

/** TCLIService for one connection: each call checked against its user and answered. */
final class ClientCalls implements RefusedCalls {
  private final ConnectionSessions sessions;
  private final StatementCalls statements;
  private final FetchCalls fetches;
  private final MetadataCalls metadata;

  /** What Kyuubi's server shows of this engine beside a session. */
  private final Map<String, String> engine;

  ClientCalls(GatewayCore core, Peer peer) {
    this.sessions = new ConnectionSessions(core, peer);
    this.statements = new StatementCalls(core);
    this.fetches = new FetchCalls(core.settings().operations());
    this.metadata = new MetadataCalls(core, sessions);
    String instance = core.settings().instance();
    this.engine =
        instance.isEmpty()
            ? Map.of()
            : Map.of(KyuubiSettings.ENGINE_ID, instance, KyuubiSettings.ENGINE_NAME, "Kitsune");
  }

  @Override
  public TOpenSessionResp OpenSession(TOpenSessionReq request) {
    return Calls.answer(
        request,
        () -> {
          GatewaySession session = sessions.open(request);
          TOpenSessionResp response = new TOpenSessionResp(Statuses.success(), session.protocol());
          response.setSessionHandle(new TSessionHandle(session.handle().toThrift()));
          response.setConfiguration(engine);
          return response;
        },
        status -> new TOpenSessionResp(status, TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V11));
  }

  @Override
  public TCloseSessionResp CloseSession(TCloseSessionReq request) {
    return Calls.answer(
        request,
        () -> {
          sessions.close(sessions.find(request.getSessionHandle()));
          return new TCloseSessionResp(Statuses.success());
        },
        TCloseSessionResp::new);
  }

  @Override
  public TGetInfoResp GetInfo(TGetInfoReq request) {
    return Calls.answer(
        request,
        () -> {
          GatewaySession session = sessions.find(request.getSessionHandle());
          return new TGetInfoResp(
              Statuses.success(), ServerInformation.value(request.getInfoType(), session.user()));
        },
        // The value must be set, or the answer cannot be sent and the connection dies.
        status -> new TGetInfoResp(status, TGetInfoValue.stringValue("")));
  }

  @Override
  public TExecuteStatementResp ExecuteStatement(TExecuteStatementReq request) {
    return Calls.answer(
        request,
        () -> {
          GatewaySession session = sessions.find(request.getSessionHandle());
          TExecuteStatementResp response = new TExecuteStatementResp(Statuses.success());
          response.setOperationHandle(statements.execute(session, request).thriftHandle());
          return response;
        },
        TExecuteStatementResp::new);
  }

  @Override
  public TGetTypeInfoResp GetTypeInfo(TGetTypeInfoReq request) {
    return metadata.typeInfo(request);
  }

  @Override
  public TGetCatalogsResp GetCatalogs(TGetCatalogsReq request) {
    return metadata.catalogs(request);
  }

  @Override
  public TGetSchemasResp GetSchemas(TGetSchemasReq request) {
    return metadata.schemas(request);
  }

  @Override
  public TGetTablesResp GetTables(TGetTablesReq request) {
    return metadata.tables(request);
  }

  @Override
  public TGetTableTypesResp GetTableTypes(TGetTableTypesReq request) {
    return metadata.tableTypes(request);
  }

  @Override
  public TGetColumnsResp GetColumns(TGetColumnsReq request) {
    return metadata.columns(request);
  }

  @Override
  public TGetFunctionsResp GetFunctions(TGetFunctionsReq request) {
    return metadata.functions(request);
  }

  @Override
  public TGetPrimaryKeysResp GetPrimaryKeys(TGetPrimaryKeysReq request) {
    return metadata.primaryKeys(request);
  }

  @Override
  public TGetCrossReferenceResp GetCrossReference(TGetCrossReferenceReq request) {
    return metadata.crossReference(request);
  }

  @Override
  public TGetOperationStatusResp GetOperationStatus(TGetOperationStatusReq request) {
    return Calls.answer(
        request,
        () -> {
          Owned owned = operation(request.getOperationHandle());
          return fetches.status(owned.session(), owned.operation(), request);
        },
        TGetOperationStatusResp::new);
  }

  @Override
  public TCancelOperationResp CancelOperation(TCancelOperationReq request) {
    return Calls.answer(
        request,
        () -> {
          operation(request.getOperationHandle()).operation().cancel();
          return new TCancelOperationResp(Statuses.success());
        },
        TCancelOperationResp::new);
  }

  @Override
  public TCloseOperationResp CloseOperation(TCloseOperationReq request) {
    return Calls.answer(
        request,
        () -> {
          Owned owned = operation(request.getOperationHandle());
          owned.session().end(owned.operation());
          return new TCloseOperationResp(Statuses.success());
        },
        TCloseOperationResp::new);
  }

  @Override
  public TGetResultSetMetadataResp GetResultSetMetadata(TGetResultSetMetadataReq request) {
    return Calls.answer(
        request,
        () -> {
          Operation operation = operation(request.getOperationHandle()).operation();
          TStatus status = Statuses.success();
          status.setInfoMessages(operation.hints());
          TGetResultSetMetadataResp response = new TGetResultSetMetadataResp(status);
          response.setSchema(operation.schema());
          return response;
        },
        TGetResultSetMetadataResp::new);
  }

  @Override
  public TFetchResultsResp FetchResults(TFetchResultsReq request) {
    return Calls.answer(
        request,
        () -> {
          Owned owned = operation(request.getOperationHandle());
          return fetches.fetch(owned.session(), owned.operation(), request);
        },
        TFetchResultsResp::new);
  }

  private record Owned(GatewaySession session, Operation operation) {}

  private Owned operation(TOperationHandle handle) {
    Handle wanted = Handle.of(handle == null ? null : handle.getOperationId());
    GatewaySession session = sessions.owner(wanted);
    return new Owned(session, session.operation(wanted));
  }

  @Override
  public TGetQueryIdResp GetQueryId(TGetQueryIdReq request) throws TException {
    try {
      Calls.requireRequest(request);
      return new TGetQueryIdResp(
          operation(request.getOperationHandle()).operation().handle().toString());
    } catch (KitsuneException e) {
      // The answer has no status.
      throw new TApplicationException(TApplicationException.INTERNAL_ERROR, Statuses.message(e));
    }
  }

  /**
   * Kyuubi's server sends its engines Hadoop's tokens of the session's user by this call. They are
   * not kept: the engines have their own rights. A refusal would only have the server write the
   * request, tokens and all, into its log.
   */
  @Override
  public TRenewDelegationTokenResp RenewDelegationToken(TRenewDelegationTokenReq request) {
    return Calls.answer(
        request,
        () -> {
          GatewaySession ignored = sessions.find(request.getSessionHandle());
          return new TRenewDelegationTokenResp(Statuses.success());
        },
        TRenewDelegationTokenResp::new);
  }

  @Override
  public TSetClientInfoResp SetClientInfo(TSetClientInfoReq request) {
    return Calls.answer(
        request,
        () -> {
          GatewaySession session = sessions.find(request.getSessionHandle());
          if (request.isSetConfiguration()) {
            ClientInformation.keep(request.getConfiguration(), session);
          }
          return new TSetClientInfoResp(Statuses.success());
        },
        TSetClientInfoResp::new);
  }

  @Override
  public void close() {
    sessions.disconnected();
  }
}
