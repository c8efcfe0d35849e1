// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.gateway.thrift.encoding.EncodedRowSet;
import java.util.List;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TFetchOrientation;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TTableSchema;

/** The result of an operation that is finished. One reader at a time, except where it says so. */
interface OperationResult extends AutoCloseable {
  /** The columns as the client is told of them. */
  TTableSchema schema();

  /** What the client is told of the format; as of {@code EncodedResult}. */
  List<String> hints();

  /** As {@link io.kitsune.gateway.thrift.encoding.EncodedResult#fetch}. */
  EncodedRowSet fetch(TFetchOrientation orientation, long maxRows);

  /** Makes a {@link #fetch} that waits for the engine fail soon; from any thread. */
  void cancel();

  /** Frees it, in the engine too. Never throws; idempotent. */
  @Override
  void close();
}
