// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.engine.RowSets;
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
   * @param end a result without rows, of the same protocol
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
  public TRowSet fetch(TFetchOrientation orientation, long maxRows) {
    if (orientation == TFetchOrientation.FETCH_FIRST) {
      given = 0;
    }
    if (given >= limit) {
      return end.fetch(TFetchOrientation.FETCH_NEXT, maxRows);
    }
    TRowSet rows = whole.fetch(orientation, Math.min(maxRows, limit - given));
    given += RowSets.count(rows);
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
