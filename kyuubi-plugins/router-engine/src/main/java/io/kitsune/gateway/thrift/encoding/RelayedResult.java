// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.thrift.encoding;

import io.kitsune.engine.ResultCursor;
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
  public TRowSet fetch(TFetchOrientation orientation, long maxRows) {
    return cursor.fetch(orientation, maxRows);
  }
}
