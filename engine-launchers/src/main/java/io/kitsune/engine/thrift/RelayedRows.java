// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import io.kitsune.engine.ResultCursor;
import io.kitsune.engine.RowSets;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchResultsResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetResultSetMetadataReq;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TGetResultSetMetadataResp;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/** Rows as a Thrift server encodes them, in the session's protocol version. */
public final class RelayedRows implements ResultCursor.Relayed {
  private final ThriftStatement statement;
  private final FetchSize fetchSize;
  private TGetResultSetMetadataResp metadata;
  private volatile boolean exhausted;

  /**
   * Of that statement.
   *
   * @param fetchRows how many are fetched at once at most, whatever the client asks for
   * @param fetchBytes how large a row set is to be about; a single row may be larger
   */
  public RelayedRows(ThriftStatement statement, int fetchRows, int fetchBytes) {
    this.statement = statement;
    this.fetchSize = new FetchSize(fetchRows, fetchBytes);
  }

  /** Whether the last row was handed out. */
  public boolean exhausted() {
    return exhausted;
  }

  @Override
  public TTableSchema schema() {
    return metadata().getSchema();
  }

  @Override
  public List<String> hints() {
    TStatus status = metadata().getStatus();
    return status.isSetInfoMessages() ? List.copyOf(status.getInfoMessages()) : List.of();
  }

  private synchronized TGetResultSetMetadataResp metadata() {
    if (metadata == null) {
      statement.checkFetchable();
      TGetResultSetMetadataReq request = new TGetResultSetMetadataReq(statement.handle());
      TGetResultSetMetadataResp answer =
          statement.call(client -> client.GetResultSetMetadata(request));
      statement.check(answer.getStatus());
      metadata = answer;
    }
    return metadata;
  }

  @Override
  public int count(TRowSet rowSet) {
    return ArrowBatch.announced(hints()) ? ArrowBatch.rows(rowSet) : RowSets.count(rowSet);
  }

  @Override
  public TRowSet fetch(TFetchOrientation orientation, long maxRows) {
    statement.checkFetchable();
    TFetchResultsReq request =
        new TFetchResultsReq(statement.handle(), orientation, fetchSize.of(maxRows));
    TFetchResultsResp answer = statement.call(client -> client.FetchResults(request));
    statement.checkFetchable();
    statement.check(answer.getStatus());
    RowSetSize size = RowSetSize.of(answer.getResults());
    fetchSize.fetched(size.rows(), size.bytes());
    exhausted = size.rows() == 0;
    return answer.getResults();
  }

  @Override
  public void close() {
    // The rows lie in the server, which drops them with the operation.
    statement.close();
  }
}
