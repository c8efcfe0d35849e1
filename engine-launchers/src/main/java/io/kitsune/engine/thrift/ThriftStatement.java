// SPDX-License-Identifier: Apache-2.0
package io.kitsune.engine.thrift;

import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TOperationHandle;
import org.apache.kyuubi.shaded.hive.service.rpc.thrift.TStatus;

/** A statement in a Thrift server, for those who read its rows and its log. Thread-safe. */
public interface ThriftStatement {
  /** The server's name for it. */
  TOperationHandle handle();

  /**
   * Calls the server.
   *
   * @throws io.kitsune.error.KitsuneException {@code ENGINE_GONE} if it can't be reached
   */
  <T> T call(ThriftConnections.Call<T> call);

  /**
   * Throws what an answer of the server says, unless it succeeded.
   *
   * @throws io.kitsune.error.KitsuneException the server's error
   */
  void check(TStatus status);

  /**
   * Throws unless rows can be fetched.
   *
   * @throws io.kitsune.error.KitsuneException why not
   */
  void checkFetchable();

  /** Drops it in the server, rows and all. */
  void close();
}
