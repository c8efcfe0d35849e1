// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ResultCursor;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TColumn;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetResultSetMetadataReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetResultSetMetadataResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/** Rows as Spark's Thrift server encodes them, in the session's protocol version. */
final class SparkResult implements ResultCursor.Relayed {
  private final SparkExecution execution;
  private final SparkSettings.Limits limits;
  private TTableSchema schema;
  private volatile boolean exhausted;

  SparkResult(SparkExecution execution, SparkSettings.Limits limits) {
    this.execution = execution;
    this.limits = limits;
  }

  /** Whether the last row was handed out. */
  boolean exhausted() {
    return exhausted;
  }

  @Override
  public synchronized TTableSchema schema() {
    if (schema == null) {
      execution.checkFetchable();
      TGetResultSetMetadataReq request = new TGetResultSetMetadataReq(execution.handle());
      TGetResultSetMetadataResp answer =
          execution.session().call(client -> client.GetResultSetMetadata(request));
      SparkErrors.check(answer.getStatus());
      schema = answer.getSchema();
    }
    return schema;
  }

  @Override
  public TRowSet fetch(TFetchOrientation orientation, long maxRows) {
    execution.checkFetchable();
    long rows = Math.max(1, Math.min(maxRows, limits.fetchRows()));
    TFetchResultsReq request = new TFetchResultsReq(execution.handle(), orientation, rows);
    TFetchResultsResp answer = execution.session().call(client -> client.FetchResults(request));
    execution.checkFetchable();
    SparkErrors.check(answer.getStatus());
    exhausted = isEmpty(answer.getResults());
    return answer.getResults();
  }

  private static boolean isEmpty(TRowSet rowSet) {
    if (rowSet.isSetColumns() && !rowSet.getColumns().isEmpty()) {
      return size(rowSet.getColumns().get(0)) == 0;
    }
    return rowSet.getRowsSize() == 0;
  }

  private static int size(TColumn column) {
    return switch (column.getSetField()) {
      case BOOL_VAL -> column.getBoolVal().getValuesSize();
      case BYTE_VAL -> column.getByteVal().getValuesSize();
      case I16_VAL -> column.getI16Val().getValuesSize();
      case I32_VAL -> column.getI32Val().getValuesSize();
      case I64_VAL -> column.getI64Val().getValuesSize();
      case DOUBLE_VAL -> column.getDoubleVal().getValuesSize();
      case STRING_VAL -> column.getStringVal().getValuesSize();
      case BINARY_VAL -> column.getBinaryVal().getValuesSize();
    };
  }

  @Override
  public void close() {
    // The rows lie in Spark, which drops them with the operation.
    execution.close();
  }
}
