// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.spark;

import io.kitsune.engine.ResultCursor;
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
  private final FetchSize fetchSize;
  private TTableSchema schema;
  private volatile boolean exhausted;

  SparkResult(SparkExecution execution, SparkSettings.Limits limits) {
    this.execution = execution;
    this.fetchSize = new FetchSize(limits.fetchRows(), limits.fetchBytes());
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
    TFetchResultsReq request =
        new TFetchResultsReq(execution.handle(), orientation, fetchSize.of(maxRows));
    TFetchResultsResp answer = execution.session().call(client -> client.FetchResults(request));
    execution.checkFetchable();
    SparkErrors.check(answer.getStatus());
    RowSetSize size = RowSetSize.of(answer.getResults());
    fetchSize.fetched(size.rows(), size.bytes());
    exhausted = size.rows() == 0;
    return answer.getResults();
  }

  @Override
  public void close() {
    // The rows lie in Spark, which drops them with the operation.
    execution.close();
  }
}
