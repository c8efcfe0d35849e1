// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.metadata.Metadata;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetCatalogsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetCatalogsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetColumnsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetColumnsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetCrossReferenceReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetCrossReferenceResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetFunctionsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetFunctionsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetPrimaryKeysReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetPrimaryKeysResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetSchemasReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetSchemasResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTableTypesReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTableTypesResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTablesReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTablesResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTypeInfoReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetTypeInfoResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationType;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TSessionHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;

/** JDBC's questions about what there is, each answered at once from the catalogs. */
final class MetadataCalls {
  private final GatewayCore core;
  private final ConnectionSessions sessions;

  MetadataCalls(GatewayCore core, ConnectionSessions sessions) {
    this.core = core;
    this.sessions = sessions;
  }

  TGetTypeInfoResp typeInfo(TGetTypeInfoReq request) {
    return answer(
        request,
        () -> request.getSessionHandle(),
        TOperationType.GET_TYPE_INFO,
        Metadata::typeInfo,
        TGetTypeInfoResp::new,
        TGetTypeInfoResp::setOperationHandle);
  }

  TGetCatalogsResp catalogs(TGetCatalogsReq request) {
    return answer(
        request,
        () -> request.getSessionHandle(),
        TOperationType.GET_CATALOGS,
        Metadata::catalogs,
        TGetCatalogsResp::new,
        TGetCatalogsResp::setOperationHandle);
  }

  TGetSchemasResp schemas(TGetSchemasReq request) {
    return answer(
        request,
        () -> request.getSessionHandle(),
        TOperationType.GET_SCHEMAS,
        metadata ->
            metadata.schemas(
                Optional.ofNullable(request.getCatalogName()),
                Optional.ofNullable(request.getSchemaName())),
        TGetSchemasResp::new,
        TGetSchemasResp::setOperationHandle);
  }

  TGetTablesResp tables(TGetTablesReq request) {
    return answer(
        request,
        () -> request.getSessionHandle(),
        TOperationType.GET_TABLES,
        metadata ->
            metadata.tables(
                Optional.ofNullable(request.getCatalogName()),
                Optional.ofNullable(request.getSchemaName()),
                Optional.ofNullable(request.getTableName()),
                request.isSetTableTypes() ? request.getTableTypes() : List.of()),
        TGetTablesResp::new,
        TGetTablesResp::setOperationHandle);
  }

  TGetTableTypesResp tableTypes(TGetTableTypesReq request) {
    return answer(
        request,
        () -> request.getSessionHandle(),
        TOperationType.GET_TABLE_TYPES,
        Metadata::tableTypes,
        TGetTableTypesResp::new,
        TGetTableTypesResp::setOperationHandle);
  }

  TGetColumnsResp columns(TGetColumnsReq request) {
    return answer(
        request,
        () -> request.getSessionHandle(),
        TOperationType.GET_COLUMNS,
        metadata ->
            metadata.columns(
                Optional.ofNullable(request.getCatalogName()),
                Optional.ofNullable(request.getSchemaName()),
                Optional.ofNullable(request.getTableName()),
                Optional.ofNullable(request.getColumnName())),
        TGetColumnsResp::new,
        TGetColumnsResp::setOperationHandle);
  }

  TGetFunctionsResp functions(TGetFunctionsReq request) {
    return answer(
        request,
        () -> request.getSessionHandle(),
        TOperationType.GET_FUNCTIONS,
        metadata ->
            metadata.functions(
                Optional.ofNullable(request.getCatalogName()),
                Optional.ofNullable(request.getSchemaName()),
                Optional.ofNullable(request.getFunctionName())),
        TGetFunctionsResp::new,
        TGetFunctionsResp::setOperationHandle);
  }

  TGetPrimaryKeysResp primaryKeys(TGetPrimaryKeysReq request) {
    return answer(
        request,
        () -> request.getSessionHandle(),
        TOperationType.GET_FUNCTIONS,
        Metadata::primaryKeys,
        TGetPrimaryKeysResp::new,
        TGetPrimaryKeysResp::setOperationHandle);
  }

  TGetCrossReferenceResp crossReference(TGetCrossReferenceReq request) {
    return answer(
        request,
        () -> request.getSessionHandle(),
        TOperationType.GET_FUNCTIONS,
        Metadata::crossReference,
        TGetCrossReferenceResp::new,
        TGetCrossReferenceResp::setOperationHandle);
  }

  private <R> R answer(
      Object request,
      Supplier<TSessionHandle> handle,
      TOperationType type,
      Function<Metadata, Answer> question,
      Function<TStatus, R> response,
      BiConsumer<R, TOperationHandle> withHandle) {
    return Calls.answer(
        request,
        () -> {
          GatewaySession session = sessions.find(handle.get());
          Operation operation = session.begin(type);
          operation.run(
              control ->
                  new AnswerResult(
                      question.apply(new Metadata(core.catalogs(), session.state())),
                      session.encoding(session.state())));
          operation
              .failure()
              .ifPresent(
                  failure -> {
                    session.end(operation);
                    throw failure;
                  });
          R result = response.apply(Statuses.success());
          withHandle.accept(result, operation.thriftHandle());
          return result;
        },
        response);
  }
}
