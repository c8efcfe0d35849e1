// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.Operation.State;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.thrift.encoding.Encoding;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetOperationStatusResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationState;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TProtocolVersion;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;

/** A client's questions about an operation: where it stands, its rows, its log. */
final class FetchCalls {
  /** FetchResults' {@code fetchType} for the log; the rows are 0. */
  private static final short LOG = 1;

  /** Kyuubi's key, by which its server asks for progress. */
  private static final String PROGRESS = "kyuubi.operation.progress.enabled";

  private static final TProtocolVersion FIRST_COLUMNAR =
      TProtocolVersion.HIVE_CLI_SERVICE_PROTOCOL_V6;

  private final OperationLimits limits;

  FetchCalls(OperationLimits limits) {
    this.limits = limits;
  }

  /** Where the operation stands, held back a little while it runs. */
  TGetOperationStatusResp status(
      GatewaySession session, Operation operation, TGetOperationStatusReq request) {
    State state;
    try {
      state = operation.await(limits.pollWait());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw OperationErrors.stopped(e);
    }
    TGetOperationStatusResp response = new TGetOperationStatusResp(Statuses.success());
    response.setOperationState(thrift(state));
    response.setOperationStarted(operation.started());
    response.setHasResultSet(true);
    if (state.over()) {
      response.setOperationCompleted(operation.completed());
    }
    if (state.over() && state != State.FINISHED) {
      operation
          .failure()
          .ifPresent(
              failure -> {
                response.setSqlState(failure.sqlState());
                response.setErrorCode(Statuses.VENDOR_CODE);
                response.setErrorMessage(Statuses.message(failure));
              });
    }
    if (request.isGetProgressUpdate() || wantsProgress(session)) {
      response.setProgressUpdateResponse(ProgressUpdate.of(operation, state));
    }
    return response;
  }

  private static boolean wantsProgress(GatewaySession session) {
    return session.state().setting(PROGRESS).filter(Boolean::parseBoolean).isPresent();
  }

  private static TOperationState thrift(State state) {
    return switch (state) {
      case PENDING -> TOperationState.PENDING_STATE;
      case RUNNING -> TOperationState.RUNNING_STATE;
      case FINISHED -> TOperationState.FINISHED_STATE;
      case FAILED -> TOperationState.ERROR_STATE;
      case CANCELLED -> TOperationState.CANCELED_STATE;
      case TIMED_OUT -> TOperationState.TIMEDOUT_STATE;
      case CLOSED -> TOperationState.CLOSED_STATE;
    };
  }

  /** Rows, or lines of the log. */
  TFetchResultsResp fetch(GatewaySession session, Operation operation, TFetchResultsReq request) {
    TFetchOrientation orientation = orientation(request);
    long maxRows = Math.max(1, Math.min(request.getMaxRows(), limits.maxFetchRows()));
    TRowSet rows =
        request.isSetFetchType() && request.getFetchType() == LOG
            ? log(session, operation.log(), orientation, maxRows)
            : operation.fetch(orientation, maxRows);
    TFetchResultsResp response = new TFetchResultsResp(Statuses.success());
    response.setResults(rows);
    // The end is a row set without rows, as with Kyuubi and Spark: drivers that go by this flag
    // too read an empty set with it as a stale row.
    response.setHasMoreRows(false);
    return response;
  }

  private static TFetchOrientation orientation(TFetchResultsReq request) {
    TFetchOrientation orientation = request.getOrientation();
    if (orientation == TFetchOrientation.FETCH_NEXT
        || orientation == TFetchOrientation.FETCH_FIRST) {
      return orientation;
    }
    throw new KitsuneException(
        "FETCH_ORIENTATION_NOT_SUPPORTED",
        "HY106",
        "Results are read forwards: fetch %s is not supported, only NEXT and FIRST."
            .formatted(orientation));
  }

  private static TRowSet log(
      GatewaySession session, OperationLog log, TFetchOrientation orientation, long maxRows) {
    if (orientation == TFetchOrientation.FETCH_FIRST) {
      log.rewind();
    }
    List<List<Object>> lines = log.next(maxRows).stream().map(Answer::row).toList();
    Answer answer = new Answer(Answer.strings("operation_log"), lines);
    TRowSet rows = inMemory(answer, session.protocol(), maxRows);
    if (!rows.isSetColumns()) {
      // Kyuubi's server reads the log's first column, whatever protocol it has opened the session
      // with for its REST API; without columns those users would see no log.
      rows.setColumns(inMemory(answer, FIRST_COLUMNAR, maxRows).getColumns());
    }
    return rows;
  }

  private static TRowSet inMemory(Answer answer, TProtocolVersion protocol, long maxRows) {
    return new AnswerResult(answer, Encoding.of(protocol, ZoneOffset.UTC))
        .fetch(TFetchOrientation.FETCH_NEXT, maxRows)
        .rowSet();
  }
}
