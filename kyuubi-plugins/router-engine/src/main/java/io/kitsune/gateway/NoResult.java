// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import static java.util.Objects.requireNonNull;

import io.kitsune.error.KitsuneException;
import io.kitsune.gateway.thrift.encoding.EncodedRowSet;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/** In place of rows: why there are none. */
record NoResult(KitsuneException reason) implements OperationResult {
  NoResult {
    requireNonNull(reason, "reason");
  }

  @Override
  public TTableSchema schema() {
    throw reason;
  }

  @Override
  public List<String> hints() {
    throw reason;
  }

  @Override
  public EncodedRowSet fetch(TFetchOrientation orientation, long maxRows) {
    throw reason;
  }

  @Override
  public void cancel() {
    // Nothing runs.
  }

  @Override
  public void close() {
    // Nothing is held.
  }
}
