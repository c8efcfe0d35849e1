// SPDX-License-Identifier: Apache-2.0
package io.kitsune.gateway;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** Kyuubi's JDBC driver, as it is. */
class KyuubiArrowTest extends ArrowContract {
  @Override
  Connection connect(String authority, String settings) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:kyuubi://" + authority + "/default;?" + settings, "alice", "secret");
  }
}
