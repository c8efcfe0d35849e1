// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.StatementExecution;
import io.kitsune.engine.health.Turn;
import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.answer.Answer;
import io.kitsune.gateway.thrift.encoding.EncodedResult;
import io.kitsune.gateway.thrift.encoding.EncodedRowSet;
import io.kitsune.gateway.thrift.encoding.Encoding;
import io.kitsune.gateway.thrift.encoding.RelayedBatches;
import io.kitsune.gateway.thrift.encoding.ResultFormat;
import io.kitsune.gateway.thrift.encoding.ResultHints;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/** Rows that an engine yields as they are fetched. Owns the execution. */
final class ExecutionResult implements OperationResult {
  private final StatementExecution execution;
  private final Turn turn;
  private final Encoding encoding;
  private final ResultCursor cursor;
  private final EncodedResult encoded;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * For an execution that is finished; waits for its first rows.
   *
   * @param turn the execution's, closed with it; told of a failure while rows are fetched
   * @throws io.kitsune.error.KitsuneException if it failed or was cancelled
   */
  ExecutionResult(StatementExecution execution, Turn turn, Encoding encoding) {
    this.execution = execution;
    this.turn = turn;
    this.encoding = encoding;
    this.cursor = started(execution.cursor());
    this.encoded = EncodedResult.of(cursor, encoding);
  }

  private static ResultCursor started(ResultCursor cursor) {
    if (cursor instanceof ResultCursor.Batches batches) {
      return new StartedBatches(batches);
    } else if (cursor instanceof ResultCursor.Rows rows) {
      return new StartedRows(rows);
    } else if (cursor instanceof ResultCursor.Relayed relayed) {
      return RelayedBatches.orUndecoded(new StartedRelay(relayed));
    }
    throw new IllegalArgumentException("an unknown kind of cursor: " + cursor.getClass());
  }

  @Override
  public TTableSchema schema() {
    return encoded.schema();
  }

  @Override
  public List<String> hints() {
    return encoded.hints();
  }

  @Override
  public EncodedRowSet fetch(TFetchOrientation orientation, long maxRows) {
    EncodedRowSet encodedRows = next(orientation, maxRows);
    TRowSet rows = encodedRows.rowSet();
    if (rows.isSetColumns() || rows.getRowsSize() > 0 || ResultHints.arrow(hints())) {
      return encodedRows;
    }
    // Spark's answer to a statement without a result has neither columns nor rows, which PyHive
    // cannot read: its one column, called Result, goes without rows.
    return new AnswerResult(Answer.nothing(), encoding.in(ResultFormat.THRIFT))
        .fetch(orientation, maxRows);
  }

  private EncodedRowSet next(TFetchOrientation orientation, long maxRows) {
    try {
      return encoded.fetch(orientation, maxRows);
    } catch (KitsuneException e) {
      turn.failed(e);
      throw e;
    }
  }

  @Override
  public void cancel() {
    execution.cancel();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      cursor.close();
      execution.close();
      turn.close();
    }
  }
}
