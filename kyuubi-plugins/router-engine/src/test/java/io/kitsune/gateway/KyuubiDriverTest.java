// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import io.kitsune.gateway.thrift.ListenerSettings.Transport;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Kyuubi's JDBC driver at the gateway. */
class KyuubiDriverTest extends DriverContract {
  @Override
  Connection connect(int port, Transport transport, String settings) throws SQLException {
    String authentication = transport == Transport.NOSASL ? ";auth=noSasl" : "";
    String user = settings.contains("user=") ? "" : ";user=alice;password=secret";
    return DriverManager.getConnection(
        "jdbc:kyuubi://127.0.0.1:" + port + "/default" + authentication + user + settings);
  }

  @Override
  boolean knowsCatalogs() {
    return true;
  }
}
