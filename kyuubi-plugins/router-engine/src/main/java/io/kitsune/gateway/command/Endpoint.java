// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway.command;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;

/** Where statements are sent. */
interface Endpoint extends AutoCloseable {
  /** The server that the options name, or a lake opened in this process. */
  static Endpoint of(ConnectionOptions connection, LakeOptions lake, PrintWriter messages) {
    return connection.url != null ? connection.remote() : OwnLake.open(lake, messages);
  }

  /** A new connection; the caller closes it. */
  Connection connect() throws SQLException;

  /** Stops what was started for it. */
  @Override
  void close();
}
