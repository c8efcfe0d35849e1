// SPDX-License-Identifier: Apache-2.0
package io.kitsune.integration;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import org.apache.kyuubi.jdbc.KyuubiHiveDriver;

/** Kyuubi's JDBC driver. */
class KyuubiDriverTest extends DriverTest {
  @Override
  Connection connect(int port) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("user", "kyuubi");
    return new KyuubiHiveDriver()
        .connect("jdbc:kyuubi://127.0.0.1:" + port + "/default", properties);
  }
}
