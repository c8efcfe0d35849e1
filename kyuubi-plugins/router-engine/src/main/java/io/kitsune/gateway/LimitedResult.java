// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.gateway.thrift.encoding.EncodedRowSet;
import io.kitsune.gateway.thrift.encoding.ResultHints;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/** The first rows of a result; what lies behind them is never asked for. */
final class LimitedResult implements OperationResult {
  private final OperationResult whole;
  private final OperationResult end;
  private final long limit;
  private long given;

  /**
   * @param end a result without rows, of the same protocol; over Arrow it is not asked
   * @param limit the most rows
   */
  LimitedResult(OperationResult whole, OperationResult end, long limit) {
    this.whole = whole;
    this.end = end;
    this.limit = limit;
  }

  @Override
  public TTableSchema schema() {
    return whole.schema();
  }

  @Override
  public List<String> hints() {
    return whole.hints();
  }

  @Override
  public EncodedRowSet fetch(TFetchOrientation orientation, long maxRows) {
    if (orientation == TFetchOrientation.FETCH_FIRST) {
      given = 0;
    }
    if (given >= limit) {
      return ResultHints.arrow(hints())
          ? new EncodedRowSet(new TRowSet(given, List.of()), 0)
          : end.fetch(TFetchOrientation.FETCH_NEXT, maxRows);
    }
    EncodedRowSet rows = whole.fetch(orientation, Math.min(maxRows, limit - given));
    given += rows.rows();
    return rows;
  }

  @Override
  public void cancel() {
    whole.cancel();
  }

  @Override
  public void close() {
    whole.close();
  }
}
