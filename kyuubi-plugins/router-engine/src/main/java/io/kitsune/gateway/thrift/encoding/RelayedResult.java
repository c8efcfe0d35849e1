// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.engine.ResultCursor;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TRowSet;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/** Rows that the engine already encodes for this client. */
record RelayedResult(ResultCursor.Relayed cursor) implements EncodedResult {
  @Override
  public TTableSchema schema() {
    return cursor.schema();
  }

  @Override
  public List<String> hints() {
    return cursor.hints().isEmpty() ? ResultHints.THRIFT : cursor.hints();
  }

  @Override
  public EncodedRowSet fetch(TFetchOrientation orientation, long maxRows) {
    TRowSet rowSet = cursor.fetch(orientation, maxRows);
    return new EncodedRowSet(rowSet, cursor.count(rowSet));
  }
}
